import type { Decoded } from '../../capability/codec.ts';
import type { Packet } from './packet.ts';
import { isOn, textOf } from './rows.ts';
import { matchRule } from './rule.ts';
import type { ReachWorld } from './world.ts';

/** How a packet may leave a chain: taken, refused, or without anybody having said a word. */
export type End = 'accept' | 'deny' | 'through';

/** Every end that is possible, with the rule that makes it; more than one where a rule is not judged. */
export interface Outcome {
  readonly ends: ReadonlyMap<End, Decoded | undefined>;
  /** The first rule that may match or not, and decides something if it does. */
  readonly doubt?: Decoded;
}

/** What an action comes to; an action that is missing here lets the packet go on. */
export type Effects = Readonly<Record<string, readonly End[]>>;

const FILTER: Effects = Object.freeze({
  accept: ['accept'],
  drop: ['deny'],
  reject: ['deny'],
  tarpit: ['deny'],
  // Packets that cannot be put on the fast track go on to the next rule.
  'fasttrack-connection': ['accept', 'through'],
});
/** Rules of NAT that send a packet to somebody else, or may do so. */
const NAT: Effects = Object.freeze({ accept: ['accept'], 'dst-nat': ['deny'], redirect: ['deny'], netmap: ['deny'], same: ['deny'] });

export const EFFECTS = { filter: FILTER, nat: NAT } as const;

const GO_ON: ReadonlySet<string> = new Set([
  'log',
  'passthrough',
  'notrack',
  'masquerade',
  'src-nat',
  'add-src-to-address-list',
  'add-dst-to-address-list',
]);
const EVERYTHING: readonly End[] = ['accept', 'deny', 'through'];

interface Walk {
  readonly chains: ReadonlyMap<string, readonly Decoded[]>;
  readonly effects: Effects;
  readonly packet: Packet;
  readonly world: ReachWorld;
  /** Chains that were walked; undefined while one is. */
  readonly seen: Map<string, Outcome | undefined>;
}

/**
 * Asks the rules of a chain from the top, as RouterOS does: the first that matches and decides ends it, jumps go into another chain and
 * come back where that says nothing.
 */
export function walkChain(rules: readonly Decoded[], chain: string, effects: Effects, packet: Packet, world: ReachWorld): Outcome {
  const chains = Map.groupBy(rules.filter(isOn), (rule) => textOf(rule, 'chain'));
  return walk(chain, { chains, effects, packet, world, seen: new Map() });
}

function walk(chain: string, asked: Walk): Outcome {
  const { seen, chains, packet, world } = asked;
  const known = seen.get(chain);
  if (known) return known;
  seen.set(chain, undefined);
  const ends = new Map<End, Decoded | undefined>();
  let doubt: Decoded | undefined;
  let open = true;
  for (const rule of chains.get(chain) ?? []) {
    const match = matchRule(rule, packet, world);
    if (match === 'no') continue;
    const returns = textOf(rule, 'action') === 'return';
    const effect = returns ? { ends: new Map([['through' as const, rule]]) } : effectOf(rule, asked);
    const decided = [...effect.ends].filter(([end]) => returns || end !== 'through');
    for (const [end, by] of decided) ends.set(end, by);
    if (decided.length > 0) doubt ??= match === 'maybe' ? rule : effect.doubt;
    open = match === 'maybe' || (!returns && effect.ends.has('through'));
    if (!open) break;
  }
  if (open) ends.set('through', undefined);
  const outcome = { ends, ...(doubt && { doubt }) };
  seen.set(chain, outcome);
  return outcome;
}

function effectOf(rule: Decoded, asked: Walk): Outcome {
  const action = textOf(rule, 'action');
  const plainly = (ends: readonly End[]): Outcome => ({
    ends: new Map(ends.map((end) => [end, rule])),
    ...(ends.length > 1 && { doubt: rule }),
  });
  if (action === 'jump') {
    const target = textOf(rule, 'jumpTarget');
    // A chain that leads back into itself is not followed.
    return asked.seen.has(target) && !asked.seen.get(target) ? plainly(EVERYTHING) : walk(target, asked);
  }
  return plainly(asked.effects[action] ?? (GO_ON.has(action) ? ['through'] : EVERYTHING));
}
