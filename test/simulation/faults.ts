import type { Call } from '../../src/lib/client/types.ts';
import { isWriteCall } from './calls.ts';
import type { CommitFate } from './disk.ts';
import type { Controller } from './life.ts';
import type { Machine } from './machines.ts';
import type { Rng } from './rng.ts';
import type { Trace } from './trace.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { WireFate } from './wire.ts';

/** What goes wrong at one I/O: a request where it is a request, a commit where it is one. */
export interface Trouble {
  /** Counted from 1 since the faults were let loose. */
  readonly nth: number;
  /** Among all I/O, or only among the requests that change a router, or the commits. */
  readonly among: 'all' | 'writes' | 'commits';
  /** Only requests to this router are counted, and with a menu only those to that menu of it. */
  readonly router?: string;
  readonly menu?: string;
  readonly wire: WireFate;
  readonly commit: CommitFate;
  /** Besides: something happens to the world. */
  readonly aside?: Aside;
}

export type Aside =
  | { readonly kind: 'away'; readonly ms: number }
  | { readonly kind: 'controller-clock'; readonly ms: number }
  | { readonly kind: 'router-clock'; readonly ms: number }
  /** Another admin edits a row: one that a plan touches, or another. */
  | { readonly kind: 'admin'; readonly touched: boolean }
  /** The disk stays full for so many commits. */
  | { readonly kind: 'full'; readonly commits: number }
  /** Somebody does something, from another process. */
  | { readonly kind: 'person'; readonly does: string; readonly work: () => unknown };

const MINUTE = 60_000;
const WELL: WireFate = { kind: 'well' };

const WIRE: readonly (readonly [number, (rng: Rng) => WireFate])[] = [
  [3, () => ({ kind: 'refused' })],
  [6, (rng) => ({ kind: 'reset', executed: rng.chance(0.5) })],
  [6, (rng) => ({ kind: 'time-out', executed: rng.chance(0.6), busy: rng.int(0, 55_000) })],
  [2, (rng) => ({ kind: 'slow', before: rng.int(0, 50_000), after: rng.int(0, 15_000) })],
  [2, (rng) => ({ kind: 'twice', heard: rng.pick(['first', 'second']) })],
  [3, (rng) => ({ kind: 'fault', executed: rng.chance(0.5) })],
  [4, (rng) => ({ kind: 'reboot', executed: rng.chance(0.5), away: rng.int(20_000, MINUTE) })],
  [4, (rng) => ({ kind: 'die', executed: rng.chance(0.5) })],
];
const COMMIT: readonly (readonly [number, CommitFate])[] = [
  [3, 'full'],
  [2, 'doubtful'],
  [3, 'die-before'],
  [3, 'die-after'],
];
const ASIDE: readonly (readonly [number, (rng: Rng) => Aside])[] = [
  [3, (rng) => ({ kind: 'away', ms: rng.int(1_000, 5 * MINUTE) })],
  [2, (rng) => ({ kind: 'controller-clock', ms: rng.pick([-1, 1]) * rng.int(1_000, 120 * MINUTE) })],
  [2, (rng) => ({ kind: 'router-clock', ms: rng.pick([-1, 1]) * rng.int(1_000, 1_440 * MINUTE) })],
  [4, (rng) => ({ kind: 'admin', touched: rng.chance(0.4) })],
  [2, (rng) => ({ kind: 'full', commits: rng.int(2, 12) })],
];

function weighted<Value>(rng: Rng, choices: readonly (readonly [number, Value])[]): Value {
  let left = rng.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, value] of choices) {
    left -= weight;
    if (left < 0) return value;
  }
  return rng.pick(choices)[1];
}

/** How many I/O one apply takes, roughly: beyond it a fault never happens. */
const HORIZON = { all: 220, writes: 18, commits: 70 } as const;

/**
 * What goes wrong while one plan is applied: nothing now and then, mostly one or two things, seldom many.
 * @param routers of the plan: the more of them, the longer it takes
 */
export function troubles(rng: Rng, routers = 1): readonly Trouble[] {
  const count = weighted(rng, [
    [2, 0],
    [7, 1],
    [5, 2],
    [3, 3],
    [1, 6],
  ]);
  return Array.from({ length: count }, () => {
    const among = weighted(rng, [
      [5, 'writes'],
      [4, 'all'],
      [2, 'commits'],
    ] as const);
    const aside = rng.chance(0.35) ? weighted(rng, ASIDE)(rng) : undefined;
    return {
      nth: rng.int(1, HORIZON[among] * routers),
      among,
      wire: aside ? WELL : weighted(rng, WIRE)(rng),
      commit: aside ? ('well' as const) : weighted(rng, COMMIT),
      ...(aside && { aside }),
    };
  });
}

/** Requests of an apply before its first write, roughly: the time in which the base is compared. */
const BEFORE_WRITING = 75;

/** Another admin at a row of the plan while it is read for the last time: seldom, and the one thing that makes a plan stale. */
export function earlyAdmin(rng: Rng): readonly Trouble[] {
  if (!rng.chance(0.1)) return [];
  const nth = rng.int(1, BEFORE_WRITING);
  return [{ nth, among: 'all', wire: WELL, commit: 'well', aside: { kind: 'admin', touched: true } }];
}

export interface FaultWorks {
  readonly trace: Trace;
  readonly clock: VirtualClock;
  admin(machine: Machine, touched: boolean): void;
}

const keyOf = (router: string, menu = ''): string => `${router} ${menu}`;
const nothing = () => ({ all: 0, writes: 0, commits: 0 });

/** Counts I/O while it is let loose, and says of each what becomes of it. */
export interface Faults {
  loose(troubles: readonly Trouble[]): void;
  /** From now on all goes well. */
  rest(): void;
  wire(call: Call, machine: Machine, controller: Controller): WireFate;
  commit(controller: Controller): CommitFate;
  /** I/O since it was let loose. */
  readonly count: number;
}

export function openFaults({ trace, clock, admin }: FaultWorks): Faults {
  let active: readonly Trouble[] = [];
  let counts = nothing();
  /** The same for one router, and for one menu of it. */
  let narrow = new Map<string, ReturnType<typeof nothing>>();
  let fullFor = 0;

  const due = (among: Trouble['among'], router?: string, menu?: string): Trouble | undefined =>
    active.find((trouble) => {
      const isMeant = (trouble.router ?? router) === router && (trouble.menu ?? menu) === menu;
      const counted = trouble.router === undefined ? counts : narrow.get(keyOf(trouble.router, trouble.menu));
      return isMeant && trouble.nth === counted?.[trouble.among] && (trouble.among === 'all' || trouble.among === among);
    });
  const countFor = ({ name }: Machine, menu: string, isWrite: boolean): void => {
    for (const key of [keyOf(name), keyOf(name, menu)]) if (!narrow.has(key)) narrow.set(key, nothing());
    for (const counted of [counts, narrow.get(keyOf(name)), narrow.get(keyOf(name, menu))]) {
      if (!counted) continue;
      counted.all += 1;
      if (isWrite) counted.writes += 1;
    }
  };

  const befall = (aside: Aside | undefined, machine: Machine | undefined, controller: Controller): void => {
    if (!aside) return;
    trace.add({ kind: 'fault', what: `${JSON.stringify(aside)} ${machine?.name ?? controller.name}` });
    if (aside.kind === 'controller-clock') clock.jumpWall(aside.ms);
    if (aside.kind === 'full') fullFor = aside.commits;
    if (aside.kind === 'person') void aside.work();
    if (!machine) return;
    if (aside.kind === 'away') machine.away(aside.ms);
    if (aside.kind === 'router-clock') machine.jumpClock(aside.ms);
    if (aside.kind === 'admin') admin(machine, aside.touched);
  };

  return {
    loose: (list) => {
      active = list;
      counts = nothing();
      narrow = new Map();
    },
    rest: () => {
      active = [];
      fullFor = 0;
    },
    wire: (call, machine, controller) => {
      const isWrite = isWriteCall(call);
      countFor(machine, call.menu, isWrite);
      const trouble = due(isWrite ? 'writes' : 'all', machine.name, call.menu);
      befall(trouble?.aside, machine, controller);
      if (trouble && trouble.wire.kind !== 'well') trace.add({ kind: 'fault', what: JSON.stringify(trouble.wire) });
      return trouble?.wire ?? WELL;
    },
    commit: (controller) => {
      counts.all += 1;
      counts.commits += 1;
      const trouble = due('commits');
      befall(trouble?.aside, undefined, controller);
      if (fullFor > 0) {
        fullFor -= 1;
        return 'full';
      }
      if (trouble && trouble.commit !== 'well') trace.add({ kind: 'fault', what: `commit: ${trouble.commit}` });
      return trouble?.commit ?? 'well';
    },
    get count() {
      return counts.all;
    },
  };
}
