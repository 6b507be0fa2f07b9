import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyLedger } from '../../src/lib/audit/verify.ts';
import { openSqliteStore } from '../../src/lib/store/sqlite.ts';
import type { Run, Store } from '../../src/lib/store/store.ts';
import { child } from './children.ts';
import { anApproval, aPlan, aRun, scratch, stillClock } from './samples.ts';

const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';
const PAIRS = LONG ? 2000 : 300;
const CONTESTED = LONG ? 300 : 60;
const KILLS = LONG ? 200 : 12;
const WRITER = 'store/children/writer.ts';

let place: ReturnType<typeof scratch>;
let file: string;
let run: Run;
beforeEach(async () => {
  place = scratch();
  file = place.file('fleet.db');
  const plan = aPlan(['d1']);
  run = aRun(plan.id);
  await using(async (store) => {
    await store.commit([
      { kind: 'plan-insert', plan, state: 'executing' },
      { kind: 'run-start', run },
    ]);
  });
});
afterEach(() => place.remove());

async function using<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openSqliteStore({ file, clock: stillClock });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const journalSteps = async (store: Store, name: string) =>
  (await store.journal(run.planId)).filter(({ deviceId }) => deviceId === name).map(({ step }) => step);
const ledgerSteps = async (store: Store, chain: string) =>
  (await store.ledger({ chain, operation: 'test.step', ascending: true })).map(({ details }) => details['step']);
const counted = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test('two processes on one file: nothing is lost, nothing is torn, each approval has one winner', async () => {
  const contested = await using(async (store) => {
    const plans = Array.from({ length: CONTESTED }, () => aPlan(['d2'], {}));
    for (const plan of plans) {
      await store.commit([
        { kind: 'plan-insert', plan, state: 'approved' },
        { kind: 'approval-put', approval: anApproval(plan) },
      ]);
    }
    return plans.map(({ id }) => id);
  });
  const writers = await Promise.all(
    ['one', 'two'].map((name) => child(WRITER, [file, name, String(PAIRS), run.id, run.planId, ...contested])),
  );
  for (const writer of writers) expect(writer).toMatchObject({ code: 0, errors: '' });
  const winners = writers.flatMap(({ lines }) => lines.filter((line) => line.startsWith('won ')));
  expect(winners.toSorted()).toEqual(contested.map((id) => `won ${id}`).toSorted());
  await using(async (store) => {
    for (const name of ['one', 'two']) {
      expect(await journalSteps(store, name)).toEqual(counted(PAIRS));
      expect(await ledgerSteps(store, name)).toEqual(counted(PAIRS));
    }
    // Opening and closing of each chain, and one record per step.
    expect(await verifyLedger(store)).toEqual({ ok: true, records: 2 * (PAIRS + 2), chains: 2, problems: [] });
  });
});

test(`a writer killed in the middle, ${KILLS} times: what was reported is there, and no commit is torn`, async () => {
  for (let round = 0; round < KILLS; round += 1) {
    const name = `killed-${round}`;
    const after = 1 + (round % 12) * 3;
    const { signal, lines } = await child(WRITER, [file, name, '1000000', run.id, run.planId], {
      onLine: (line, kill) => {
        if (line === `stored ${after}`) setTimeout(kill, Math.random() * 4);
      },
    });
    expect(signal).toBe('SIGKILL');
    await using(async (store) => {
      const steps = await journalSteps(store, name);
      expect(steps).toEqual(counted(steps.length));
      expect(await ledgerSteps(store, name)).toEqual(steps);
      expect(steps.length).toBeGreaterThanOrEqual(lines.length);
      expect(await verifyLedger(store)).toMatchObject({ ok: true, chains: round + 1 });
    });
  }
}, 900_000);

test('many processes may open a new store at the same time', async () => {
  file = place.file('new/deep/fleet.db');
  const openers = await Promise.all(Array.from({ length: 6 }, (_, index) => child('store/children/open.ts', [file, `chain-${index}`])));
  for (const opener of openers) expect(opener).toMatchObject({ code: 0, errors: '', lines: ['opened', 'stored'] });
  expect((await using(verifyLedger)).chains).toBe(6);
});
