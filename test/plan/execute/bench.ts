import type { Link, ReadCall, Row, WriteCall } from '../../../src/lib/client/types.ts';
import type { Clock } from '../../../src/lib/core/clock.ts';
import { RouterError, UnreachableError } from '../../../src/lib/core/errors.ts';
import { applyTarget } from '../../../src/lib/plan/apply.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import { NO_GUARD } from '../../../src/lib/plan/no-guard.ts';
import { draftChanges } from '../../../src/lib/plan/planner.ts';
import type { ApplyPorts, JournalDraft } from '../../../src/lib/plan/ports.ts';
import type { CheckResult, JournalRecord, Outcome, Plan, Target } from '../../../src/lib/plan/types.ts';
import type { MemoryRouter, Start } from '../../laws/memory-router.ts';
import { capabilityOf } from '../../laws/subjects.ts';
import { menusOf, planOf, routerOf } from '../../laws/world.ts';
import { type GuardInHand, guardInHand } from './guard-in-hand.ts';

/** Something that happens when the executor asks for something: the router may change, and what it throws is the answer. */
export type Happening = (bench: Bench) => void;

export type Verdict = CheckResult['verdict'];

export interface Setup {
  readonly of: readonly string[];
  readonly start: Start;
  readonly intents: readonly Intent[];
  /** By the word of an event, every time; with `#2` the second time only. */
  readonly on?: Readonly<Record<string, Happening>>;
  readonly guarded?: boolean;
  readonly ports?: Partial<ApplyPorts>;
  readonly plan?: Partial<Plan>;
  readonly target?: (target: Target) => Target;
  /** Names the health check gives, one a time; the last of them again and again. */
  readonly health?: readonly Verdict[];
}

/** The executor on a router in memory, and every word between the two and our disk, in order. */
export interface Bench {
  readonly router: MemoryRouter;
  readonly plan: Plan;
  readonly target: Target;
  readonly ports: ApplyPorts;
  readonly guard: GuardInHand;
  readonly clock: Clock;
  readonly events: string[];
  readonly journal: JournalRecord[];
  readonly writes: WriteCall[];
  /** When the router started, what its menu of updates offers, and what it answers to a command that writes. */
  bootedAt: number;
  offers: Row;
  answers: readonly Row[];
  tell(event: string): void;
}

const NOW = 1_800_000_000_000;

export function bench(setup: Setup): Bench {
  const { of, start, intents, on = {}, guarded = false, health = ['pass'] } = setup;
  const world = { version: '7.20.8', of, start, intents };
  const router = routerOf(world);
  const draft = draftChanges(menusOf(world, router), intents, ({ wire }) => ({ ref: wire, mac: 'mac' }));
  const made = { ...planOf(world, router, draft), ...setup.plan };
  const plan: Plan = { ...made, targets: made.targets.map((target) => setup.target?.(target) ?? target) };
  const [target] = plan.targets;
  if (!target) throw new Error('a plan without a target');
  const counts = new Map<string, number>();
  const events: string[] = [];
  const tell = (event: string): void => {
    const nth = (counts.get(event) ?? 0) + 1;
    counts.set(event, nth);
    events.push(event);
    on[event]?.(it);
    on[`${event}#${nth}`]?.(it);
  };
  let time = 0;
  const clock: Clock = {
    now: () => NOW + time,
    monotonic: () => time,
    sleep: async (ms) => {
      time += ms;
      tell(`sleep ${ms}`);
    },
  };
  const guard = guardInHand(tell, router, of.map(capabilityOf));
  const it: Bench = {
    router,
    plan,
    target,
    clock,
    events,
    tell,
    guard,
    journal: [],
    writes: [],
    bootedAt: NOW - 86_400_000,
    offers: {},
    answers: [{ status: 'finished' }],
    ports: { ...portsOf(() => it, tell, health), clock, guard: guarded ? guard.work : NO_GUARD, ...setup.ports },
  };
  return it;
}

function portsOf(bench: () => Bench, tell: Bench['tell'], health: readonly Verdict[]): Omit<ApplyPorts, 'guard' | 'clock'> {
  let asked = 0;
  const record = (draft: JournalDraft): void => {
    tell(`journal ${draft.phase} ${draft.step} ${draft.stage}`);
    bench().journal.push({ ...draft, runId: 'r', planId: 'p', deviceId: 'd', at: bench().clock.now() });
  };
  const look = (call: ReadCall): readonly Row[] => {
    const { router, clock, bootedAt } = bench();
    if (call.menu === '/system/resource') {
      const asked = call.verb === 'read' && call.fields?.includes('uptime') && !Number.isNaN(bootedAt);
      return asked ? [{ uptime: `${Math.max(0, Math.floor((clock.now() - bootedAt) / 1_000))}s` }] : [];
    }
    return router.read(call);
  };
  return {
    reader: {
      read: async (call) => {
        tell(`read ${call.menu}`);
        return look(call);
      },
    },
    writer: { write: async (call) => carryOut(bench(), call) },
    capability: capabilityOf,
    fresh: async () => {
      tell('connect');
      return freshLink(bench(), look);
    },
    begin: async (draft) => {
      tell('begin');
      record(draft);
    },
    journal: async (draft) => record(draft),
    rollingBack: async () => tell('rolling back'),
    holdsLease: async () => tell('lease'),
    mayGoOn: async () => tell('may go on'),
    sameBox: async () => {
      tell('same box');
      return true;
    },
    history: async () => [{ by: 'bob', action: 'item changed', time: 'now' }],
    checks: {
      before: async () => tell('measure'),
      after: async () => {
        tell('compare');
        const verdict = health[Math.min(asked, health.length - 1)] ?? 'pass';
        asked += 1;
        return [{ check: 'health', verdict }];
      },
      snapshot: () => ({ measured: 'before' }),
      restore: (snapshot) => tell(`restore ${JSON.stringify(snapshot)}`),
    },
  };
}

const freshLink = ({ tell, offers }: Bench, look: (call: ReadCall) => readonly Row[]): Link => ({
  read: async (call) => {
    tell(`look ${call.menu}`);
    return look(call);
  },
  run: async ({ verb, command }) => {
    tell(`${verb} ${command}`);
    return [offers];
  },
  close: async () => tell('hang up'),
});

/** The guard's own objects are no rows of this router: its writes are answered and nothing else. */
function carryOut(
  { writes, router, tell, guard, answers }: Bench,
  call: WriteCall,
): { readonly id?: string; readonly rows?: readonly Row[] } {
  const at = writes.length;
  writes.push(call);
  tell(`write ${at}`);
  const answer = guard.owns(call) ? { id: '*9' } : call.verb === 'command' ? { rows: answers } : router.write(call);
  tell(`done ${at}`);
  return answer;
}

export const apply = ({ plan, target, ports }: Bench): Promise<Outcome> => applyTarget(plan, target, ports);

export const lost: Happening = () => {
  throw new UnreachableError('no answer');
};
export const refused: Happening = () => {
  throw new RouterError('refused', { details: { routerText: 'failure: not today' } });
};
export const gone: Happening = () => {
  throw new RouterError('gone', { code: 'NO_SUCH_ITEM' });
};

/** Another admin: rewrites the rows of a menu. */
export const admin =
  (menu: string, work: (rows: readonly Record<string, string>[]) => readonly Record<string, string>[]): Happening =>
  ({ router }) =>
    router.meddle(menu, work);

export const journalWords = ({ journal }: Bench): readonly string[] =>
  journal.map(({ phase, step, stage, rowId, error }) => [phase, step, stage, rowId ?? error?.code ?? ''].join(' ').trim());
/** Events of some kinds only: what is asked of whom, in order. */
export const heard = ({ events }: Bench, ...kinds: readonly string[]): readonly string[] =>
  events.filter((event) => kinds.some((kind) => event.startsWith(kind)));
