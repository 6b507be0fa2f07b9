import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { ApproverKey } from '../../src/lib/plan/approver-key.ts';
import { openMemoryStore } from '../../src/lib/store/memory.ts';
import { openSqliteStore } from '../../src/lib/store/sqlite.ts';
import { storeOfEach } from './each.ts';
import { anApproval, aPlan, consumption, engines, NOW, refusal, scratch, stillClock } from './samples.ts';

const key = (name: string, changes: Partial<ApproverKey> = {}): ApproverKey => ({
  keyId: name.repeat(64),
  person: 'user:ann',
  publicKey: 'AAAA',
  enrolledAt: NOW,
  enrolledBy: 'user:ann',
  ...changes,
});

for (const engine of engines()) {
  describe(`approver keys: ${engine.name}`, () => {
    const store = storeOfEach(engine);

    test('come back equal, in the order of enrolment', async () => {
      const first = key('b');
      const second = key('a', { signedBy: first.keyId, signature: 'c2ln' });
      await store().commit([{ kind: 'approver-put', key: first }]);
      await store().commit([{ kind: 'approver-put', key: second }]);
      expect(await store().approverKeys()).toEqual([first, second]);
    });

    test('an id is used once, and a key is revoked once', async () => {
      await store().commit([{ kind: 'approver-put', key: key('a') }]);
      const conflict = { code: 'STORE_CONFLICT' };
      expect(await refusal(store().commit([{ kind: 'approver-put', key: key('a', { person: 'user:eve' }) }]))).toMatchObject(conflict);
      const revoke = { kind: 'approver-revoke', keyId: key('a').keyId, by: 'user:ben', at: NOW + 1 } as const;
      await store().commit([revoke]);
      expect(await store().approverKeys()).toEqual([key('a', { revokedAt: NOW + 1, revokedBy: 'user:ben' })]);
      expect(await refusal(store().commit([{ ...revoke, by: 'user:eve' }]))).toMatchObject(conflict);
      expect(await refusal(store().commit([{ ...revoke, keyId: 'x' }]))).toMatchObject(conflict);
      expect(await store().approverKeys()).toEqual([key('a', { revokedAt: NOW + 1, revokedBy: 'user:ben' })]);
    });

    test('the signature of an approval comes back equal, and goes with the approval it replaces', async () => {
      const plan = aPlan(['d1']);
      const approval = anApproval(plan, { signature: { keyId: 'a'.repeat(64), value: 'c2ln' } });
      await store().commit([
        { kind: 'plan-insert', plan, state: 'approved' },
        { kind: 'approval-put', approval },
      ]);
      expect(await store().approval(plan.id)).toEqual(approval);
      const unsigned = anApproval(plan);
      await store().commit([{ kind: 'approval-put', approval: unsigned }]);
      expect(await store().approval(plan.id)).toEqual(unsigned);
    });

    test('plans are counted by author and state; expired ones are found by their end', async () => {
      const by = (id: string, changes = {}) => aPlan(['d1'], { author: { id, origin: 'stdio' }, ...changes });
      const plans = [by('agent:a'), by('agent:a', { expiresAt: NOW + 5 }), by('agent:b')];
      for (const plan of plans) await store().commit([{ kind: 'plan-insert', plan, state: 'review' }]);
      await store().commit([{ kind: 'plan-insert', plan: by('agent:a'), state: 'rejected' }]);
      const count = (id: string, onBehalfOf?: string) =>
        store().planCount({ author: { id, ...(onBehalfOf !== undefined && { onBehalfOf }) }, states: ['review', 'approved'] });
      expect([await count('agent:a'), await count('agent:b'), await count('agent:A')]).toEqual([2, 1, 0]);
      // What programs ask for a person is one number, whatever they call themselves, and apart from what that person asks.
      for (const author of [
        { id: 'agent:a', origin: 'stdio', onBehalfOf: 'user:ann' },
        { id: 'agent:c', origin: 'http', onBehalfOf: 'user:ann' },
        { id: 'user:ann', origin: 'cli' },
      ] as const)
        await store().commit([{ kind: 'plan-insert', plan: aPlan(['d1'], { author }), state: 'review' }]);
      expect([await count('agent:z', 'user:ann'), await count('user:ann'), await count('agent:a')]).toEqual([2, 1, 2]);
      const ended = async (at: number) => (await store().plans({ state: 'review', expiredBy: at })).map(({ plan }) => plan.id);
      expect([await ended(NOW + 4), await ended(NOW + 5)]).toEqual([[], [plans[1]?.id]]);
    });
  });
}

test('an enrolled key cannot be rewritten or forgotten, even by hand', async () => {
  const place = scratch();
  const store = await openSqliteStore({ file: place.file('fleet.db'), clock: stillClock });
  await store.commit([{ kind: 'approver-put', key: key('a') }]);
  await store.close();
  const raw = new DatabaseSync(place.file('fleet.db'));
  for (const change of ["person = 'user:eve'", "public_key = 'BBBB'", 'enrolled_at = 1', "signed_by = 'x'", "id = 'x'"])
    expect(() => raw.exec(`update approvers set ${change}`), change).toThrow(/only ever revoked/);
  raw.exec(`update approvers set revoked_at = ${NOW}, revoked_by = 'user:ann'`);
  expect(() => raw.exec('update approvers set revoked_at = null, revoked_by = null')).toThrow(/only ever revoked/);
  expect(() => raw.exec('delete from approvers')).toThrow(/append-only/);
  raw.close();
  place.remove();
});

test('of 64 who consume one approval at once, one does: a thousand times over', async () => {
  const store = await openMemoryStore({ clock: stillClock });
  for (let round = 0; round < 1_000; round += 1) {
    const plan = aPlan(['d1']);
    const approval = anApproval(plan);
    await store.commit([
      { kind: 'plan-insert', plan, state: 'approved' },
      { kind: 'approval-put', approval },
    ]);
    const ends = await Promise.allSettled(Array.from({ length: 64 }, () => store.commit([consumption(approval)])));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
  await store.close();
});
