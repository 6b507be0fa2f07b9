import { describe, expect, test } from 'vitest';
import type { JournalRecord } from '../../src/lib/plan/types.ts';
import type { LedgerRecord, Store } from '../../src/lib/store/store.ts';
import { storeOfEach } from './each.ts';
import { aJournalRecord, aLedgerRecord, aPlan, aRun, engines, NOW, refusal, ZEROS } from './samples.ts';

const ledger = (record: LedgerRecord) => ({ kind: 'ledger', record }) as const;

for (const engine of engines()) {
  describe(`runs, journal, ledger: ${engine.name}`, () => {
    const store = storeOfEach(engine);
    const started = async () => {
      const plan = aPlan(['d1']);
      const run = aRun(plan.id);
      await store().commit([
        { kind: 'plan-insert', plan, state: 'approved' },
        { kind: 'run-start', run },
      ]);
      return run;
    };

    test('a run starts once, ends once, and belongs to a plan', async () => {
      const run = await started();
      expect((await refusal(store().commit([{ kind: 'run-start', run }]))).code).toBe('STORE_CONFLICT');
      expect((await refusal(store().commit([{ kind: 'run-start', run: aRun('pln_unknown') }]))).code).toBe('STORE_CONFLICT');
      expect(await store().runs(run.planId)).toEqual([run]);
      await store().commit([{ kind: 'run-end', runId: run.id, at: NOW + 5 }]);
      expect((await refusal(store().commit([{ kind: 'run-end', runId: run.id, at: NOW + 6 }]))).code).toBe('STORE_CONFLICT');
      expect(await store().runs(run.planId)).toEqual([{ ...run, endedAt: NOW + 5 }]);
    });

    test('the journal keeps every record as it was, in the order it was written', async () => {
      const run = await started();
      const records: JournalRecord[] = [
        aJournalRecord(run, { at: NOW + 9 }),
        aJournalRecord(run, { stage: 'sent', at: NOW + 3 }),
        aJournalRecord(run, {
          stage: 'ack',
          rowId: '*1B',
          call: { verb: 'add', menu: '/ip/address', values: { address: '192.0.2.1/24' }, placeBefore: '*2' },
        }),
        aJournalRecord(run, {
          phase: 'undo',
          stage: 'err',
          error: { code: 'ROUTER_REFUSED', routerText: 'failure: already have such address' },
        }),
        aJournalRecord(run, { stage: 'unknown', error: { code: 'TIMED_OUT' } }),
      ];
      await store().commit(records.slice(0, 2).map((record) => ({ kind: 'journal', record })));
      await store().commit(records.slice(2).map((record) => ({ kind: 'journal', record })));
      expect(await store().journal(run.planId)).toEqual(records);
      expect(await store().journal('pln_unknown')).toEqual([]);
    });

    test('a journal record needs its run', async () => {
      const run = await started();
      for (const record of [
        aJournalRecord({ id: 'run_unknown', planId: run.planId }),
        aJournalRecord({ id: run.id, planId: 'pln_unknown' }),
      ]) {
        expect((await refusal(store().commit([{ kind: 'journal', record }]))).details).toEqual({ write: 0, kind: 'journal' });
      }
    });

    test('a ledger record comes back equal and frozen', async () => {
      const bare = aLedgerRecord('a', 1);
      const full = aLedgerRecord('a', 2, {
        onBehalfOf: 'user:bob',
        device: 'd1',
        environment: 'prod',
        plan: 'pln_1',
        result: 'denied',
        details: { z: 1, a: { deep: [null, true, 'ü'] } },
      });
      await store().commit([ledger(bare), ledger(full)]);
      const found = await store().ledger();
      expect(found).toEqual([full, bare]);
      expect(Object.isFrozen(found[0]?.details['a'])).toBe(true);
    });

    test('a record must follow the last one of its chain, in number and in hash', async () => {
      await store().commit([ledger(aLedgerRecord('a', 1)), ledger(aLedgerRecord('a', 2))]);
      const wrong = [
        aLedgerRecord('a', 2),
        aLedgerRecord('a', 4),
        aLedgerRecord('a', 4, { previous: aLedgerRecord('a', 2).hash }),
        aLedgerRecord('a', 1),
        aLedgerRecord('a', 3, { previous: aLedgerRecord('a', 1).hash }),
        aLedgerRecord('a', 3, { previous: ZEROS }),
        aLedgerRecord('b', 2),
        aLedgerRecord('b', 0, { previous: ZEROS }),
        aLedgerRecord('b', 1, { previous: aLedgerRecord('a', 2).hash }),
      ];
      for (const record of wrong)
        expect((await refusal(store().commit([ledger(record)]))).toJSON()).toMatchObject({
          code: 'STORE_CONFLICT',
          details: { kind: 'ledger' },
        });
      await store().commit([ledger(aLedgerRecord('b', 1)), ledger(aLedgerRecord('a', 3))]);
      expect(await store().ledgerHeads()).toEqual([
        { chain: 'a', seq: 3, hash: aLedgerRecord('a', 3).hash },
        { chain: 'b', seq: 1, hash: aLedgerRecord('b', 1).hash },
      ]);
    });

    test('the ledger is read newest first across chains, or along one chain', async () => {
      await store().commit([
        ledger(aLedgerRecord('a', 1, { device: 'd1' })),
        ledger(aLedgerRecord('b', 1, { plan: 'p1' })),
        ledger(aLedgerRecord('a', 2, { operation: 'plan.apply', plan: 'p1' })),
        ledger(aLedgerRecord('a', 3, { device: 'd1', plan: 'p1' })),
      ]);
      const names = async (filter?: Parameters<Store['ledger']>[0]) =>
        (await store().ledger(filter)).map(({ chain, seq }) => `${chain}${seq}`);
      expect(await names()).toEqual(['a3', 'a2', 'b1', 'a1']);
      expect(await names({ ascending: true })).toEqual(['a1', 'b1', 'a2', 'a3']);
      expect(await names({ chain: 'a' })).toEqual(['a3', 'a2', 'a1']);
      expect(await names({ chain: 'a', afterSeq: 1, ascending: true })).toEqual(['a2', 'a3']);
      expect(await names({ chain: 'a', ascending: true, limit: 1 })).toEqual(['a1']);
      expect(await names({ deviceId: 'd1' })).toEqual(['a3', 'a1']);
      expect(await names({ planId: 'p1', ascending: true })).toEqual(['b1', 'a2', 'a3']);
      expect(await names({ operation: 'plan.apply' })).toEqual(['a2']);
      expect(await names({ deviceId: 'd1', planId: 'p1', chain: 'b' })).toEqual([]);
      expect(await names({ limit: 2 })).toEqual(['a3', 'a2']);
    });

    test('an empty ledger has no heads', async () => {
      expect(await store().ledgerHeads()).toEqual([]);
      expect(await store().ledger()).toEqual([]);
    });
  });
}
