import { bgpSession } from '../../capability/catalog/bgp-session.ts';
import { neighbor } from '../../capability/catalog/neighbor.ts';
import { ospfNeighbor } from '../../capability/catalog/ospf-neighbor.ts';
import { mayGo } from './drift.ts';
import { defineMeasurement, type Finding, fail, PASS, pass } from './measurement.ts';
import type { Touched } from './touched.ts';
import { isNumber, isTexts, sorted, textOf } from './values.ts';

/** Fewer than before: a failure, unless the plan is about them, or takes away what they hang on. */
function fewer(gone: number, touched: Touched, menus: readonly string[]): Finding {
  if (gone <= 0) return PASS;
  if (touched.cuts) return pass('fewer, and the plan takes an interface or an address away');
  if (touched.below(...menus)) return pass('fewer, and the plan is about them');
  return fail(`${gone} went away`);
}

/** The router counts: on a large network the menu is long. */
export const neighbours = defineMeasurement<number>({
  check: 'neighbours',
  take: async (look) => (look.has(neighbor.menu) ? look.count(neighbor.menu, []) : undefined),
  holds: isNumber,
  worth: (count) => count > 0,
  say: (count) => `${count}`,
  judge: (before, after, touched) => {
    const gone = before - after;
    return gone <= mayGo(before) ? PASS : fewer(gone, touched, [neighbor.menu]);
  },
});

/** By the far end's address where it is known: the name of a session is made anew. */
export const bgpSessions = defineMeasurement<readonly string[]>({
  check: 'BGP sessions',
  take: async (look) => {
    if (!look.has(bgpSession.menu)) return undefined;
    const items = await look.items(bgpSession, ['name', 'remote.address', 'established']);
    return sorted(
      items.flatMap((item) => (item['established'] === true ? ((textOf(item['remoteAddress']) || textOf(item['name'])) ?? []) : [])),
    );
  },
  holds: isTexts,
  worth: (up) => up.length > 0,
  say: (up) => `${up.length} established`,
  judge: (before, after, touched) => fewer(before.filter((one) => !after.includes(one)).length, touched, ['/routing/bgp']),
});

/** Those that got all the way; two routers that are neither designated nor backup stay at 2-Way for good. */
export const ospfNeighbours = defineMeasurement<readonly string[]>({
  check: 'OSPF neighbours',
  take: async (look) => {
    if (!look.has(ospfNeighbor.menu)) return undefined;
    const items = await look.items(ospfNeighbor, ['instance', 'address', 'state']);
    const full = items.filter((item) => textOf(item['state'])?.toLowerCase() === 'full');
    return sorted(full.map((item) => `${textOf(item['instance']) ?? ''} ${textOf(item['address']) ?? ''}`));
  },
  holds: isTexts,
  worth: (full) => full.length > 0,
  say: (full) => `${full.length} Full`,
  judge: (before, after, touched) => fewer(before.filter((one) => !after.includes(one)).length, touched, ['/routing/ospf']),
});
