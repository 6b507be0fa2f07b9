import { UnreachableError } from '../core/errors.ts';

/** One request in flight per router: RouterOS serves them one at a time, and parallel ones do harm. */
export interface Queue {
  /** Runs `work` when its turn has come; a person's work goes before polls. */
  run<Result>(priority: 'person' | 'poll', work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
}

interface Waiting {
  readonly start: () => void;
}

/** @param most how many may wait before a newcomer is sent away (a router that answers nothing must not fill memory) */
export function openQueue(most = 100): Queue {
  const waiting: Record<'person' | 'poll', Waiting[]> = { person: [], poll: [] };
  let busy = false;

  const next = (): void => {
    const turn = waiting.person.shift() ?? waiting.poll.shift();
    busy = turn !== undefined;
    turn?.start();
  };

  const turn = (priority: 'person' | 'poll', signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (!busy) {
        busy = true;
        return resolve();
      }
      if (waiting[priority].length >= most) {
        return reject(
          new UnreachableError('Too many requests already wait for this router.', { code: 'BUSY', hint: 'Wait until it answers again.' }),
        );
      }
      const abort = (): void => {
        waiting[priority] = waiting[priority].filter((one) => one !== entry);
        reject(signal?.reason);
      };
      const entry: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      waiting[priority].push(entry);
    });

  return {
    run: async (priority, work, signal) => {
      await turn(priority, signal);
      try {
        return await work();
      } finally {
        next();
      }
    },
  };
}
