import type { Clock } from '../../lib/core/clock.ts';
import { isDown, reboot } from '../console/power.ts';
import type { RouterState } from '../state/router.ts';

/** Whether the router is up, for its doors. */
export interface Power {
  readonly down: boolean;
  /** It starts anew, as by a fault; without a time it takes as long as its hardware does. */
  reboot(ms: number | undefined): void;
  /** Shuts the doors when it has gone down, whoever did that, and opens them when it is back. */
  look(): void;
  /** Nobody waits for it to come back any more. */
  forget(): void;
  /** The doors that go down with it: `settle` shuts or opens them as things stand. */
  supply(doors: { settle(): Promise<void>; cut(): void }): void;
}

export function powerOf(clock: Clock, state: () => RouterState, now: () => number): Power {
  let doors: { settle(): Promise<void>; cut(): void } | undefined;
  /** Until when the doors are known to be shut. */
  let shutUntil = Number.NEGATIVE_INFINITY;
  let waiting: AbortController | undefined;
  const look = (): void => {
    if (!doors) return;
    const { upAt } = state().power;
    const down = isDown(state(), now());
    if (down && shutUntil !== upAt) {
      shutUntil = upAt;
      // The answer to the command that did it may still get out.
      setImmediate(doors.cut);
      waiting = new AbortController();
      void doors.settle();
      clock.sleep(upAt - now() + 1, waiting.signal).then(look, () => undefined);
    } else if (!down && shutUntil !== Number.NEGATIVE_INFINITY) {
      shutUntil = Number.NEGATIVE_INFINITY;
      void doors.settle();
    }
  };
  return {
    get down() {
      return isDown(state(), now());
    },
    reboot: (ms) => {
      reboot(state(), now(), ms);
      look();
    },
    look,
    forget: () => waiting?.abort(),
    supply: (given) => {
      doors = given;
    },
  };
}
