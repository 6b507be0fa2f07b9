import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { rowsOf } from '../state/tables.ts';
import { matchesRule } from './match.ts';
import type { Packet } from './packet.ts';

/** `silence`: nobody ever answers. `reset`: the connection is turned away at once. */
export type Verdict = 'pass' | 'silence' | 'reset';

/** Jumps deeper than this end in the rule after them, as in a loop. */
const DEEPEST = 16;

const FINAL: Readonly<Record<string, Verdict>> = Object.freeze({
  accept: 'pass',
  'fasttrack-connection': 'pass',
  drop: 'silence',
  // It takes the connection and never says a word on it.
  tarpit: 'silence',
});

/** The verdict of the first rule in a chain that has one; without any the packet goes on. */
function walk(router: RouterState, menu: string, chain: string, packet: Packet, depth: number): Verdict | undefined {
  for (const rule of rowsOf(router, menu)) {
    if (rule['chain'] !== chain || !matchesRule(router, rule, packet)) continue;
    const found = verdictOf(router, menu, rule, packet, depth);
    if (found === 'return') return undefined;
    if (found) return found;
  }
  return undefined;
}

function verdictOf(router: RouterState, menu: string, rule: Row, packet: Packet, depth: number): Verdict | 'return' | undefined {
  const { action = 'accept' } = rule;
  if (action === 'return') return 'return';
  if (action === 'jump') return depth < DEEPEST ? walk(router, menu, rule['jump-target'] ?? '', packet, depth + 1) : undefined;
  // An ICMP message and a reset look alike from here: the connection is not made, and the client knows at once.
  if (action === 'reject') return 'reset';
  return FINAL[action];
}

/** Prerouting in `raw` first, then `input` in `filter`. */
export function judge(router: RouterState, packet: Packet): Verdict {
  const early = walk(router, '/ip/firewall/raw', 'prerouting', packet, 0);
  if (early === 'silence' || early === 'reset') return early;
  const untracked = rowsOf(router, '/ip/firewall/raw').some(
    (rule) => rule['chain'] === 'prerouting' && rule['action'] === 'notrack' && matchesRule(router, rule, packet),
  );
  return walk(router, '/ip/firewall/filter', 'input', untracked ? { ...packet, state: 'untracked' } : packet, 0) ?? 'pass';
}
