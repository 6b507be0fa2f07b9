import { asFleetError, DeniedError, type FleetError, StoreError } from '../core/errors.ts';
import type { Held } from '../plan/apply.ts';
import { Failure } from '../plan/outcome.ts';
import type { Outcome } from '../plan/types.ts';
import type { StoreWrite } from '../store/store.ts';
import { settleAbandoned } from './abandoned.ts';
import { allowedDevice } from './admit.ts';
import { type TargetWork, workOn } from './apply.ts';
import { CalledOff, rolloutStopped } from './called-off.ts';
import { type HeldLease, takeLease } from './lease.ts';
import { entry } from './record.ts';
import type { Course } from './rollout-course.ts';

/** A router that was changed, and waits, its guard armed, to be confirmed or taken back. */
export interface Waiting {
  readonly held: Held;
  readonly work: TargetWork;
  readonly lease: HeldLease;
  readonly deviceId: string;
  /** When its change began, on the clock that never jumps. */
  readonly since: number;
}

/** The forward half on one router. What keeps it from beginning is its outcome; it throws nothing. */
export async function changeOne(course: Course, deviceId: string): Promise<Waiting | undefined> {
  const { job, targets, progress } = course;
  const { context, plan } = job;
  let lease: HeldLease | undefined;
  let work: TargetWork | undefined;
  try {
    const target = targets.get(deviceId);
    const found = await context.store.device(deviceId);
    if (!target || !found) throw new DeniedError('The device was removed from the inventory.');
    // As it is today: a rollout takes long, and one that is taken up again was admitted by a process that is gone.
    const device = await allowedDevice(context, plan, target);
    lease = await takeLease(context, device);
    await settleAbandoned(context, device, lease);
    work = await workOn(job, device, target, lease, 'approved');
    // What another router came to while this one was being prepared counts; from here to the first request nothing comes between.
    if (!progress.mustStop()) {
      const since = context.clock.monotonic();
      const held = await work.change();
      if ('run' in held) {
        if (held.failure) progress.fails(deviceId);
        else progress.holds(deviceId);
        return { held, work, lease, deviceId, since };
      }
      await work.end(held);
      progress.ends(deviceId, held.state);
    }
  } catch (thrown) {
    const error = asFleetError(thrown);
    const isUnbegun = work === undefined || work.state() === 'approved';
    // A store that takes no word leaves the target as the store knows it: whoever comes next takes it up.
    if (!isUnbegun) progress.loses(error, deviceId);
    // What was called off is left to whoever calls off the rest.
    else if (!(error instanceof CalledOff)) await endUnbegun(course, deviceId, error);
  }
  await lease?.release();
  return undefined;
}

/** The other half. @param stopped why a change that went well is taken back */
export async function settleOne({ progress }: Course, { held, work, lease, deviceId }: Waiting, stopped?: Failure): Promise<void> {
  try {
    const outcome = await work.settle(held, stopped);
    await work.end(outcome);
    progress.ends(deviceId, outcome.state);
  } catch (thrown) {
    // As above: its state in the store says that it is not over, and it is taken up again.
    progress.loses(asFleetError(thrown), deviceId);
  } finally {
    await lease.release();
  }
}

async function endUnbegun(course: Course, deviceId: string, error: FleetError): Promise<void> {
  const { job, progress } = course;
  const { context, actor, plan, requestId } = job;
  const outcome: Outcome = {
    state: 'failed',
    summary: `${error.message} Nothing was changed on the router.`,
    code: error.code,
    ...(error.hint && { hint: error.hint }),
    checks: [],
    left: [],
    drift: [],
    at: context.store.now(),
  };
  const about = { ...deviceOf(course, deviceId), plan: plan.id, requestId, details: { state: 'failed', code: error.code } };
  const move: StoreWrite = { kind: 'target-move', planId: plan.id, deviceId, from: 'approved', to: 'failed', outcome };
  try {
    await context.ledger.commit([move], [entry(actor, 'plan.apply', 'failed', about)]);
    progress.ends(deviceId, 'failed');
    context.events.emit({ type: 'target-state', planId: plan.id, deviceId, state: 'failed' });
  } catch (thrown) {
    progress.loses(asFleetError(thrown), deviceId);
  }
}

const deviceOf = ({ targets }: Course, deviceId: string) => {
  const target = targets.get(deviceId);
  return target ? { device: { id: deviceId, environment: target.environment } } : {};
};

/** A router that was confirmed already goes back by the inverse, under the approval of the rollout. */
export async function takeBackOne(course: Course, deviceId: string): Promise<void> {
  const { job, targets, progress } = course;
  const { context } = job;
  let lease: HeldLease | undefined;
  let work: TargetWork | undefined;
  try {
    const target = targets.get(deviceId);
    const device = await context.store.device(deviceId);
    if (!target || !device) throw new DeniedError('The device was removed from the inventory.');
    lease = await takeLease(context, device);
    work = await workOn(job, device, target, lease, 'completed');
    const outcome = await work.takeBack(new Failure(rolloutStopped()));
    if (work.state() === 'rolling-back') await work.end(outcome);
    else if (wasNotSeen(outcome)) await endUnseen(course, deviceId, outcome);
    // One that somebody changed since stays what it is: nothing was sent to it.
    else await sayItStays(course, deviceId, outcome.code);
  } catch (thrown) {
    const error = asFleetError(thrown);
    // A store that takes no word: whoever comes next tries it again.
    if (error instanceof StoreError || (work && work.state() !== 'completed')) progress.loses(error, deviceId);
    else await sayItStays(course, deviceId, error.code).catch((unsaid: unknown) => progress.loses(asFleetError(unsaid), deviceId));
  } finally {
    await lease?.release();
  }
}

/** The router did not answer: nothing was found that another hand had changed, and nothing was put back. */
const wasNotSeen = ({ state, drift }: Outcome): boolean => state === 'stuck' && drift.length === 0;

/** The plan wanted it taken back, and nobody could: a person must look at it. */
async function endUnseen(course: Course, deviceId: string, outcome: Outcome): Promise<void> {
  const { context, actor, plan, requestId } = course.job;
  const move = { kind: 'target-move', planId: plan.id, deviceId } as const;
  const details = { state: 'stuck', ...(outcome.code && { code: outcome.code }) };
  await context.ledger.commit(
    [
      { ...move, from: 'completed', to: 'rolling-back' },
      { ...move, from: 'rolling-back', to: 'stuck', outcome },
    ],
    [entry(actor, 'plan.apply', 'failed', { ...deviceOf(course, deviceId), plan: plan.id, requestId, details })],
  );
  context.events.emit({ type: 'target-state', planId: plan.id, deviceId, state: 'stuck' });
}

/** It stays completed, as it is, although the plan wanted it taken back: the ledger has that. */
async function sayItStays(course: Course, deviceId: string, code?: FleetError['code']): Promise<void> {
  const { context, actor, plan, requestId } = course.job;
  const about = {
    ...deviceOf(course, deviceId),
    plan: plan.id,
    requestId,
    details: { state: 'completed', takenBack: false, ...(code && { code }) },
  };
  await context.ledger.commit([], [entry(actor, 'plan.apply', 'failed', about)]);
}
