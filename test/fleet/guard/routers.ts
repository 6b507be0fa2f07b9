import type { SimulatedRouter } from '../../../src/simulator/index.ts';

const ORDERED = /^\/ip\/firewall\/(?:filter|raw)$/;
const LIVE = /^(?:\.id|~.*|bytes|packets|last-logged-in|last-link-.*|link-downs|rx-.*|tx-.*|fp-.*|running|actual-.*|creation-time)$/;

/** What is configured, without ids and counters; in menus whose order means something in their order. */
export function configured(router: SimulatedRouter, menus: readonly string[]) {
  return menus.map((menu) => {
    const rows = router
      .rows(menu)
      .filter((row) => row['dynamic'] !== 'true')
      .map((row) =>
        Object.entries(row)
          .filter(([name]) => !LIVE.test(name))
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, value]) => `${name}=${value}`)
          .join(' '),
      );
    return { menu, rows: ORDERED.test(menu) ? rows : rows.sort() };
  });
}

/** What of guards is on a router: scripts, schedulers and jobs. */
export const guardsOn = (router: SimulatedRouter): readonly string[] =>
  ['/system/script', '/system/scheduler', '/system/script/job'].flatMap((menu) =>
    router.rows(menu).flatMap((row) => ((row['name'] ?? row['script'] ?? '').includes('mk-cc-') ? (row['name'] ?? 'job') : [])),
  );

/** How often a guard fired. */
export const firedOn = (router: SimulatedRouter): number =>
  router.rows('/log').filter((row) => /^mk-cc-[0-9a-f]{10}: rollback$/.test(row['message'] ?? '')).length;
