import type { Account } from '../accounts.ts';
import type { Context } from '../context.ts';
import { stamp } from '../dates.ts';
import { deviceTime } from '../device-clock.ts';
import { log } from '../effects/journal.ts';
import type { RouterState } from '../state/router.ts';
import type { Row } from '../state/row.ts';
import { newId, rowsOf, zone } from '../state/tables.ts';
import { readScript } from './compile.ts';
import { machineOf } from './evaluate.ts';
import { type Machine, ScriptFault, type Step } from './machine.ts';
import type { Job } from './memory.ts';
import { runStored } from './menu-commands/run-script.ts';

/** Who gives the commands, from where, and when. */
export interface ConsoleSession {
  readonly account: Account;
  readonly now: number;
  readonly via: Context['via'];
  readonly source?: string;
  /** The session it is typed in, for what lasts as long as that. */
  readonly session?: string | undefined;
  /** Where lines of an export break; without it they do not. */
  readonly width?: number;
}

export interface ConsoleResult {
  /** Everything that was printed, lines ending with `\r\n`; an error is the last of it. */
  readonly output: string;
  /** The words of the error that ended the script. */
  readonly error?: string;
  /** How long the script waited, in its own reckoning: its later commands happened that much later. */
  readonly elapsedMs: number;
}

/** Runs a script to its end. Nothing of it happens when it cannot be read. */
export function runConsole(router: RouterState, input: string, session: ConsoleSession): ConsoleResult {
  const moment = { now: session.now };
  let printed = '';
  const machine = machineFor(router, session, moment, (text) => {
    printed += text;
  });
  let error: string | undefined;
  try {
    for (const ms of machine.call(readScript(router, input), new Map())) moment.now += ms;
  } catch (thrown) {
    if (!(thrown instanceof ScriptFault)) throw thrown;
    error = thrown.message;
    printed += `${error}\n`;
  }
  const output = printed.replace(/\r?\n/g, '\r\n');
  return { output, elapsedMs: moment.now - session.now, ...(error === undefined ? {} : { error }) };
}

function machineFor(router: RouterState, session: ConsoleSession, moment: { now: number }, write: (text: string) => void): Machine {
  const { account, via, source = router.station, width, session: name } = session;
  return machineOf({
    context: () => ({ router, account, source, now: moment.now, via, session: name }),
    write,
    globals: router.console.globals,
    width,
    launch: (script, by) => launch(router, { ...session, account: by, now: moment.now }, script, script),
  });
}

/** Starts a script that goes on by itself, and runs it up to its first wait; answers the id of its job. */
export function launch(router: RouterState, session: ConsoleSession, script: string, title: string): string {
  const moment = { now: session.now };
  const machine = machineFor(router, session, moment, () => undefined);
  return start(router, session, moment, title, machine.call(readScript(router, script), new Map()));
}

/** Starts what an entry of the scheduler names: a script of that name, or the commands themselves. */
export function launchEntry(router: RouterState, session: ConsoleSession, onEvent: string, title: string): void {
  const stored = rowsOf(router, '/system/script').find((row) => row['name'] === onEvent.trim());
  if (!stored) {
    launch(router, session, onEvent, title);
    return;
  }
  const moment = { now: session.now };
  start(
    router,
    session,
    moment,
    title,
    runStored(
      machineFor(router, session, moment, () => undefined),
      stored,
    ),
  );
}

function start(router: RouterState, session: ConsoleSession, moment: { now: number }, title: string, task: Step<unknown>): string {
  const row: Row = {
    '.id': newId(router, '/system/script/job'),
    owner: session.account.name,
    policy: [...session.account.policies].join(','),
    script: title,
    started: stamp(deviceTime(router, session.now), zone(router)),
    type: 'command',
  };
  rowsOf(router, '/system/script/job').push(row);
  const job: Job = { row, task, moment, account: session.account, wakeAt: session.now, title };
  router.console.jobs.push(job);
  proceed(router, job);
  return row['.id'] ?? '';
}

/** Runs a job to its next wait, or to its end. Nobody hears it fail but the log. */
export function proceed(router: RouterState, job: Job): void {
  job.moment.now = job.wakeAt;
  try {
    const { done, value } = job.task.next();
    if (done !== true && typeof value === 'number') {
      job.wakeAt += value;
      return;
    }
  } catch (thrown) {
    if (!(thrown instanceof ScriptFault)) throw thrown;
    log(router, job.moment.now, 'script,error', `script error: ${thrown.message}`);
  }
  forget(router, job);
}

export function forget(router: RouterState, job: Job): void {
  const { jobs } = router.console;
  if (jobs.includes(job)) jobs.splice(jobs.indexOf(job), 1);
  const rows = rowsOf(router, '/system/script/job');
  if (rows.includes(job.row)) rows.splice(rows.indexOf(job.row), 1);
}
