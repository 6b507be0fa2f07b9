import { fromStamp } from '../dates.ts';
import { deviceTime } from '../device-clock.ts';
import { parseDuration } from '../durations.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { rowsOf, zone } from '../state/tables.ts';

const MENU = '/system/scheduler';

/** Entries of `startup` begin to count this long after a start. */
const AFTER_START_MS = 3_000;

/** Milliseconds; 0 for once only. */
export const intervalOf = (row: Readonly<Row>): number => (parseDuration(row['interval'] ?? '0s') ?? 0) / 1000;

/** Works out when each entry that is new or changed is due: `~next` by the router's clock, `~wake` in real time. */
export function planSchedule(router: RouterState, now: number): void {
  for (const row of rowsOf(router, MENU)) {
    const terms = ['start-date', 'start-time', 'interval', 'disabled'].map((name) => row[name] ?? '').join(' ');
    const plan = `${terms} ${router.power.starts}`;
    if (row['~plan'] === plan) continue;
    const afterStart = row['~plan'] === undefined ? false : !row['~plan'].endsWith(` ${router.power.starts}`);
    row['~plan'] = plan;
    delete row['~next'];
    delete row['~wake'];
    if (row['disabled'] !== 'true') due(router, row, now, afterStart);
  }
}

function due(router: RouterState, row: Row, now: number, afterStart: boolean): void {
  const interval = intervalOf(row);
  if (row['start-time'] === 'startup') {
    // Once only: shortly after a start. Again and again: the first time after one interval.
    if (interval > 0) row['~wake'] = String((afterStart ? router.bootedAt : now) + interval);
    else if (afterStart) row['~wake'] = String(router.bootedAt + AFTER_START_MS);
    return;
  }
  const start = fromStamp(`${row['start-date'] ?? ''} ${row['start-time'] ?? ''}`, zone(router));
  const clock = deviceTime(router, now);
  if (Number.isNaN(start)) return;
  if (start > clock) row['~next'] = String(start);
  else if (interval > 0) row['~next'] = String(start + Math.ceil((clock - start + 1) / interval) * interval);
}
