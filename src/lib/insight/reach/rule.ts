import type { Decoded } from '../../capability/codec.ts';
import { isInterface } from './lists.ts';
import { every, type Match } from './match.ts';
import { matches, type Packet } from './packet.ts';
import { isSet } from './rows.ts';
import type { ReachWorld } from './world.ts';

/** What a rule says besides what it matches on. */
const NO_MATCHERS: ReadonlySet<string> = new Set([
  'chain',
  'action',
  'comment',
  'disabled',
  'invalid',
  'dynamic',
  'log',
  'logPrefix',
  'bytes',
  'packets',
  'jumpTarget',
  'rejectWith',
  'addressList',
  'addressListTimeout',
  'hwOffload',
  'toAddresses',
  'toPorts',
]);
/** The same of fields that this version's declaration no longer has, under their wire names. */
const NO_MATCHERS_EITHER: ReadonlySet<string> = new Set(['hw-offload', 'creation-time']);

/** A rule that refers to an interface which is gone is switched off by the router itself: it matches nothing, `!` or not. */
function refersTo(rule: Decoded, world: ReachWorld): Match {
  if (isSet(rule, 'invalid')) return 'maybe';
  const named = ['inInterface', 'outInterface'].flatMap((field) => {
    const value = rule.item[field];
    return typeof value === 'string' && value !== '' && !value.includes('all-') ? [value.replace('!', '')] : [];
  });
  return named.every((name) => isInterface(world, name)) ? 'yes' : 'maybe';
}

/** Does a rule in force match a packet? A matcher that is not judged leaves it open, unless another one already says no. */
export function matchRule(rule: Decoded, packet: Packet, world: ReachWorld): Match {
  const known = Object.entries(rule.item).flatMap(([name, value]): readonly Match[] => {
    if (NO_MATCHERS.has(name) || value === undefined || value === '' || value === false || value === null) return [];
    // What opens a connection is never the later part of a packet.
    if (name === 'fragment') return ['no'];
    return [typeof value === 'string' ? matches(name, value, packet, world) : 'maybe'];
  });
  const strange = Object.entries(rule.extra).filter(([wire, value]) => value !== '' && !NO_MATCHERS_EITHER.has(wire));
  return every([...known, ...(strange.length > 0 ? (['maybe'] as const) : []), refersTo(rule, world)]);
}
