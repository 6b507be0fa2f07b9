import type { Clock, Fleet } from '../../src/lib/index.ts';
import type { Operator } from '../../src/lib/operator.ts';
import type { Trace } from './trace.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What a dead process waits for. */
export const never = <Result>(): Promise<Result> => new Promise(() => undefined);

/** A process: it can die between any two things it does, and then does nothing more. */
export interface Controller {
  readonly name: string;
  /** Of the world; nobody wakes when it is dead. */
  readonly clock: Clock;
  readonly dead: boolean;
  /** Resolves when it dies. */
  readonly death: Promise<void>;
  die(): void;
}

/** A controller with its doors open. */
export interface Living extends Controller {
  readonly operator: Operator;
  readonly fleet: Fleet;
}

export function newController(name: string, time: VirtualClock, trace: Trace): Controller {
  let dead = false;
  let over: () => void = () => undefined;
  const death = new Promise<void>((resolve) => {
    over = resolve;
  });
  return {
    name,
    clock: {
      now: time.now,
      monotonic: time.monotonic,
      sleep: async (ms, signal) => {
        if (dead) return never();
        await time.sleep(ms, signal);
        if (dead) await never();
      },
    },
    get dead() {
      return dead;
    },
    death,
    die: () => {
      if (dead) return;
      dead = true;
      trace.add({ kind: 'dead', controller: name });
      over();
    },
  };
}

/** What a controller's work came to; undefined when it died first. */
export const unlessDead = <Result>(controller: Controller, work: Promise<Result>): Promise<Result | undefined> =>
  Promise.race([work, controller.death.then(() => undefined)]);
