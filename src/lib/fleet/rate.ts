import { DeniedError } from '../core/errors.ts';

const MINUTE = 60_000;

/** How often a command may run on one router, so that no caller, model or person, turns a router's day into tests. */
export interface Rates {
  /**
   * Counts one use.
   * @param said in place of our own sentence, where it is not a command on a router
   * @throws DeniedError when there were too many in the last minute; says when the next is welcome
   */
  take(what: string, deviceId: string, perMinute: number, said?: string): void;
}

/** @param now milliseconds that never go back */
export function openRates(now: () => number): Rates {
  const uses = new Map<string, number[]>();
  return {
    take: (what, deviceId, perMinute, said) => {
      const key = `${what} ${deviceId}`;
      const since = now() - MINUTE;
      const recent = (uses.get(key) ?? []).filter((at) => at > since);
      const [oldest] = recent;
      if (recent.length >= perMinute && oldest !== undefined) {
        throw new DeniedError(said ?? `${what} ran ${perMinute} times on this router in the last minute.`, {
          retryable: true,
          hint: `Wait ${Math.ceil((oldest - since) / 1_000)} seconds.`,
          details: { perMinute },
        });
      }
      uses.set(key, [...recent, now()]);
    },
  };
}
