import { asFleetError } from '../core/errors.ts';
import { Failure } from '../plan/outcome.ts';
import { brokenWave, type Member, nextBatch } from '../plan/rollout.ts';
import type { Outcome, Rollout, TargetState } from '../plan/types.ts';
import type { Run, StoreWrite } from '../store/store.ts';
import type { Job } from './apply.ts';
import { CalledOff, rolloutStopped, stoppedByPerson } from './called-off.ts';
import { isConflict } from './plans.ts';
import { type Course, courseOf } from './rollout-course.ts';
import { changeOne, settleOne, takeBackOne, type Waiting } from './rollout-member.ts';

/** How often (ms) a paused rollout looks whether it may go on. */
const LOOK_EVERY = 1_000;
/** A batch takes no more routers when the guard of its first one has used up this part of its time: the rest is for the others, and to confirm. */
const PART = 1 / 3;

/**
 * Wave by wave, batch by batch, until all are done or the stop rule holds; also for a process that takes up what another one began.
 * When this process closes, it ends after the batch under way, and leaves the rest to whoever comes next.
 * @throws FleetError the store took no word of a router, so that nobody knows how it stands; never for a router's sake
 */
export async function rollOut(job: Job, rollout: Rollout): Promise<void> {
  const course = await courseOf(job, rollout);
  const { progress } = course;
  // Nobody knows yet how one of them stands: no other is touched before.
  if (progress.isBusy()) return;
  // Taken up while it was stopping: nothing but a stop calls targets off in the middle of a run.
  if (progress.mustStop() || [...progress.states.values()].includes('cancelled')) return stop(course);
  for (const [nth, wave] of rollout.waves.entries()) {
    const members = await membersOf(course, wave);
    for (let left = members; left.length > 0; left = left.filter(({ id }) => progress.waits(id))) {
      const next = await nextStep(course);
      if (next === 'leave') return;
      if (next === 'stop') return stop(course);
      await runBatch(course, nextBatch(left));
      const lost = progress.lost();
      if (lost) throw lost;
      if (progress.mustStop()) return stop(course);
    }
    if (nth < rollout.waves.length - 1 && members.length > 0) await pauseBetween(job, rollout.pauseSeconds);
  }
}

/** The routers of a wave that have not been started: a rollout that is taken up again leaves out what is over. */
async function membersOf({ job: { context }, progress }: Course, wave: readonly string[]): Promise<readonly Member[]> {
  const members: Member[] = [];
  for (const id of wave) {
    if (!progress.waits(id)) continue;
    const group = (await context.store.device(id))?.tags['group'];
    members.push({ id, ...(group !== undefined && { group }) });
  }
  return members;
}

const wantedOf = async ({ context, runId }: Job): Promise<Run['wanted']> => (await context.store.run(runId))?.wanted ?? 'go';

/** Waits while it is paused. @returns whether the next routers may be started, or else what is to be done with them */
async function nextStep({ job, progress }: Course): Promise<'go' | 'stop' | 'leave'> {
  const { closing } = job.context;
  if ((await wantedOf(job)) === 'pause') await whilePaused(job);
  if (closing.aborted) return 'leave';
  return !progress.mustStop() && (await mayGoOn(job)) ? 'go' : 'stop';
}

async function mayGoOn(job: Job): Promise<boolean> {
  try {
    await job.mayGoOn();
    return true;
  } catch (thrown) {
    if (thrown instanceof CalledOff) return false;
    throw thrown;
  }
}

async function whilePaused(job: Job): Promise<void> {
  const { closing } = job.context;
  await moveAll(job, 'approved', 'paused');
  while ((await wantedOf(job)) === 'pause' && !closing.aborted) await aMoment(job, LOOK_EVERY);
  if (!closing.aborted) await moveAll(job, 'paused', 'approved');
}

/** Ends early when this process closes. */
async function aMoment({ context: { clock, closing } }: Job, ms: number): Promise<void> {
  await clock.sleep(ms, closing).catch((thrown: unknown) => {
    if (!closing.aborted) throw thrown;
  });
}

export async function moveAll({ context, plan }: Job, from: TargetState, to: TargetState, outcome?: Outcome): Promise<void> {
  const moved = [...(await context.store.targetStates(plan.id))].filter(([, state]) => state === from);
  const writes = moved.map(
    ([deviceId]): StoreWrite => ({ kind: 'target-move', planId: plan.id, deviceId, from, to, ...(outcome && { outcome }) }),
  );
  try {
    await context.store.commit(writes);
  } catch (thrown) {
    if (!isConflict(thrown)) throw thrown;
  }
  for (const [deviceId] of moved) context.events.emit({ type: 'target-state', planId: plan.id, deviceId, state: to });
}

async function pauseBetween(job: Job, seconds: number): Promise<void> {
  const { clock, closing } = job.context;
  const until = clock.monotonic() + seconds * 1_000;
  for (;;) {
    const left = until - clock.monotonic();
    if (left <= 0 || closing.aborted || (await wantedOf(job)) === 'cancel') return;
    await aMoment(job, Math.min(left, LOOK_EVERY));
  }
}

/**
 * Up to `parallel` routers at a time. What fails is taken back at once; what goes well stays armed until all of the batch are through.
 * Routers of it that were not started wait for the next one.
 */
async function runBatch(course: Course, batch: readonly Member[]): Promise<void> {
  const { rollout, progress } = course;
  const queue = [...batch];
  const waiting: Waiting[] = [];
  const worker = async (): Promise<void> => {
    while (queue.length > 0 && !isFull(course, waiting) && (await mayStart(course))) {
      const next = queue.shift();
      const one = next && (await changeOne(course, next.id));
      if (one?.held.failure) await settleOne(course, one);
      else if (one) waiting.push(one);
    }
  };
  // Nothing that was changed is left behind because the store does not say whether another may be started.
  const begun = (): Promise<void> => worker().catch((thrown: unknown) => progress.loses(asFleetError(thrown)));
  await sideBySide(rollout.parallel, batch.length, begun);
  const settler = async (): Promise<void> => {
    for (let one = waiting.shift(); one; one = waiting.shift()) await settleOne(course, one, await whyTakenBack(course));
  };
  await sideBySide(rollout.parallel, waiting.length, settler);
}

const sideBySide = async (parallel: number, most: number, work: () => Promise<void>): Promise<void> =>
  void (await Promise.all(Array.from({ length: Math.min(parallel, most) }, work)));

/** Asked before each start: what another router of this batch came to meanwhile counts. */
async function mayStart({ job, progress }: Course): Promise<boolean> {
  const may = (await wantedOf(job)) === 'go' && (await mayGoOn(job));
  return may && !progress.mustStop() && progress.lost() === undefined;
}

/** Guards that are armed do not wait for ever. */
function isFull({ job, targets }: Course, waiting: readonly Waiting[]): boolean {
  const now = job.context.clock.monotonic();
  return waiting.some(({ deviceId, since }) => {
    const guard = targets.get(deviceId)?.guard;
    return guard?.kind === 'armed' && now - since > guard.seconds * 1_000 * PART;
  });
}

/** Why a change that went well is not confirmed. What a person calls off while it waits goes back, whatever the plan keeps. */
async function whyTakenBack({ job, rollout, progress }: Course): Promise<Failure | undefined> {
  // A store that does not answer has not told of a cancellation either; it will have its say when the outcome is recorded.
  if ((await wantedOf(job).catch(() => 'go')) === 'cancel') return new Failure(stoppedByPerson());
  return progress.mustStop() && rollout.onStop !== 'keep' ? new Failure(rolloutStopped()) : undefined;
}

/** The rest is called off; what went well before is taken back as far as the plan says. */
async function stop(course: Course): Promise<void> {
  const { job, rollout, progress } = course;
  const { waves, onStop } = rollout;
  await callOff(job);
  if (onStop === 'keep') return;
  const scope = onStop === 'roll-back-all' ? waves.flat() : brokenWave(rollout, progress.states);
  for (const id of [...scope].reverse()) if (progress.states.get(id) === 'completed') await takeBackOne(course, id);
  const lost = progress.lost();
  if (lost) throw lost;
}

async function callOff(job: Job): Promise<void> {
  const outcome: Outcome = {
    state: 'cancelled',
    summary: 'The rollout stopped before this router: nothing was changed on it.',
    checks: [],
    left: [],
    drift: [],
    at: job.context.store.now(),
  };
  for (const from of ['approved', 'paused'] as const) await moveAll(job, from, 'cancelled', outcome);
}
