import type { Reader, Row, WriteCall } from '../../client/types.ts';
import { DeniedError, RouterError, UnreachableError } from '../../core/errors.ts';
import { routerClock, startOf } from './clock.ts';
import { requireNoSafeMode, somebodyElse } from './foreign.ts';
import {
  type Armed,
  bootNameOf,
  bootSource,
  fireLine,
  jobSource,
  LOCK,
  lockNote,
  nameOf,
  SCHEDULER,
  SCHEDULER_LATER,
  SCRIPTS,
} from './names.ts';
import { findGuard, jobsOn, uptimeOf } from './objects.ts';
import { policiesFor } from './policies.ts';
import type { GuardPorts } from './ports.ts';
import { compileRevert, type Revert } from './revert.ts';
import { checkLines, rehearse } from './script-check.ts';
import type { Subject } from './subject.ts';
import { sweepGuard } from './sweep.ts';

/**
 * Puts a guard on a router: lock, script, schedulers, job; then reads everything back. When it returns, the router returns by itself unless
 * `disarmGuard` says otherwise. Anything that fails takes away what was put.
 * @throws DeniedError somebody else is at work; RouterError the router cannot carry this guard; UnreachableError it did not answer
 */
export async function armGuard(ports: GuardPorts, target: Subject, guard: Armed): Promise<void> {
  await requireNoSafeMode(ports.reader);
  if ((await findGuard(ports.reader, guard.token)).foreign) throw somebodyElse();
  await takeLock(ports, guard);
  try {
    const twins = await rehearse(ports.reader, target);
    const revert = compileRevert(target, { token: guard.token, twins });
    if (revert.problem !== undefined) throw tooLong(revert.source.length);
    await checkLines(ports.reader, revert);
    await put(ports, guard, revert, policiesFor(target));
  } catch (thrown) {
    await takeAwayAgain(ports, guard, thrown);
    throw thrown;
  }
}

/** The first write of all: script names are unique on a router, so that of two controllers one is refused. */
async function takeLock({ send, reader }: GuardPorts, guard: Armed): Promise<void> {
  try {
    const values = { name: LOCK, source: '# a change waits for its confirmation', policy: 'read', comment: lockNote(guard) };
    await send({ verb: 'add', menu: SCRIPTS, values });
  } catch (thrown) {
    if (!(thrown instanceof RouterError || thrown instanceof UnreachableError)) throw thrown;
    const { foreign, note } = await findGuard(reader, guard.token);
    if (foreign) throw somebodyElse();
    // The answer was lost, and the lock is ours.
    if (note?.token !== guard.token || thrown instanceof RouterError) throw thrown;
  }
  const { foreign, note } = await findGuard(reader, guard.token);
  if (foreign) throw somebodyElse();
  if (note?.token !== guard.token) throw notThere('lock');
}

async function put(ports: GuardPorts, guard: Armed, { source }: Revert, policy: string): Promise<void> {
  const { send, reader } = ports;
  const name = nameOf(guard.token);
  await send({ verb: 'add', menu: SCRIPTS, values: { name, source, policy, comment: 'armed' } });
  const wall = guard.triggers.includes('scheduler') ? await routerClock(reader) : 0;
  const entries = entriesOf(guard, wall, policy);
  for (const values of entries) await send({ verb: 'add', menu: SCHEDULER, values });
  const since = await uptimeOf(reader);
  const job = await launch(ports, jobSource(name, guard.seconds));
  const { lock } = await findGuard(reader, guard.token);
  await send({ verb: 'set', menu: SCRIPTS, id: lock?.['.id'] ?? LOCK, values: { comment: lockNote({ token: guard.token, job, since }) } });
  await readBack(ports, guard, source, entries, policy);
}

type Values = Readonly<Record<string, string>>;

function entriesOf({ token, triggers, seconds }: Armed, wall: number, policy: string): readonly Values[] {
  const name = nameOf(token);
  const once = { interval: '0s', policy };
  return [
    ...(triggers.includes('scheduler') ? [{ ...once, name, ...startOf(wall, seconds + SCHEDULER_LATER), 'on-event': fireLine(name) }] : []),
    ...(triggers.includes('startup')
      ? [{ ...once, name: bootNameOf(token), 'start-time': 'startup', 'on-event': bootSource(name, seconds) }]
      : []),
  ];
}

/** @returns the id of the job that waits */
async function launch({ send }: GuardPorts, script: string): Promise<string> {
  const call: WriteCall = { verb: 'command', menu: '/', command: 'execute', values: { script } };
  const { rows, id } = await send(call);
  const job = rows?.[0]?.['ret'] ?? id;
  if (job === undefined || !/^\*[0-9A-F]+$/.test(job)) throw notThere('job');
  return job;
}

/** Byte for byte: a script that was cut short would fail where it is needed. */
async function readBack({ reader }: GuardPorts, guard: Armed, source: string, entries: readonly Values[], policy: string): Promise<void> {
  const name = nameOf(guard.token);
  const [script] = await reader.read({ verb: 'read', menu: SCRIPTS, where: { name } }, { priority: 'person' });
  if (script?.['source'] !== source || script['comment'] !== 'armed' || script['invalid'] === 'true') throw notThere('script');
  if (!mayRun(script, policy)) throw notThere('policy');
  const there = entries.length === 0 ? [] : await reader.read({ verb: 'read', menu: SCHEDULER }, { priority: 'person' });
  for (const wanted of entries) {
    const entry = there.find((row) => row['name'] === wanted['name']);
    const same = ['on-event', 'start-date', 'start-time'].every((field) => wanted[field] === undefined || entry?.[field] === wanted[field]);
    const runs = wanted['start-time'] === 'startup' || (entry?.['next-run'] ?? '') !== '';
    if (!entry || !same || !runs || entry['disabled'] === 'true') throw notThere('scheduler');
    if (!mayRun(entry, policy)) throw notThere('policy');
  }
  const job = await liveJob(reader, guard);
  if (!job) throw notThere('job');
  if (!mayRun(job, policy)) throw notThere('policy');
}

/** Whoever lacks a policy of the script cannot run it; some versions do not say what a job may do. */
function mayRun(row: Row, policy: string): boolean {
  const granted = (row['policy'] ?? '').split(',');
  return granted[0] === '' || policy.split(',').every((one) => granted.includes(one));
}

/** The job that waits, where all the guard is whole: script armed, lock ours. */
async function liveJob(reader: Reader, guard: Armed): Promise<Row | undefined> {
  const { script, note, foreign } = await findGuard(reader, guard.token);
  if (foreign || script?.['comment'] !== 'armed' || note?.token !== guard.token || note.job === undefined) return undefined;
  return (await jobsOn(reader)).find((row) => row['.id'] === note.job);
}

/**
 * Is it still armed, and is the job that needs no clock still waiting? To be called before each write: without an answer of true, no write.
 * @throws UnreachableError when the router does not say
 */
export const keepGuard = async ({ reader }: Pick<GuardPorts, 'reader'>, guard: Armed): Promise<boolean> =>
  (await liveJob(reader, guard)) !== undefined;

/** Nothing was changed yet: what stands for the guard goes. When even that fails, both are said. */
async function takeAwayAgain(ports: GuardPorts, guard: Armed, cause: unknown): Promise<void> {
  try {
    await sweepGuard(ports, guard);
  } catch {
    throw new UnreachableError('The guard could not be put on the router, and part of it may be left there.', {
      code: 'TIMED_OUT',
      hint: 'It undoes nothing, since nothing was changed; it is removed on the next connection.',
      details: { left: nameOf(guard.token) },
      cause,
    });
  }
}

const tooLong = (characters: number): DeniedError =>
  new DeniedError('The undo is too long for a script on the router.', {
    hint: 'Split the plan.',
    details: { characters },
  });
const notThere = (part: string): RouterError =>
  new RouterError('The router took the guard, but when read back it is not what was sent.', {
    code: 'ROUTER_FAULT',
    hint: 'Nothing was changed. See free memory and flash of the router, then apply again.',
    details: { part },
  });
