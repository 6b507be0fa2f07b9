import { deviceTime, momentOf } from '../device-clock.ts';
import { log } from '../effects/journal.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { rowsOf } from '../state/tables.ts';
import type { Job } from './memory.ts';
import { policiesIn } from './menu-commands/run-script.ts';
import { intervalOf, planSchedule } from './plan-schedule.ts';
import { startUp } from './power.ts';
import { forget, launchEntry, proceed } from './run.ts';

const SCHEDULER = '/system/scheduler';

interface Event {
  readonly at: number;
  happen(): void;
}

/** Lets everything happen that has become due, in the order of time: starts, waiting scripts, entries of the scheduler. */
export function tick(router: RouterState, now: number): void {
  const { console: memory, power } = router;
  planSchedule(router, power.starting ? memory.tickedTo : now);
  for (let event = nextEvent(router); event && event.at <= now; event = nextEvent(router)) {
    memory.tickedTo = Math.max(memory.tickedTo, event.at);
    event.happen();
  }
  memory.tickedTo = Math.max(memory.tickedTo, now);
}

/** While it is down nothing happens; then comes the start, before anything else. */
function nextEvent(router: RouterState): Event | undefined {
  if (router.power.starting) return { at: router.power.upAt, happen: () => begin(router) };
  const jobs = router.console.jobs.map((job): Event => ({ at: job.wakeAt, happen: () => wake(router, job) }));
  const entries = rowsOf(router, SCHEDULER).flatMap((row): Event[] => {
    const at = dueAt(router, row);
    return at === undefined ? [] : [{ at, happen: () => fire(router, row, at) }];
  });
  return [...jobs, ...entries].sort((a, b) => a.at - b.at)[0];
}

function begin(router: RouterState): void {
  startUp(router);
  planSchedule(router, router.bootedAt);
}

function dueAt(router: RouterState, row: Readonly<Row>): number | undefined {
  const { tickedTo } = router.console;
  if (row['~wake'] !== undefined) return Math.max(Number(row['~wake']), tickedTo);
  return row['~next'] === undefined ? undefined : Math.max(momentOf(router, Number(row['~next'])), tickedTo);
}

function wake(router: RouterState, job: Job): void {
  // Somebody took its row away.
  if (rowsOf(router, '/system/script/job').includes(job.row)) proceed(router, job);
  else forget(router, job);
}

function fire(router: RouterState, row: Row, at: number): void {
  const interval = intervalOf(row);
  const clock = deviceTime(router, at);
  if (row['~wake'] !== undefined) {
    if (interval > 0) row['~wake'] = String(at + interval);
    else delete row['~wake'];
  } else if (interval > 0) {
    const next = Number(row['~next']);
    row['~next'] = String(next + Math.ceil((clock - next + 1) / interval) * interval);
  } else delete row['~next'];
  if (rowsOf(router, '/system/device-mode')[0]?.['scheduler'] === 'false') {
    log(router, at, 'script,error', `not allowed by device-mode, schedule "${row['name'] ?? ''}" was not run`);
    return;
  }
  row['run-count'] = String(Number(row['run-count'] ?? '0') + 1);
  const account = { name: row['owner'] ?? '', policies: new Set(policiesIn(row)) };
  launchEntry(router, { account, now: at, via: 'scheduler' }, row['on-event'] ?? '', row['name'] ?? '');
}
