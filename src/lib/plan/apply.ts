import { asFleetError, StoreError } from '../core/errors.ts';
import { baseNow, driftOf } from './base.ts';
import { forward, nameRows, waitForIt } from './execute/forward.ts';
import { restore, sweep } from './execute/restore.ts';
import { newRun, type Run, runFrom } from './execute/run.ts';
import { closeOpenRequests, guardSend } from './execute/send.ts';
import { check, recheck } from './execute/validate.ts';
import { isOneWay } from './one-way.ts';
import { completed, Failure, goneBack, interrupted, movedUnderUs, stale } from './outcome.ts';
import type { ApplyPorts } from './ports.ts';
import { readBase } from './settle.ts';
import type { JournalRecord, Outcome, Plan, Target, TargetState } from './types.ts';

/** A target that was changed and checked, and waits for the word: keep it, or take it back. */
export interface Held {
  readonly run: Run;
  readonly failure: Failure | undefined;
}

/**
 * Applies one target of an approved plan and ends in a named state. The only writer of the library.
 * Stale is found before the approval is consumed, so that it keeps the approval; an error before the first write is thrown.
 */
export async function applyTarget(plan: Plan, target: Target, ports: ApplyPorts): Promise<Outcome> {
  const held = await changeTarget(plan, target, ports);
  return 'run' in held ? settleTarget(held) : held;
}

/** The forward half: arm, write, read back, validate. A router is left as it is changed, its guard armed. */
export async function changeTarget(plan: Plan, target: Target, ports: ApplyPorts): Promise<Held | Outcome> {
  const link = await ports.fresh();
  try {
    await ports.checks.before(link);
  } finally {
    await link.close();
  }
  // Last of all: what is compared now is what is written to next.
  const menus = await readBase(ports.reader, target, ports);
  const drift = driftOf(target, baseNow(target.base, menus));
  if (drift.length > 0) return stale(drift, await ports.history(), ports.clock.now());
  if (target.steps.length === 0) return completed([], ports.clock.now());
  const run = newRun(plan, target, ports, menus);
  const failure = (await arm(run)) ?? (await forward(run)) ?? (await check(run));
  return { run, failure };
}

/** The other half: confirms what went well, takes back what did not. @param stopped why a change that went well is taken back */
export async function settleTarget({ run, failure }: Held, stopped?: Failure): Promise<Outcome> {
  // What cannot go back stays when it went well, whatever others came to.
  const bad = failure ?? (isOneWay(run.target) ? undefined : stopped);
  if (bad) return restore(run, bad);
  return confirm(run);
}

/** A target whose process died in the middle: looked at, then finished or taken back. */
export async function recoverTarget(
  plan: Plan,
  target: Target,
  ports: ApplyPorts,
  journal: readonly JournalRecord[],
  state: TargetState,
): Promise<Outcome> {
  const run = runFrom(plan, target, ports, journal);
  run.rollingBack = state === 'rolling-back';
  await closeOpenRequests(run, journal);
  const away = await waitForIt(run);
  if (away) return restore(run, away);
  const broken = new Failure(interrupted());
  if (run.rollingBack || !everythingSent(run)) return restore(run, broken);
  const failure = await check(run);
  if (failure) return restore(run, broken);
  await nameRows(run);
  // All is as planned, and nothing is left that could undo it: it had been confirmed when its process died.
  if (run.armed && (await ports.guard.state()) === 'absent') {
    await sweep(run);
    return completed(run.checks, ports.clock.now());
  }
  return confirm(run);
}

/** A completed target of a rollout that stopped: covered by the approval of the rollout. */
export function takeBack(plan: Plan, target: Target, ports: ApplyPorts, journal: readonly JournalRecord[], why: Failure): Promise<Outcome> {
  const run = runFrom(plan, target, ports, journal);
  run.armed = false;
  return restore(run, why);
}

/** Takes what is left of a guard off a router that a person has looked at. */
export async function sweepTarget(plan: Plan, target: Target, ports: ApplyPorts, journal: readonly JournalRecord[]): Promise<void> {
  const run = runFrom(plan, target, ports, journal);
  run.armed = ports.guard.armed;
  await sweep(run);
}

const everythingSent = (run: Run): boolean => run.target.changes.every((_, index) => run.touched.includes(index));

/** The guard stands before the first write, or there is none; and the base is looked at once more behind it. */
async function arm(run: Run): Promise<Failure | undefined> {
  const { ports, target } = run;
  if (!ports.guard.armed) return undefined;
  try {
    await ports.guard.arm(guardSend(run));
    run.armed = true;
    const drift = driftOf(target, baseNow(target.base, await readBase(ports.reader, target, ports)));
    return drift.length > 0 ? new Failure(movedUnderUs()) : undefined;
  } catch (thrown) {
    if (!run.begun || thrown instanceof StoreError) throw thrown;
    return new Failure(asFleetError(thrown));
  }
}

/** Deleting the guard's script is the confirmation. When the router was faster, the change is gone, and that is said. */
async function confirm(run: Run): Promise<Outcome> {
  const { ports } = run;
  try {
    if (run.armed && (await ports.guard.disarm(guardSend(run))) === 'already-fired') return restore(run, new Failure(goneBack()));
    run.armed = false;
  } catch (thrown) {
    const error = asFleetError(thrown);
    if (error instanceof StoreError) throw error;
    return restore(run, new Failure(error));
  }
  // The timer may have won the race.
  const failure = ports.guard.armed ? await recheck(run) : undefined;
  return failure ? restore(run, failure) : completed(run.checks, ports.clock.now());
}
