import type { Link, Reader, WriteCall } from '../../src/lib/client/types.ts';
import type { Clock } from '../../src/lib/core/clock.ts';
import { DeniedError, RouterError, StoreError, UnreachableError } from '../../src/lib/core/errors.ts';
import { applyTarget } from '../../src/lib/plan/apply.ts';
import { NO_GUARD } from '../../src/lib/plan/no-guard.ts';
import type { ApplyPorts, JournalDraft } from '../../src/lib/plan/ports.ts';
import type { CheckResult, Outcome, Plan } from '../../src/lib/plan/types.ts';
import type { MemoryRouter } from './memory-router.ts';
import { capabilityOf } from './subjects.ts';

/** What becomes of one write. `silent`: done, but the answer names no id. `late`: no answer, and it takes effect a while later. */
export const FAULTS = ['none', 'silent', 'refused', 'lost-before', 'lost-after', 'fault-before', 'fault-after', 'late'] as const;
export type Fault = (typeof FAULTS)[number];

/** The weather of one run: what becomes of the n-th write, and from which read on how many reads fail. */
export interface Weather {
  readonly writes: readonly Fault[];
  readonly dark: readonly { readonly from: number; readonly reads: number; readonly as: 'unreachable' | 'fault' }[];
  readonly check: 'pass' | 'fail' | 'inconclusive' | 'throws';
  /** The lease is gone at this question, the journal fails at this record; -1 is never. */
  readonly leaseEnds: number;
  readonly journalFails: number;
}

export const CALM: Weather = { writes: [], dark: [], check: 'pass', leaseEnds: -1, journalFails: -1 };

export interface Report {
  readonly outcome: Outcome | undefined;
  readonly thrown: unknown;
  readonly journal: readonly JournalDraft[];
  /** Requests that reached the router's door, in order. */
  readonly writes: readonly WriteCall[];
  readonly begun: boolean;
  readonly rollingBack: number;
  readonly minutes: number;
}

/** Something besides us that happens on the router before a write goes out. */
export type Meanwhile = (index: number) => void;

/** Runs the real executor on a router, in a weather, on a clock that never waits. */
export async function execute(
  router: MemoryRouter,
  plan: Plan,
  weather: Weather = CALM,
  meanwhile: Meanwhile = () => undefined,
): Promise<Report> {
  const [target] = plan.targets;
  if (!target) throw new Error('a plan without a target');
  const journal: JournalDraft[] = [];
  const writes: WriteCall[] = [];
  const seen = { measured: false, begun: false, rollingBack: 0, leases: 0 };
  const clock = virtualClock();
  const reader = darkReader(router, weather);
  const record = (draft: JournalDraft): void => {
    if (weather.journalFails >= 0 && journal.length >= weather.journalFails) throw new StoreError('the disk is full');
    journal.push(draft);
  };
  const ports: ApplyPorts = {
    clock,
    reader,
    capability: capabilityOf,
    fresh: async () => ({ ...reader, run: async () => [], close: async () => undefined }) satisfies Link,
    begin: async (draft) => {
      if (!seen.measured) throw new Error('begun without knowing how the router was before');
      record(draft);
      seen.begun = true;
    },
    journal: async (draft) => record(draft),
    sameBox: async () => true,
    rollingBack: async () => {
      seen.rollingBack += 1;
    },
    holdsLease: async () => {
      seen.leases += 1;
      if (weather.leaseEnds >= 0 && seen.leases > weather.leaseEnds) throw new StoreError('the lease is gone');
    },
    writer: {
      write: async (call) => {
        requireJournaled(journal, call);
        meanwhile(writes.length);
        const fault = weather.writes[writes.length] ?? 'none';
        writes.push(call);
        return answer(router, call, fault, clock);
      },
    },
    mayGoOn: async () => {
      if (clock.monotonic() > plan.executeWithin) throw new DeniedError('too late', { code: 'APPROVAL_EXPIRED' });
    },
    guard: NO_GUARD,
    history: async () => [],
    checks: {
      before: async () => void Object.assign(seen, { measured: true }),
      after: async () => verdict(weather.check),
      snapshot: () => ({}),
      restore: () => undefined,
    },
  };
  const result = await applyTarget(plan, target, ports).then(
    (outcome) => ({ outcome, thrown: undefined }),
    (thrown: unknown) => ({ outcome: undefined, thrown }),
  );
  const minutes = clock.monotonic() / 60_000;
  // What the router still does after we have said how it ended.
  clock.settle();
  return { ...result, journal, writes, begun: seen.begun, rollingBack: seen.rollingBack, minutes };
}

interface VirtualClock extends Clock {
  /** Does something after so many milliseconds of somebody's sleep. */
  later(ms: number, work: () => void): void;
  settle(): void;
}

function virtualClock(): VirtualClock {
  let time = 0;
  let due: { readonly at: number; readonly work: () => void }[] = [];
  const pass = (until: number): void => {
    const ripe = due.filter(({ at }) => at <= until);
    due = due.filter(({ at }) => at > until);
    for (const { work } of ripe) work();
    time = until;
  };
  return {
    now: () => 1_800_000_000_000 + time,
    monotonic: () => time,
    sleep: async (ms) => pass(time + ms),
    later: (ms, work) => {
      due.push({ at: time + ms, work });
    },
    settle: () => pass(Number.MAX_SAFE_INTEGER),
  };
}

function darkReader(router: MemoryRouter, { dark }: Weather): Reader {
  let reads = 0;
  return {
    read: async (call) => {
      const at = reads;
      reads += 1;
      const hit = dark.find((one) => at >= one.from && at < one.from + one.reads);
      if (hit?.as === 'unreachable') throw new UnreachableError('no answer');
      if (hit) throw new RouterError('500', { code: 'ROUTER_FAULT', retryable: true });
      return router.read(call);
    },
  };
}

function answer(router: MemoryRouter, call: WriteCall, fault: Fault, clock: VirtualClock): { readonly id?: string } {
  switch (fault) {
    case 'none':
      return router.write(call);
    case 'silent':
      router.write(call);
      return {};
    case 'refused':
      throw new RouterError('refused', { details: { routerText: 'failure: not today' } });
    case 'lost-before':
      throw new UnreachableError('no answer');
    case 'fault-before':
      throw new RouterError('500', { code: 'ROUTER_FAULT', retryable: true });
    case 'late':
      clock.later(2_500, () => attempt(router, call));
      throw new UnreachableError('no answer');
    case 'lost-after':
    case 'fault-after':
      // A router that refuses says so into a line that is down.
      attempt(router, call);
      throw fault === 'lost-after' ? new UnreachableError('no answer') : new RouterError('500', { code: 'ROUTER_FAULT', retryable: true });
  }
}

function attempt(router: MemoryRouter, call: WriteCall): void {
  try {
    router.write(call);
  } catch (thrown) {
    if (!(thrown instanceof RouterError)) throw thrown;
  }
}

function verdict(check: Weather['check']): readonly CheckResult[] {
  if (check === 'throws') throw new RouterError('the check broke');
  return [{ check: 'health', verdict: check }];
}

/** I5 and I2: the request is in the journal, as intent and as sent, and has not been sent before under this number. */
function requireJournaled(journal: readonly JournalDraft[], call: WriteCall): void {
  const last = journal.at(-1);
  const same = journal.filter((one) => one.phase === last?.phase && one.step === last?.step);
  if (last?.stage !== 'sent' || JSON.stringify(last.call) !== JSON.stringify(call)) throw new Error('a write that is not in the journal');
  if (!same.some(({ stage }) => stage === 'intent')) throw new Error('a write without an intent');
  if (same.filter(({ stage }) => stage === 'sent').length !== 1) throw new Error('a write that was sent twice');
}
