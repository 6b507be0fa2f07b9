import type { JournalRecord, LedgerVerdict } from '../../src/lib/index.ts';
import { isWriteCall, sameCall } from './calls.ts';
import { afterTheEnd, disarmed, endings } from './oracle-ends.ts';
import { rollouts } from './oracle-rollout.ts';
import type { Story } from './snapshots.ts';
import type { Event } from './trace.ts';
import { isCanary, type World } from './world.ts';

/** A broken invariant: which one, where in the trace, and what was seen. */
export interface Violation {
  readonly law: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'live';
  readonly seq: number;
  readonly what: string;
}

type Sent = Extract<Event, { kind: 'sent' }>;
type Commit = Extract<Event, { kind: 'commit' }>;

/** A request that changes a router, with the journal record that announced it. */
export interface Write {
  readonly event: Sent;
  readonly record: JournalRecord | undefined;
  /** Where the announcement stands in the trace. */
  readonly announcedAt: number;
}

const isStored = (event: Event): event is Commit => event.kind === 'commit' && (event.fate === 'stored' || event.fate === 'doubtful');

/** Every write with its announcement: the oldest `sent` record of the same router and the same call that no other write used. */
export function writesOf(world: World): readonly Write[] {
  const waiting: { readonly record: JournalRecord; readonly seq: number }[] = [];
  const writes: Write[] = [];
  for (const event of world.trace.events) {
    if (isStored(event))
      for (const write of event.writes)
        if (write.kind === 'journal' && write.record.stage === 'sent') waiting.push({ record: write.record, seq: event.seq });
    if (event.kind !== 'sent' || !isWriteCall(event.call)) continue;
    const at = waiting.findLastIndex(
      ({ record }) => world.teller.machineOf(record.deviceId)?.name === event.router && sameCall(record.call, event.call),
    );
    const [found] = at < 0 ? [] : waiting.splice(at, 1);
    writes.push({ event, record: found?.record, announcedAt: found?.seq ?? -1 });
  }
  return writes;
}

/** I1: an approval of exactly this plan was consumed before, in the store and in the ledger, in time. */
function approved(world: World, writes: readonly Write[]): readonly Violation[] {
  const commits = world.trace.events.filter(isStored);
  return writes.flatMap(({ event, record }): Violation[] => {
    const wrong = (what: string): Violation[] => [{ law: 'I1', seq: event.seq, what }];
    if (!record) return wrong(`nobody announced ${event.call.verb} ${event.call.menu}`);
    const story = storyOf(world, record);
    const use = commits.find(
      ({ seq, writes: list }) => seq < event.seq && list.some((one) => one.kind === 'approval-consume' && one.planId === record.planId),
    );
    if (!story || !use) return wrong('a write without a consumed approval');
    const consumed = use.writes.find((one) => one.kind === 'approval-consume');
    if (consumed?.kind !== 'approval-consume' || consumed.planHash !== story.plan.hash) return wrong('the approval was for another plan');
    const given = commits
      .filter(({ seq }) => seq < use.seq)
      .flatMap(({ writes: list }) =>
        list.flatMap((one) => (one.kind === 'approval-put' && one.approval.planId === record.planId ? [one.approval] : [])),
      )
      .at(-1);
    if (!given || given.planHash !== story.plan.hash || given.expiresAt <= consumed.at)
      return wrong('the approval was not good when it was used');
    const told = use.writes.some(
      (one) => one.kind === 'ledger' && one.record.plan === record.planId && one.record.operation === 'plan.apply',
    );
    return told ? [] : wrong('the ledger does not say that the approval was used');
  });
}

const storyOf = (world: World, { planId, deviceId }: Pick<JournalRecord, 'planId' | 'deviceId'>): Story | undefined =>
  world.teller.stories.get(`${planId} ${deviceId}`);

/** I2: the same step, or the same words for the same plan, only after the menu was read in between. */
function once(world: World, writes: readonly Write[]): readonly Violation[] {
  return writes.flatMap((write, index): Violation[] => {
    const { record, event } = write;
    if (!record) return [];
    const earlier = writes.slice(0, index).findLast((other) => other.record && isSameStep(other.record, record));
    if (!earlier) return [];
    const read = world.trace.events.some(
      (one) =>
        one.kind === 'sent' &&
        one.seq > earlier.event.seq &&
        one.seq < event.seq &&
        one.router === event.router &&
        one.call.verb === 'read' &&
        one.call.menu === event.call.menu,
    );
    return read
      ? []
      : [{ law: 'I2', seq: event.seq, what: `step ${record.phase} ${record.step} was sent again and nothing was read in between` }];
  });
}

const isSameStep = (a: JournalRecord, b: JournalRecord): boolean =>
  a.planId === b.planId && a.deviceId === b.deviceId && ((a.phase === b.phase && a.step === b.step) || sameCall(a.call, b.call));

/** I4: the writes of one plan to one router are not mixed with those of another, and no controller has two requests out at one router. */
function alone(world: World, writes: readonly Write[]): readonly Violation[] {
  const violations: Violation[] = [];
  for (const { name } of world.machines) {
    const over = new Set<string>();
    let last = '';
    for (const { event, record } of writes) {
      if (event.router !== name || !record || record.planId === last) continue;
      if (over.has(record.planId)) violations.push({ law: 'I4', seq: event.seq, what: `two plans write to ${name} in turns` });
      if (last !== '') over.add(last);
      last = record.planId;
    }
  }
  const out = new Map<string, Set<number>>();
  const where = new Map<number, string>();
  for (const event of world.trace.events) {
    if (event.kind === 'sent') {
      const line = `${event.controller} ${event.router}`;
      const under = out.get(line) ?? new Set();
      if (under.size > 0)
        violations.push({ law: 'I4', seq: event.seq, what: `${event.controller} asks ${event.router} two things at once` });
      out.set(line, under.add(event.request));
      where.set(event.request, line);
    }
    if (event.kind === 'heard') out.get(where.get(event.request) ?? '')?.delete(event.request);
  }
  return violations;
}

interface Noted {
  readonly record: JournalRecord;
  readonly commit: Commit;
}

const nameOf = ({ runId, deviceId, phase, step }: JournalRecord): string => `${runId} ${deviceId} ${phase} ${step}`;

/** What the journal says of each step, in order. */
function journalOf(world: World): ReadonlyMap<string, readonly Noted[]> {
  const journal = new Map<string, Noted[]>();
  for (const commit of world.trace.events.filter(isStored)) {
    for (const write of commit.writes) {
      if (write.kind !== 'journal') continue;
      const list = journal.get(nameOf(write.record)) ?? [];
      list.push({ record: write.record, commit });
      journal.set(nameOf(write.record), list);
    }
  }
  return journal;
}

const inLedger = (noted: Noted | undefined, results: readonly string[]): boolean =>
  noted?.commit.writes.some(
    (write) => write.kind === 'ledger' && write.record.operation === 'router.write' && results.includes(write.record.result),
  ) === true;

/** I5: announced in journal and ledger before; answered in both afterwards, unless nobody was left to write it down. */
function recorded(world: World, writes: readonly Write[]): readonly Violation[] {
  const journal = journalOf(world);
  const failures = world.trace.events.filter((one) => one.kind === 'dead' || (one.kind === 'commit' && one.fate === 'failed'));
  return writes.flatMap(({ event, record, announcedAt }): Violation[] => {
    if (!record) return [];
    const noted = journal.get(nameOf(record)) ?? [];
    const intent = noted.find((one) => one.record.stage === 'intent' && one.commit.seq < announcedAt);
    const end = noted.find((one) => ['ack', 'err', 'unknown'].includes(one.record.stage) && one.commit.seq > event.seq);
    const excused = failures.some((one) => one.seq > event.seq && 'controller' in one && one.controller === event.controller);
    const wrong = (what: string): Violation => ({ law: 'I5', seq: event.seq, what });
    return [
      ...(inLedger(intent, ['started']) ? [] : [wrong('a write without an intent in journal and ledger')]),
      ...(excused || inLedger(end, ['ok', 'failed', 'unknown']) ? [] : [wrong('a write without its result in journal and ledger')]),
    ];
  });
}

/** I6: after more targets failed than the plan bears, none is started. A plan of one target has nothing to stop. */
function stopped(world: World): readonly Violation[] {
  const bad = new Map<string, number>();
  const violations: Violation[] = [];
  for (const event of world.trace.events.filter(isStored)) {
    for (const write of event.writes) {
      if (write.kind !== 'target-move') continue;
      const plan = storyOf(world, write)?.plan;
      if (!plan?.rollout) continue;
      const failed = bad.get(plan.id) ?? 0;
      if (write.from === 'approved' && write.to === 'executing' && failed > plan.rollout.budget)
        violations.push({ law: 'I6', seq: event.seq, what: `a router was started after ${failed} had failed` });
      if (['failed', 'rolled-back', 'stuck', 'stale'].includes(write.to)) bad.set(plan.id, failed + 1);
    }
  }
  return violations;
}

/** I7: the canary in the passwords is nowhere in the store. Journal, ledger and outcomes are part of it. */
const silent = (world: World): readonly Violation[] =>
  world.disk.contents().some(isCanary) ? [{ law: 'I7', seq: world.trace.events.length, what: 'a secret lies in the store' }] : [];

/** All that can be said of a run when it is over. Empty when all is well. */
export function judge(world: World, ledger: LedgerVerdict): readonly Violation[] {
  const writes = writesOf(world);
  return [
    ...approved(world, writes),
    ...once(world, writes),
    ...endings(world, writes),
    ...afterTheEnd(world),
    ...disarmed(world, writes),
    ...alone(world, writes),
    ...recorded(world, writes),
    ...(ledger.ok
      ? []
      : [
          { law: 'I5' as const, seq: world.trace.events.length, what: `the ledger does not verify: ${JSON.stringify(ledger.problems[0])}` },
        ]),
    ...stopped(world),
    ...rollouts(world),
    ...silent(world),
  ];
}
