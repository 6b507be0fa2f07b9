import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, fingerprint } from '../../src/lib/core/canonical.ts';
import { FleetError, type Plan } from '../../src/lib/index.ts';
import { signApproval } from '../../src/lib/plan/token-sign.ts';
import { loadKeyFile } from '../../src/lib/vault/key-file.ts';
import { ANN, approved, MODEL, planned, type Rig, refusal, setDns, startRig, writesOf } from '../fleet/rig.ts';

const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';
const SMALL = { verb: 'set', capability: 'system-identity', values: { name: 'edge-one' } } as const;

/** The database as somebody with its rights edits it: the trigger that keeps plans as they are is no wall against that. */
function behindOurBack(rig: Rig) {
  const database = new DatabaseSync(path.join(rig.dataDir, 'fleet.db'));
  database.exec('drop trigger plans_no_update');
  const write = database.prepare('update plans set body = cast(? as text) where id = ?');
  return {
    put: (id: string, body: Uint8Array | string) => void write.run(typeof body === 'string' ? body : Buffer.from(body), id),
    all: (sql: string, ...values: readonly string[]) => void database.prepare(sql).run(...values),
    [Symbol.dispose]: () => database.close(),
  };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof FleetError ? thrown.code : String(thrown)),
  );

/** One byte of a text with one of its bits turned. */
const turned = (text: Buffer, at: number, bit: number): Buffer => {
  const copy = Buffer.from(text);
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
};

// `isIntact` itself sees every bit of every byte (test/plan/plan.test.ts); here the doors are asked, for every third byte unless there is time.
test('bytes of an approved plan turned where it is stored, one after the other: none is applied or approved', {
  timeout: 600_000,
}, async () => {
  await using rig = await startRig({ store: 'file', settings: { 'guard.from': 'never' } });
  const { plan } = await approved(rig, [SMALL]);
  using store = behindOurBack(rig);
  const text = Buffer.from(canonical(plan));
  const asked = rig.router.requests().length;
  const ends = new Map<string, number>();
  for (let at = 0; at < text.length; at += LONG ? 1 : 3) {
    for (const bit of LONG ? [0, 1, 2, 3, 4, 5, 6, 7] : [at % 8]) {
      store.put(plan.id, turned(text, at, bit));
      const code = at % 15 === 0 ? await codeOf(rig.operator.approve(plan.id)) : await codeOf(rig.fleet.apply({ planId: plan.id }));
      ends.set(code, (ends.get(code) ?? 0) + 1);
      // A plan whose end was moved into the past is closed before anything else is looked at.
      if (code === 'PLAN_STATE') store.all("update targets set state = 'approved', outcome = null");
    }
  }
  expect(ends.get('done')).toBeUndefined();
  expect(ends.get('STORE_FAILED') ?? 0).toBeGreaterThan(text.length / (LONG ? 1 : 6));
  expect(rig.router.requests()).toHaveLength(asked);
  // And as it was, it is applied: it was the byte, and nothing else.
  store.put(plan.id, text);
  expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
});

test('a byte of the database file itself, anywhere in the plan', async () => {
  await using rig = await startRig({ store: 'file', settings: { 'guard.from': 'never' } });
  const { plan } = await approved(rig, [SMALL]);
  const file = path.join(rig.dataDir, 'fleet.db');
  {
    using store = behindOurBack(rig);
    store.all('pragma wal_checkpoint(truncate)');
  }
  await rig.operator.close();
  const whole = readFileSync(file);
  // A long text lies in several pages; some of them are found by what is in them.
  const spots = ['"executeWithin"', '"soakSeconds"', '"blastRadius"'].flatMap((mark) => {
    const at = whole.indexOf(mark);
    return at < 0 ? [] : [at + 2];
  });
  expect(spots.length).toBeGreaterThan(1);
  for (const at of spots) {
    writeFileSync(file, turned(whole, at, 1));
    const door = await rig.open(MODEL);
    expect(await codeOf(door.fleet.apply({ planId: plan.id })), whole.toString('latin1', at - 8, at + 8)).toMatch(/^(?:STORE_FAILED|BUG)$/);
    await door.close();
  }
  expect(writesOf(rig.router)).toEqual([]);
});

test('a plan that is no JSON any more is a failure of the store, not a bug of ours, and does not hide the others', async () => {
  await using rig = await startRig({ store: 'file' });
  const { plan } = await approved(rig, [SMALL]);
  await planned(rig, [setDns()]);
  using store = behindOurBack(rig);
  store.put(plan.id, canonical(plan).slice(1));
  expect(await codeOf(rig.fleet.plans())).toBe('done');
  expect(await codeOf(rig.fleet.apply({ planId: plan.id }))).toBe('STORE_FAILED');
});

test.each([
  ['no author', (plan: Plan) => ({ ...plan, author: undefined })],
  ['no routers', (plan: Plan) => ({ ...plan, targets: undefined })],
  [
    'a capability that there is not',
    (plan: Plan) => JSON.parse(canonical(plan).replace('"capability":"system-identity"', '"capability":"x"')),
  ],
])('whatever was altered in a plan, whoever approves or looks at it is told that it was altered: %s', async (_name, alter) => {
  await using rig = await startRig({ store: 'file' });
  const { plan } = await planned(rig, [SMALL]);
  using store = behindOurBack(rig);
  store.put(plan.id, canonical(alter(plan)));
  expect(await codeOf(rig.operator.approve(plan.id))).toBe('STORE_FAILED');
  expect(await codeOf(rig.fleet.showPlan(plan.id))).toBe('STORE_FAILED');
});

/** The same value, its members in another order and with white space around them. */
function shuffled(value: unknown, pick: (below: number) => number): string {
  const space = (): string => ['', ' ', '\n', '\t  '][pick(4)] ?? '';
  if (Array.isArray(value)) return `[${value.map((member) => `${space()}${shuffled(member, pick)}`).join(`${space()},`)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${space()}${JSON.stringify(name)}${space()}:${shuffled(member, pick)}`);
  const order = members.map((member) => ({ member, at: pick(1_000_000) })).sort((a, b) => a.at - b.at);
  return `{${order.map(({ member }) => member).join(',')}${space()}}`;
}

test('another order and other white space are the same plan; another value is another', async () => {
  await using rig = await startRig({ store: 'file', settings: { 'guard.from': 'never' } });
  const { plan } = await approved(rig, [SMALL]);
  const { hash, ...rest } = plan;
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
      const pick = (below: number): number => (numbers.next().value ?? 0) % below;
      expect(fingerprint(JSON.parse(shuffled(rest, pick)))).toBe(hash);
    }),
    { numRuns: 50 },
  );
  using store = behindOurBack(rig);
  let seed = 7;
  const pick = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const other = shuffled(plan, pick);
  expect(other).not.toBe(canonical(plan));
  store.put(plan.id, other.replace('edge-one', 'edge-two'));
  expect(await codeOf(rig.fleet.apply({ planId: plan.id }))).toBe('STORE_FAILED');
  store.put(plan.id, other);
  expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
});

/** A document of another format, with a hash and a person's approval of its own: what a newer program would leave behind. */
async function ofAnotherFormat(rig: Rig): Promise<string> {
  const { plan } = await planned(rig, [SMALL]);
  const { hash: _hash, ...body } = { ...plan, format: 2, waitFor: 'something that this program does not know' };
  const newer = { ...body, hash: fingerprint(body) } as unknown as Plan;
  const { approval } = signApproval(
    loadKeyFile({ file: path.join(rig.dataDir, 'approval.key'), create: true }),
    newer,
    ANN.id,
    rig.clock.now(),
  );
  using store = behindOurBack(rig);
  store.put(plan.id, canonical(newer));
  store.all('update plans set hash = ?', newer.hash);
  store.all("update targets set state = 'approved'");
  const { by, issuedAt, expiresAt, nonceHash, mac } = approval;
  store.all(
    `insert into approvals (plan_id, plan_hash, approved_by, kind, issued_at, expires_at, nonce_hash, mac) values (?, ?, ?, 'person', ${issuedAt}, ${expiresAt}, ?, ?)`,
    plan.id,
    newer.hash,
    by,
    nonceHash,
    mac,
  );
  return plan.id;
}

test('a plan of a newer format is refused by a program that does not know it', async () => {
  await using rig = await startRig({ store: 'file', settings: { 'guard.from': 'never' } });
  const planId = await ofAnotherFormat(rig);
  expect((await refusal(rig.fleet.apply({ planId }))).code).toMatch(/^(?:STORE_FAILED|PLAN_STATE|INVALID_INPUT)$/);
});
