import { afterAll, expect, test } from 'vitest';
import type { Intent } from '../../src/lib/index.ts';
import type { StoreWrite } from '../../src/lib/store/store.ts';
import { judge, type Violation, writesOf } from './oracle.ts';
import { apply, ready } from './scenario.ts';
import { type Story, snapshot } from './snapshots.ts';
import type { Event } from './trace.ts';
import { forgetKeys, furnishedWorld, type World } from './world.ts';

afterAll(forgetKeys);

/** The oracle is the only witness: each of its laws must be seen to say no. */

const WISHES: readonly Intent[] = [
  { verb: 'set', capability: 'dns', values: { servers: '192.0.2.53' } },
  { verb: 'add', capability: 'firewall-filter', values: { chain: 'forward', action: 'drop', comment: 'new' }, before: { comment: 'b' } },
];
const FINE = { ok: true, records: 1, chains: 1, problems: [] } as const;

/** A run in which nothing went wrong, and that is then tampered with. */
async function fine(): Promise<{ readonly world: World; readonly story: Story }> {
  const world = await furnishedWorld('oracle', ['chr_7.24']);
  const [machine] = world.machines;
  await world.clock.run(
    (async () => {
      const living = await world.start('C1');
      const planId = machine && (await ready(world, living, machine, WISHES));
      if (planId !== undefined) await apply(world, living, planId);
    })(),
  );
  const [story] = world.teller.stories.values();
  if (!story) throw new Error('no plan was made');
  return { world, story };
}

const laws = (violations: readonly Violation[]): readonly string[] => [...new Set(violations.map(({ law }) => law))];
/** What the oracle says of the world when its trace is another one. */
const judged = (world: World, events: readonly Event[]): readonly string[] =>
  laws(judge({ ...world, trace: { ...world.trace, events } }, FINE));

/** The trace with some store writes taken out of its commits. */
const without = (world: World, gone: (write: StoreWrite) => boolean): readonly Event[] =>
  world.trace.events.map((event) => (event.kind === 'commit' ? { ...event, writes: event.writes.filter((write) => !gone(write)) } : event));

test('a run in which all is well breaks no law, and changed the router', async () => {
  const { world, story } = await fine();
  expect(judge(world, FINE)).toEqual([]);
  expect(story.state).toBe('completed');
  expect(writesOf(world).length).toBeGreaterThanOrEqual(WISHES.length);
  world.close();
});

test('I1: a write that nobody announced, one without a consumed approval, and one whose approval had run out', async () => {
  const { world } = await fine();
  expect(
    judged(
      world,
      without(world, (write) => write.kind === 'journal' && write.record.stage === 'sent'),
    ),
  ).toContain('I1');
  expect(
    judged(
      world,
      without(world, (write) => write.kind === 'approval-consume'),
    ),
  ).toEqual(['I1']);
  expect(
    judged(
      world,
      without(world, (write) => write.kind === 'ledger' && write.record.operation === 'plan.apply'),
    ),
  ).toContain('I1');
  const late = world.trace.events.map((event) =>
    event.kind === 'commit'
      ? {
          ...event,
          writes: event.writes.map((write) =>
            write.kind === 'approval-put' ? { ...write, approval: { ...write.approval, expiresAt: 0 } } : write,
          ),
        }
      : event,
  );
  expect(judged(world, late)).toEqual(['I1']);
  world.close();
});

test('I2: a step that is sent again and nobody looked in between', async () => {
  const { world } = await fine();
  const [first] = writesOf(world).filter(({ record }) => record?.phase === 'apply');
  const at = world.trace.events.indexOf(first?.event as Event);
  const sent = world.trace.events[first?.announcedAt ?? -1];
  if (!first || !sent) throw new Error('nothing was written');
  const events = [...world.trace.events.slice(0, at + 1), sent, first.event, ...world.trace.events.slice(at + 1)];
  expect(
    judged(
      world,
      events.map((event, seq) => ({ ...event, seq })),
    ),
  ).toContain('I2');
  world.close();
});

test('I3: a completed plan whose router is not where the plan says, or moves afterwards', async () => {
  const { world, story } = await fine();
  story.machine.edit('/ip/dns', undefined, { servers: '9.9.9.9' });
  expect(laws(judge(world, FINE))).toEqual(['I3']);
  story.after = snapshot(story.machine, ['dns', 'firewall-filter']);
  expect(laws(judge(world, FINE))).toEqual(['I3']);
  world.close();
});

test.each(['failed', 'rolled-back', 'stale', 'stuck', 'executing'] as const)(
  'I3: a changed router, and the plan says %s',
  async (state) => {
    const { world, story } = await fine();
    story.state = state;
    expect(laws(judge(world, FINE))).toEqual([state === 'executing' ? 'live' : 'I3']);
    world.close();
  },
);

test('I3: the order of rules counts', async () => {
  const { world, story } = await fine();
  const rows = story.after?.get('firewall-filter') ?? [];
  story.after = new Map([...(story.after ?? []), ['firewall-filter', [...rows].reverse()]]);
  expect(judge(world, FINE).some(({ law, what }) => law === 'I3' && what.includes('firewall-filter'))).toBe(true);
  world.close();
});

test('I4: two things asked of one router at once', async () => {
  const { world } = await fine();
  const heard = world.trace.events.findIndex((event) => event.kind === 'heard');
  expect(
    judged(
      world,
      world.trace.events.filter((_, at) => at !== heard),
    ),
  ).toEqual(['I4']);
  world.close();
});

test('I4: two plans that write in turns', async () => {
  const { world } = await fine();
  let nth = 0;
  const mixed = world.trace.events.map((event) =>
    event.kind === 'commit'
      ? {
          ...event,
          writes: event.writes.map((write) => {
            if (write.kind !== 'journal' || write.record.stage !== 'sent') return write;
            nth += 1;
            return { ...write, record: { ...write.record, planId: nth % 2 === 0 ? 'pln_other' : write.record.planId } };
          }),
        }
      : event,
  );
  const doubled = [...mixed, ...mixed].map((event, seq) => ({ ...event, seq }));
  expect(judged(world, doubled)).toContain('I4');
  world.close();
});

test('I5: no intent, no result, or a ledger that does not verify', async () => {
  const { world } = await fine();
  expect(
    judged(
      world,
      without(world, (write) => write.kind === 'journal' && write.record.stage === 'intent'),
    ),
  ).toEqual(['I5']);
  expect(
    judged(
      world,
      without(world, (write) => write.kind === 'journal' && write.record.stage === 'ack'),
    ),
  ).toEqual(['I5']);
  expect(
    judged(
      world,
      without(world, (write) => write.kind === 'ledger' && write.record.operation === 'router.write'),
    ),
  ).toEqual(['I5']);
  expect(laws(judge(world, { ...FINE, ok: false }))).toEqual(['I5']);
  world.close();
});

test('I6: a router that is started after the stop rule', async () => {
  const { world, story } = await fine();
  Object.assign(story, { plan: { ...story.plan, rollout: { waves: [], parallel: 1, pauseSeconds: 0, budget: 0, onStop: 'keep' } } });
  expect(judge(world, FINE)).toEqual([]);
  const begun = world.trace.events.findIndex(
    (event) => event.kind === 'commit' && event.writes.some((write) => write.kind === 'approval-consume'),
  );
  const failed = { kind: 'target-move', planId: story.plan.id, deviceId: story.deviceId, from: 'approved', to: 'stale' } as const;
  const earlier: Event = { kind: 'commit', controller: 'C1', fate: 'stored', writes: [failed], seq: 0, at: 0 };
  expect(judged(world, [...world.trace.events.slice(0, begun), earlier, ...world.trace.events.slice(begun)])).toContain('I6');
  world.close();
});

test('I7: a password in the store', async () => {
  const { world } = await fine();
  const leak = { ...world, disk: { ...world.disk, contents: () => ['{"note":"the password is canary-7Qx0"}'] } };
  expect(laws(judge(leak, FINE))).toEqual(['I7']);
  for (const login of ['canary-7Qx0', 'admin:canary-7Qx0', 'ann:canary-7Qx0', 'me:canary-7Qx0']) {
    const encoded = Buffer.from(login).toString('base64');
    expect(laws(judge({ ...world, disk: { ...world.disk, contents: () => [encoded] } }, FINE)), login).toEqual(['I7']);
  }
  world.close();
});

test('I8: a guard that is left behind', async () => {
  const { world, story } = await fine();
  story.machine.edit('/system/script', undefined, { name: 'mk-cc-0123456789', source: '' });
  expect(laws(judge(world, FINE))).toEqual(['I8']);
  world.close();
});
