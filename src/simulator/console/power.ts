import { log } from '../effects/journal.ts';
import { installFetched } from '../effects/upgrade.ts';
import type { RouterState } from '../state/router.ts';
import { rowsOf } from '../state/tables.ts';

/** Goes down now and starts again; `ms` is how long that takes. Until then nobody answers. */
export function reboot(router: RouterState, now: number, ms = router.hardware.startMs): void {
  Object.assign(router.power, { upAt: now + ms, starting: true });
  const { jobs } = router.console;
  jobs.length = 0;
  rowsOf(router, '/system/script/job').length = 0;
}

export const isDown = (router: RouterState, now: number): boolean => now < router.power.upAt;

/** What a start takes with it: sessions, variables, counters, and what only lived in memory. Ids stay. */
export function startUp(router: RouterState): void {
  const { power, hardware, console: memory } = router;
  router.bootedAt = power.upAt;
  power.starting = false;
  power.starts += 1;
  power.syncedAt = hardware.rtc ? power.upAt : power.upAt + hardware.syncMs;
  power.mixedAnswers = hardware.mixedAnswers;
  // Whether safe mode outlives a start is nowhere said; here it does not, and nothing is taken back.
  router.changes.safeMode = undefined;
  memory.globals.clear();
  rowsOf(router, '/system/script/environment').length = 0;
  router.sessions.clear();
  rowsOf(router, '/user/active').length = 0;
  rowsOf(router, '/log').length = 0;
  for (const row of rowsOf(router, '/system/scheduler')) row['run-count'] = '0';
  for (const menu of ['/ip/firewall/address-list', '/ipv6/firewall/address-list']) {
    const rows = router.tables.get(menu);
    if (rows) rows.splice(0, rows.length, ...rows.filter((row) => row['~until'] === undefined));
  }
  installFetched(router, power.upAt);
  log(router, power.upAt, 'system,info', 'router rebooted');
}
