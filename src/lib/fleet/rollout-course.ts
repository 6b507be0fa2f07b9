import type { FleetError } from '../core/errors.ts';
import { isBad } from '../plan/rollout.ts';
import type { Rollout, Target, TargetState } from '../plan/types.ts';
import { isActive } from './abandoned.ts';
import type { Job } from './apply.ts';
import { rolloutStopped } from './called-off.ts';

/** A rollout under way. */
export interface Course {
  readonly job: Job;
  readonly rollout: Rollout;
  readonly targets: ReadonlyMap<string, Target>;
  readonly progress: Progress;
}

/** How far a rollout is, counted as it goes: a plan of thousands of routers is not read again for each of them. */
export interface Progress {
  readonly states: ReadonlyMap<string, TargetState>;
  /** Nothing was sent to it yet, and something may be. */
  waits(deviceId: string): boolean;
  /** It is known to have failed, long before it is known how it ends. */
  fails(deviceId: string): void;
  /** Nobody knows how it stands: it counts as failed until it is known to have been changed and checked. */
  doubts(deviceId: string): void;
  /** It was changed and checked. */
  holds(deviceId: string): void;
  ends(deviceId: string, state: TargetState): void;
  /** The store takes no word: nobody knows how the rollout stands, or one of its routers, until somebody takes it up. */
  loses(error: FleetError, deviceId?: string): void;
  /** The stop rule, with what is unknown counted as failed. */
  mustStop(): boolean;
  /** Why no router may be started although the stop rule does not hold. */
  lost(): FleetError | undefined;
  /** Somebody is at work on one of them, or was until his process died. */
  isBusy(): boolean;
}

/** A rollout as it stands in the store now. */
export async function courseOf(job: Job, rollout: Rollout): Promise<Course> {
  const { context, plan } = job;
  const progress = progressOf(rollout, await context.store.targetStates(plan.id));
  // The run ends with the rollout and not with its last router: after that, others may still have to be taken back.
  const own: Job = {
    ...job,
    ends: async () => [],
    doubts: progress.doubts,
    // While this router was being prepared another one may have failed, or a person called it all off.
    open: async (first) => {
      await job.mayGoOn();
      if (progress.mustStop()) throw rolloutStopped();
      return job.open(first);
    },
  };
  return { job: own, rollout, targets: new Map(plan.targets.map((target) => [target.deviceId, target])), progress };
}

/** @param stored where each target stands at the beginning */
export function progressOf(rollout: Pick<Rollout, 'budget'>, stored: ReadonlyMap<string, TargetState>): Progress {
  const states = new Map(stored);
  const bad = new Set([...states].filter(([, state]) => isBad(state)).map(([id]) => id));
  let lost: FleetError | undefined;
  let stopped = false;
  const count = (): void => {
    stopped = bad.size > rollout.budget;
  };
  count();
  const held = new Set<string>();
  const fails = (id: string): void => {
    bad.add(id);
    count();
  };
  return {
    states,
    waits: (id) => states.get(id) === 'approved' || states.get(id) === 'paused',
    fails,
    // What it is asked afterwards confirms it or takes it back: no other one hangs on that.
    doubts: (id) => {
      if (!held.has(id)) fails(id);
    },
    holds: (id) => {
      held.add(id);
      bad.delete(id);
      count();
    },
    ends: (id, state) => {
      states.set(id, state);
      if (isBad(state)) bad.add(id);
      else bad.delete(id);
      count();
    },
    loses: (error, id) => {
      lost ??= error;
      if (id !== undefined) bad.add(id);
      count();
    },
    mustStop: () => stopped,
    lost: () => lost,
    isBusy: () => [...states.values()].some(isActive),
  };
}
