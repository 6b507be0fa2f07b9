import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { MINUTE } from './clocks.ts';
import { REARRANGED, rules, rulesBefore, WRITES } from './firewall.ts';
import { applied, approved, outcomeOf, planned, type Rig, refusal, setDns, setNtp, startRig, UNGUARDED, writesOf } from './rig.ts';

/** The database as another process sees it: what is there now is on the disk. */
const reader = (rig: Rig) => new DatabaseSync(path.join(rig.dataDir, 'fleet.db'), { readOnly: true });
const ledgerOf = (database: DatabaseSync) =>
  database
    .prepare("select result from ledger where operation = 'router.write' order by position")
    .all()
    .map((row) => row['result']);
const journalOf = (database: DatabaseSync) =>
  database
    .prepare('select stage from journal order by position')
    .all()
    .map((row) => row['stage']);

describe('what is written down, and when', () => {
  test('before a write reaches the router its intent is on the disk; its result only after', async () => {
    await using rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
    const { plan } = await approved(rig, REARRANGED);
    const database = reader(rig);
    const seen: unknown[] = [];
    rig.front.hooks = {
      before: ({ write }) => {
        if (write > 0)
          seen.push([
            write,
            ledgerOf(database).filter((one) => one === 'started').length,
            ledgerOf(database).at(-1),
            journalOf(database).slice(-2),
          ]);
      },
    };
    await rig.fleet.apply({ planId: plan.id });
    const expected = Array.from({ length: WRITES }, (_, index) => [index + 1, index + 1, 'started', ['intent', 'sent']]);
    expect(seen).toEqual(expected);
    expect(ledgerOf(database)).toEqual(Array.from({ length: WRITES }, () => ['started', 'ok']).flat());
    database.close();
  });

  test('undoing is written down in the same way', async () => {
    await using rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
    rig.router.fault({ method: 'write', nth: 4, action: { kind: 'answer', status: 400, detail: 'failure: no' } });
    rig.router.fault({ method: 'write', nth: 5, action: { kind: 'lose-reply' } });
    const { plan } = await approved(rig, REARRANGED);
    const database = reader(rig);
    const started: number[] = [];
    rig.front.hooks = {
      before: ({ write }) => void (write > 0 && started.push(ledgerOf(database).filter((one) => one === 'started').length)),
    };
    const view = await rig.fleet.apply({ planId: plan.id });
    expect(view.state).toBe('rolled-back');
    const writes = writesOf(rig.router);
    expect(started).toEqual(writes.map((_, index) => index + 1));
    // In the ledger as on the router: one beginning and one end for each write, in the same order.
    const results = ledgerOf(database);
    expect(results).toEqual([
      'started',
      'ok',
      'started',
      'ok',
      'started',
      'ok',
      'started',
      'failed',
      'started',
      'unknown',
      'started',
      'ok',
      'started',
      'ok',
    ]);
    const records = await rig.fleet.history({ planId: plan.id, operation: 'router.write', ascending: true });
    expect(
      records
        .filter(({ result }) => result === 'started')
        .map(({ details }) => `${details['phase']} ${details['verb']} ${details['menu']}`),
    ).toEqual(
      ['apply add', 'apply move', 'apply remove', 'apply set', 'undo add', 'undo move', 'undo remove'].map(
        (one) => `${one} /ip/firewall/filter`,
      ),
    );
    database.close();
  });

  test('the journal has every request as it was sent', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    const { plan } = await applied(rig, REARRANGED);
    const journal = await rig.fleet.journal(plan.id);
    const sent = journal.filter(({ stage }) => stage === 'sent').map(({ call }) => call);
    expect(sent).toEqual(plan.targets[0]?.steps.map(({ call }) => call));
    expect(journal.map(({ stage }) => stage).join(' ')).toBe(
      [...Array.from({ length: 3 }, () => 'intent sent ack verified'), 'intent sent ack', 'intent sent ack verified'].join(' '),
    );
    expect(journal.find(({ rowId }) => rowId !== undefined)?.rowId).toMatch(/^\*[0-9A-F]+$/);
    expect(await rig.fleet.journal('pln_x')).toEqual([]);
  });
});

/** The store takes everything but records: a full disk, say. */
const breakIt = (database: DatabaseSync) =>
  database.exec("create trigger full before insert on ledger begin select raise(abort, 'disk full'); end");
const mend = (database: DatabaseSync) => database.exec('drop trigger full');

describe('a ledger that cannot be written', () => {
  const start = async () => {
    const rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
    const database = new DatabaseSync(path.join(rig.dataDir, 'fleet.db'));
    return { rig, database };
  };

  test('keeps the first write from being sent, and the approval from being used', async () => {
    const { rig, database } = await start();
    await using _rig = rig;
    const { plan } = await approved(rig);
    rig.front.hooks = {
      before: ({ path: menu }) => {
        if (menu !== '/ip/dns') return;
        rig.front.hooks = {};
        breakIt(database);
      },
    };
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'LEDGER_FAILED' });
    mend(database);
    expect(writesOf(rig.router)).toEqual([]);
    const view = await rig.fleet.showPlan(plan.id);
    expect(view).toMatchObject({ state: 'approved', runs: [] });
    expect(view.approval?.consumedAt).toBeUndefined();
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
    expect(await rig.fleet.verifyLedger()).toMatchObject({ ok: true });
    database.close();
  });

  test('in the middle keeps the next write from being sent; when it takes records again what was done goes back', async () => {
    const { rig, database } = await start();
    await using _rig = rig;
    const { plan } = await approved(rig, [setDns(), setNtp()]);
    rig.front.hooks = {
      after: ({ write }) => {
        if (write === 1) breakIt(database);
      },
    };
    expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ kind: 'store' });
    expect(writesOf(rig.router)).toHaveLength(1);
    mend(database);
    rig.front.hooks = {};
    expect(writesOf(rig.router)).toHaveLength(1);
    // Whoever comes next to this router finds it.
    const next = await approved(rig, [setNtp()]);
    expect((await rig.fleet.apply({ planId: next.plan.id })).state).toBe('completed');
    const view = await rig.fleet.showPlan(plan.id);
    expect(view.state).toBe('rolled-back');
    expect(outcomeOf(view)).toMatchObject({ left: [], drift: [] });
    expect(await rig.fleet.verifyLedger()).toMatchObject({ ok: true });
    database.close();
  });

  test('keeps a plan from being made, approved or denied without a word', async () => {
    const { rig, database } = await start();
    await using _rig = rig;
    const { plan } = await planned(rig);
    breakIt(database);
    const tries = [
      () => rig.fleet.plan({ device: 'edge-1', intents: [setNtp()] }),
      () => rig.operator.approve(plan.id),
      () => rig.operator.reject(plan.id, 'no'),
      () => rig.fleet.apply({ planId: plan.id }),
    ];
    for (const work of tries) {
      expect(await refusal(work())).toMatchObject({ kind: 'store' });
    }
    mend(database);
    expect(await rig.fleet.plans()).toMatchObject([{ state: 'review' }]);
    database.close();
  });

  test('keeps a command with an effect from being sent', async () => {
    const { rig, database } = await start();
    await using _rig = rig;
    breakIt(database);
    expect(await refusal(rig.fleet.run({ device: 'edge-1', action: 'dns-flush' }))).toMatchObject({ kind: 'store' });
    mend(database);
    expect(rig.router.requests().filter(({ path: asked }) => asked.includes('flush'))).toEqual([]);
    database.close();
  });
});

test('a database that somebody holds locked keeps the write from being sent; the right to write runs out by itself', async () => {
  await using rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
  const { plan } = await approved(rig);
  const database = new DatabaseSync(path.join(rig.dataDir, 'fleet.db'));
  rig.front.hooks = {
    before: ({ path: menu }) => {
      if (menu !== '/ip/dns') return;
      rig.front.hooks = {};
      database.exec('begin immediate');
    },
  };
  expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ code: 'LEDGER_FAILED', retryable: true });
  database.exec('rollback');
  database.close();
  expect(writesOf(rig.router)).toEqual([]);
  rig.clock.advance(4 * MINUTE);
  expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
});

test('a store that fails while undoing leaves the router as it is, and says so', async () => {
  await using rig = await startRig({ settings: UNGUARDED, store: 'file', fronts: true });
  const { known } = rulesBefore(rig.router);
  const { plan } = await approved(rig, REARRANGED);
  const database = new DatabaseSync(path.join(rig.dataDir, 'fleet.db'));
  rig.router.fault({ method: 'write', nth: 3, action: { kind: 'answer', status: 400, detail: 'failure: no' } });
  rig.front.hooks = {
    after: ({ write }) => {
      if (write === 4) breakIt(database);
    },
  };
  expect(await refusal(rig.fleet.apply({ planId: plan.id }))).toMatchObject({ kind: 'store' });
  mend(database);
  database.close();
  expect(writesOf(rig.router)).toHaveLength(4);
  expect(rules(rig.router, known).map((row) => row['comment'])).toContain('new');
  expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'rolling-back' });
});
