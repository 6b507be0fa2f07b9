import path from 'node:path';
import { networkError } from '../../../src/lib/client/network-error.ts';
import { openRest, type Rest, type RestLimits, type RestTarget } from '../../../src/lib/client/rest.ts';
import type { Call, Row } from '../../../src/lib/client/types.ts';
import { UnreachableError } from '../../../src/lib/core/errors.ts';
import { ALLOWANCES, type Clock, type Fleet } from '../../../src/lib/index.ts';
import { type Operator, openOperator } from '../../../src/lib/operator.ts';
import { openSqliteStore } from '../../../src/lib/store/sqlite.ts';
import type { Store, StoreWrite } from '../../../src/lib/store/store.ts';
import { type RouterSpec, type SimulatedRouter, startSimulator } from '../../../src/simulator/index.ts';
import { ANN, enrol, MODEL, scratch } from '../rig.ts';
import { type SharedTime, sharedTime } from './time.ts';

/** What a request was, and what became of it: to look on, or to end the controller at that very moment. */
export interface Seen {
  readonly call: Call;
  readonly writes: boolean;
  /** A write of the plan, and not one of its guard. */
  readonly ofPlan: boolean;
}

/** A controller as a process of its own would be: it can end between any two things it does, and then does nothing more. */
export interface Controller {
  readonly operator: Operator;
  readonly fleet: Fleet;
  /** Requests of which no answer was heard. */
  readonly unanswered: number;
  /** Called before each request leaves, and again when the router has done with it, before anybody hears of it. */
  watch: { readonly before?: (seen: Seen) => void | Promise<void>; readonly after?: (seen: Seen) => void | Promise<void> };
  die(): void;
  /** Its wall clock, and nobody else's, is set by so many milliseconds. */
  jump(ms: number): void;
  /** Resolves when it dies. */
  readonly death: Promise<void>;
}

/** Simulated routers that judge who gets in, and controllers on one store, in one time. */
export interface Lab extends AsyncDisposable {
  readonly time: SharedTime;
  readonly router: SimulatedRouter;
  readonly routers: readonly SimulatedRouter[];
  /** @param disk stands before every commit of this controller; what it throws, the disk throws */
  start(disk?: Disk): Promise<Controller>;
}

export type Disk = (writes: readonly StoreWrite[]) => void;

const GUARDS = /^\/system\/(?:script|scheduler)(?:\/|$)/;
const never = <Result>(): Promise<Result> => new Promise(() => undefined);

/** A request that no router answers is found out at once, and costs as much time as it would have. */
export async function openLab(specs: readonly RouterSpec[], settings: Readonly<Record<string, unknown>> = {}): Promise<Lab> {
  const place = scratch();
  const time = sharedTime();
  const simulator = await startSimulator({ specs, clock: time });
  const [router] = simulator.routers;
  if (!router) throw new Error('no router');
  const living: Controller[] = [];
  const start = async (disk?: Disk): Promise<Controller> => {
    const controller = await startController(place, time, simulator.routers, settings, disk);
    living.push(controller);
    return controller;
  };
  const first = await start();
  for (const one of simulator.routers) await enrol(first.operator, one, { allow: ALLOWANCES });
  living.length = 0;
  await first.operator.close();
  return {
    time,
    router,
    routers: simulator.routers,
    start,
    [Symbol.asyncDispose]: async () => {
      for (const controller of living) controller.die();
      time.close();
      await simulator.close();
      place.remove();
    },
  };
}

async function startController(
  place: ReturnType<typeof scratch>,
  time: SharedTime,
  routers: readonly SimulatedRouter[],
  settings: Readonly<Record<string, unknown>>,
  disk: Disk = () => undefined,
): Promise<Controller> {
  let dead = false;
  let ahead = 0;
  let unanswered = 0;
  const { promise: death, resolve: die } = Promise.withResolvers<void>();
  const mortal = async <Result>(work: Promise<Result>): Promise<Result> => {
    if (dead) return never();
    const result = await work;
    return dead ? never() : result;
  };
  const clock = {
    now: () => time.now() + ahead,
    monotonic: time.monotonic,
    sleep: (ms: number, signal?: AbortSignal) => (dead ? never<void>() : mortal(time.sleep(ms, signal))),
  };
  const carried = (target: RestTarget, limits: RestLimits): Rest => {
    const rest = carry(target, limits, time, routers);
    return {
      send: async (call) => {
        const seen = seenOf(call);
        if (!dead) await controller.watch.before?.(seen);
        if (dead) return never();
        try {
          return await rest.send(call);
        } catch (thrown) {
          if (thrown instanceof UnreachableError) unanswered += 1;
          throw thrown;
        } finally {
          if (!dead) await controller.watch.after?.(seen);
          if (dead) await never();
        }
      },
      close: () => rest.close(),
    };
  };
  const config = place.config(settings);
  const store = async (own: Clock): Promise<Store> => {
    const real = await openSqliteStore({ file: path.join(place.dataDir, 'fleet.db'), clock: own });
    const commit: Store['commit'] = async (writes) => {
      if (dead) return never();
      disk(writes);
      return mortal(real.commit(writes));
    };
    return { ...real, commit };
  };
  const operator = await openOperator({ config, store, actor: ANN, clock, connect: carried });
  const controller: Controller = {
    operator,
    fleet: operator.fleet.as(MODEL),
    watch: {},
    death,
    jump: (ms) => {
      ahead += ms;
    },
    get unanswered() {
      return unanswered;
    },
    die: () => {
      dead = true;
      die();
    },
  };
  return controller;
}

function seenOf(call: Call): Seen {
  const writes = call.verb !== 'read' && call.verb !== 'run';
  const guards = GUARDS.test(call.menu) || (call.verb === 'command' && call.command === 'execute');
  return { call, writes, ofPlan: writes && !guards };
}

/** Real REST over a real socket; a connection the router lets die is not waited for in earnest. */
function carry(target: RestTarget, limits: RestLimits, time: SharedTime, routers: readonly SimulatedRouter[]): Rest {
  const router = routers.find(({ url }) => target.address.startsWith(url));
  if (!router) throw new Error(`nobody lives at ${target.address}`);
  let rest: Rest | undefined;
  const drop = async (): Promise<void> => {
    const old = rest;
    rest = undefined;
    await old?.close();
  };
  return {
    send: async (call) => {
      const lostBefore = router.lost;
      rest ??= openRest(target, { connect: 5_000, request: 20_000 });
      const answer = rest.send(call);
      const silent = Symbol('silent');
      const done = await time.busy(Promise.race([settled(answer), untilLost(router, lostBefore, answer, silent)]));
      if (done !== silent) return answer;
      answer.catch(() => undefined);
      await drop();
      await time.sleep(limits.request);
      throw networkError(Object.assign(new Error('silence'), { code: 'UND_ERR_HEADERS_TIMEOUT' }), call, {
        pinned: false,
        answered: false,
      });
    },
    close: drop,
  };
}

const settled = (work: Promise<readonly Row[]>): Promise<undefined> =>
  work.then(
    () => undefined,
    () => undefined,
  );

/** Resolves when the router has turned something away and said nothing for a while. */
async function untilLost<Mark>(router: SimulatedRouter, before: number, answer: Promise<unknown>, mark: Mark): Promise<Mark> {
  let over = false;
  const end = (): void => {
    over = true;
  };
  answer.then(end, end);
  while (!over && router.lost === before) await new Promise((resolve) => setTimeout(resolve, 2));
  await new Promise((resolve) => setTimeout(resolve, 15));
  return mark;
}
