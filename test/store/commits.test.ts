import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/lib/store/sqlite.ts';
import type { Store, StoreWrite } from '../../src/lib/store/store.ts';
import { storeOfEach } from './each.ts';
import {
  aDevice,
  aJournalRecord,
  aLedgerRecord,
  anApproval,
  aPlan,
  aRun,
  consumption,
  engines,
  NOW,
  refusal,
  scratch,
  stillClock,
} from './samples.ts';

/** Everything a store will tell. */
async function everything(store: Store): Promise<unknown> {
  const plans = await store.plans();
  return {
    devices: await store.devices(),
    plans,
    rest: await Promise.all(
      plans.map(async ({ plan }) => [await store.approval(plan.id), await store.journal(plan.id), await store.runs(plan.id)]),
    ),
    ledger: await store.ledger(),
    leases: await Promise.all(['d1', 'd2', 'd3'].map((id) => store.lease(id))),
  };
}

const device = aDevice('edge-1', { id: 'd1' });
const plan = aPlan(['d1']);
const approval = anApproval(plan);
const run = aRun(plan.id);
/** One of each kind, in an order in which all of them hold. */
const ALL: readonly StoreWrite[] = [
  { kind: 'device-put', device },
  { kind: 'credential-put', credential: { deviceId: 'd1', sealed: 'v1|a' } },
  { kind: 'plan-insert', plan, state: 'review' },
  { kind: 'plan-decide', planId: plan.id, by: 'user:ann', at: NOW, reason: 'yes' },
  { kind: 'approval-put', approval },
  { kind: 'target-move', planId: plan.id, deviceId: 'd1', from: 'review', to: 'approved' },
  { kind: 'lease-take', deviceId: 'd1', holder: 'me', at: NOW, until: NOW + 10 },
  consumption(approval),
  { kind: 'run-start', run },
  { kind: 'journal', record: aJournalRecord(run) },
  { kind: 'ledger', record: aLedgerRecord('a', 1) },
  { kind: 'target-move', planId: plan.id, deviceId: 'd1', from: 'approved', to: 'completed' },
  { kind: 'run-end', runId: run.id, at: NOW + 1 },
  { kind: 'lease-renew', deviceId: 'd1', holder: 'me', until: NOW + 20 },
  { kind: 'lease-release', deviceId: 'd1', holder: 'me' },
  { kind: 'device-remove', deviceId: 'd1' },
];
/** Each refused on a store that has nothing of the sort. */
const IMPOSSIBLE: readonly StoreWrite[] = [
  { kind: 'lease-renew', deviceId: 'd9', holder: 'x', until: NOW },
  { kind: 'target-move', planId: 'pln_9', deviceId: 'd9', from: 'review', to: 'approved' },
  { kind: 'credential-put', credential: { deviceId: 'd9', sealed: 'v1|a' } },
  { kind: 'ledger', record: aLedgerRecord('z', 5) },
  { kind: 'run-end', runId: 'run_9', at: NOW },
];

for (const engine of engines()) {
  describe(`commits: ${engine.name}`, () => {
    const store = storeOfEach(engine);

    test('one list may hold every kind of write', async () => {
      await store().commit(ALL);
      expect((await store().plan(plan.id))?.targets[0]?.state).toBe('completed');
      expect((await store().approval(plan.id))?.consumedAt).toBe(NOW);
      expect(await store().ledgerHeads()).toHaveLength(1);
    });

    test('a list of which any write does not hold leaves nothing behind, and its refusal names the write', async () => {
      await store().commit([{ kind: 'device-put', device: aDevice('bystander') }]);
      const before = await everything(store());
      await fc.assert(
        fc.asyncProperty(fc.nat(ALL.length), fc.constantFrom(...IMPOSSIBLE), async (index, impossible) => {
          const version = await store().version();
          const error = await refusal(store().commit([...ALL.slice(0, index), impossible, ...ALL.slice(index)]));
          expect(error.toJSON()).toMatchObject({ code: 'STORE_CONFLICT', details: { write: index, kind: impossible.kind } });
          expect(await everything(store())).toEqual(before);
          expect(await store().version()).toBe(version);
        }),
        { numRuns: 60 },
      );
    });

    test('what JSON cannot carry is our mistake, and nothing of its list is stored', async () => {
      const broken = { ...device, enrolledAt: Number.NaN };
      const error = await refusal(
        store().commit([
          { kind: 'lease-take', deviceId: 'd1', holder: 'me', at: 1, until: 2 },
          { kind: 'device-put', device: broken },
        ]),
      );
      expect(error.code).toBe('BUG');
      const time = await refusal(
        store().commit([{ kind: 'lease-take', deviceId: 'd1', holder: 'me', at: 1, until: Number.POSITIVE_INFINITY }]),
      );
      expect(time.code).toBe('BUG');
      expect(await store().lease('d1')).toBeUndefined();
    });

    test('text that would not come back as it was is refused', async () => {
      await store().commit([{ kind: 'plan-insert', plan, state: 'review' }]);
      for (const reason of ['a\0b', 'a\ud800', '\udc00']) {
        const error = await refusal(store().commit([{ kind: 'plan-decide', planId: plan.id, by: 'user:ann', at: NOW, reason }]));
        expect(error.toJSON()).toMatchObject({ code: 'INVALID_INPUT', message: 'A text holds characters that cannot be stored.' });
      }
      expect((await store().plan(plan.id))?.decision).toBeUndefined();
    });

    test('commits happen in the order in which they were asked for', async () => {
      const records = Array.from({ length: 50 }, (_, index) => aLedgerRecord('a', index + 1));
      await Promise.all(records.map((record) => store().commit([{ kind: 'ledger', record }])));
      expect((await store().ledger({ chain: 'a', ascending: true })).map(({ seq }) => seq)).toEqual(records.map(({ seq }) => seq));
    });

    test('the version moves with every commit, and with nothing else', async () => {
      const versions = [await store().version()];
      await store().commit([]);
      await store().devices();
      await refusal(store().commit([IMPOSSIBLE[0] ?? { kind: 'device-remove', deviceId: 'd9' }]));
      versions.push(await store().version());
      expect(versions[1]).toBe(versions[0]);
      await store().commit([{ kind: 'device-put', device }]);
      versions.push(await store().version());
      expect(versions[2]).not.toBe(versions[1]);
    });

    test('a closed store says so', async () => {
      const gone = await engine.open();
      await gone.commit([{ kind: 'device-put', device }]);
      await gone.close();
      await gone.close();
      for (const use of [gone.devices(), gone.plans(), gone.version(), gone.commit([{ kind: 'device-put', device }])]) {
        const error = await refusal(use);
        expect(error.code).toBe('STORE_FAILED');
        expect(error.message).toMatch(/ is closed\.$/);
      }
    });

    test('the clock is the one it was given', () => {
      expect(store().now()).toBe(NOW);
    });
  });
}

test('one connection sees the commits of another, and its version moves', async () => {
  const place = scratch();
  const open = () => openSqliteStore({ file: place.file('fleet.db'), clock: stillClock });
  const [one, two] = [await open(), await open()];
  const seen = await one.version();
  expect(await one.version()).toBe(seen);
  await two.commit([{ kind: 'device-put', device }]);
  const moved = await one.version();
  expect(moved).not.toBe(seen);
  expect(await one.version()).toBe(moved);
  expect(await one.devices()).toEqual([device]);
  await one.commit([{ kind: 'device-remove', deviceId: 'd1' }]);
  expect(await one.version()).not.toBe(moved);
  await one.close();
  await two.close();
  place.remove();
});
