import { setTimeout as sleep } from 'node:timers/promises';
import { asFleetError, type Fleet } from '../lib/index.ts';

/** Between two looks for runs whose process died. */
const LOOK_EVERY = 60_000;
/** How often (ms) it is looked, at the end, whether a run that was taken up is still at work. */
const WORK_EVERY = 250;

export interface Recovery {
  /** No further look; waits for what is at work on a router, but not for a run that is paused. */
  stop(): Promise<void>;
}

/**
 * Takes up runs whose process died, now and once a minute, beside everything else: no request waits for it, and what goes wrong is a
 * line in the log.
 */
export function keepRecovering(fleet: Pick<Fleet, 'recover' | 'jobs'>, log: (line: string) => void, every = LOOK_EVERY): Recovery {
  let looking: Promise<void> | undefined;
  const look = (): void => {
    // One that goes on for long, because a rollout is carried to its end, is not begun twice.
    looking ??= once(fleet, log).finally(() => {
      looking = undefined;
    });
  };
  look();
  const timer = setInterval(look, every);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      while (looking && (await isAtWork(fleet))) await Promise.race([looking, sleep(WORK_EVERY)]);
    },
  };
}

async function once(fleet: Pick<Fleet, 'recover'>, log: (line: string) => void): Promise<void> {
  try {
    const taken = await fleet.recover();
    if (taken.length > 0) log(`taken up after their process had died: ${taken.join(', ')}`);
  } catch (thrown) {
    log(`runs that were left in the middle could not be taken up: ${asFleetError(thrown).message}`);
  }
}

/** A store that is busy has not said that nothing is. */
const isAtWork = async (fleet: Pick<Fleet, 'jobs'>): Promise<boolean> =>
  (await fleet.jobs({ open: true }).catch(() => undefined))?.some(({ status }) => status === 'running') ?? true;
