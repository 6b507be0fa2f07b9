import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/lib/store/sqlite.ts';
import { storeOfEach } from './each.ts';
import { anApproval, aPlan, consumption, engines, NOW, refusal, scratch, stillClock } from './samples.ts';

const ROUNDS = 40;
const CONSUMERS = 64;

for (const engine of engines()) {
  describe(`approvals: ${engine.name}`, () => {
    const store = storeOfEach(engine);
    const approved = async () => {
      const plan = aPlan(['d1']);
      const approval = anApproval(plan);
      await store().commit([
        { kind: 'plan-insert', plan, state: 'approved' },
        { kind: 'approval-put', approval },
      ]);
      return approval;
    };

    test('an approval comes back equal; a policy names its rule', async () => {
      const approval = await approved();
      expect(await store().approval(approval.planId)).toEqual(approval);
      const byRule = { ...approval, kind: 'policy' as const, rule: 'lab-low-risk', mac: '' };
      await store().commit([{ kind: 'approval-put', approval: byRule }]);
      expect(await store().approval(approval.planId)).toEqual(byRule);
      expect(await store().approval('pln_unknown')).toBeUndefined();
    });

    test('an approval needs a plan', async () => {
      expect((await refusal(store().commit([{ kind: 'approval-put', approval: anApproval(aPlan(['d1'])) }]))).code).toBe('STORE_CONFLICT');
    });

    test('it works once; afterwards it can be neither consumed nor replaced', async () => {
      const approval = await approved();
      await store().commit([consumption(approval, { at: NOW + 7 })]);
      expect(await store().approval(approval.planId)).toEqual({ ...approval, consumedAt: NOW + 7 });
      for (const write of [consumption(approval), { kind: 'approval-put' as const, approval: { ...approval, expiresAt: NOW + 9e9 } }]) {
        expect((await refusal(store().commit([write]))).toJSON()).toMatchObject({
          code: 'STORE_CONFLICT',
          details: { write: 0, kind: write.kind },
        });
      }
      expect(await store().approval(approval.planId)).toEqual({ ...approval, consumedAt: NOW + 7 });
    });

    test('another plan, hash or nonce, or the moment of expiry, consumes nothing', async () => {
      const approval = await approved();
      const wrong = [
        { planId: 'pln_unknown' },
        { planHash: anApproval(aPlan(['d2'])).planHash },
        { nonceHash: approval.planHash },
        { at: approval.expiresAt },
        { at: approval.expiresAt + 1 },
      ];
      for (const changes of wrong) expect((await refusal(store().commit([consumption(approval, changes)]))).code).toBe('STORE_CONFLICT');
      expect(await store().approval(approval.planId)).toEqual(approval);
      await store().commit([consumption(approval, { at: approval.expiresAt - 1 })]);
    });

    test('any one wrong character in hash or nonce consumes nothing', async () => {
      const approval = await approved();
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom('planHash' as const, 'nonceHash' as const),
          fc.nat(63),
          fc.constantFrom(...'0123456789abcdefABCDEF '),
          async (which, at, character) => {
            const text = approval[which];
            fc.pre(text[at] !== character);
            const changed = `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
            expect((await refusal(store().commit([consumption(approval, { [which]: changed })]))).code).toBe('STORE_CONFLICT');
          },
        ),
        { numRuns: 150 },
      );
    });

    test(`of ${CONSUMERS} consumers at once exactly one wins, ${ROUNDS} times over`, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const approval = await approved();
        const results = await Promise.allSettled(
          Array.from({ length: CONSUMERS }, (_, index) => store().commit([consumption(approval, { at: NOW + index })])),
        );
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      }
    });
  });
}

test(`of ${CONSUMERS} consumers over eight connections to one file exactly one wins, ${ROUNDS} times over`, async () => {
  const place = scratch();
  const stores = await Promise.all(Array.from({ length: 8 }, () => openSqliteStore({ file: place.file('fleet.db'), clock: stillClock })));
  for (let round = 0; round < ROUNDS; round += 1) {
    const plan = aPlan(['d1']);
    const approval = anApproval(plan);
    await stores[0]?.commit([
      { kind: 'plan-insert', plan, state: 'approved' },
      { kind: 'approval-put', approval },
    ]);
    const attempts = Array.from({ length: CONSUMERS }, (_, index) => stores[index % stores.length]?.commit([consumption(approval)]));
    expect((await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
  for (const store of stores) await store.close();
  place.remove();
});
