import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planState } from '../../src/lib/plan/state.ts';
import { type Outcome, STATES, type TargetState } from '../../src/lib/plan/types.ts';
import type { StoredPlan } from '../../src/lib/store/store.ts';
import { storeOfEach } from './each.ts';
import { aPlan, engines, NOW, refusal } from './samples.ts';

const outcome = (state: TargetState): Outcome => ({
  state,
  summary: 'Done.',
  checks: [{ check: 'cpu', verdict: 'pass' }],
  left: [],
  drift: [{ capability: 'dns', row: '', planned: { servers: '192.0.2.53' }, now: null }],
  at: NOW,
});
const move = (planId: string, from: TargetState, to: TargetState, more: { deviceId?: string; outcome?: Outcome } = {}) =>
  ({ kind: 'target-move', planId, deviceId: 'd1', from, to, ...more }) as const;

for (const engine of engines()) {
  describe(`plans: ${engine.name}`, () => {
    const store = storeOfEach(engine);
    const insert = async (deviceIds: readonly string[], state: TargetState) => {
      const plan = aPlan(deviceIds);
      await store().commit([{ kind: 'plan-insert', plan, state }]);
      return plan;
    };
    const ids = (found: readonly StoredPlan[]) => found.map(({ plan }) => plan.id);

    test('a plan comes back equal, frozen, its targets in its own order', async () => {
      const plan = await insert(['d2', 'd1', 'd3'], 'review');
      const found = await store().plan(plan.id);
      expect(found).toEqual({ plan, targets: ['d2', 'd1', 'd3'].map((deviceId) => ({ deviceId, state: 'review' })) });
      expect(Object.isFrozen(found?.plan.targets[0]?.base)).toBe(true);
      expect(await store().plan('pln_unknown')).toBeUndefined();
    });

    test('any text a router can hold survives the store', async () => {
      const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => value.isWellFormed());
      await fc.assert(
        fc.asyncProperty(text, fc.dictionary(text, text, { noNullPrototype: true }), async (summary, values) => {
          const plan = aPlan(['d1'], { summary });
          const [target] = plan.targets;
          const full = { ...plan, targets: target ? [{ ...target, undo: [[{ verb: 'set' as const, menu: '/ip/dns', values }]] }] : [] };
          await store().commit([{ kind: 'plan-insert', plan: full, state: 'draft' }]);
          expect((await store().plan(plan.id))?.plan).toEqual(full);
        }),
        { numRuns: 100 },
      );
    });

    test('an id is never used twice, and a refused plan leaves no targets', async () => {
      const plan = await insert(['d1'], 'draft');
      const twin = aPlan(['d2'], { id: plan.id });
      expect((await refusal(store().commit([{ kind: 'plan-insert', plan: twin, state: 'draft' }]))).details).toEqual({
        write: 0,
        kind: 'plan-insert',
      });
      expect((await store().plan(plan.id))?.targets).toEqual([{ deviceId: 'd1', state: 'draft' }]);
    });

    test('plans come newest first, by device, by state, and no more than asked for', async () => {
      const a = await insert(['d1'], 'completed');
      const b = await insert(['d1', 'd2'], 'review');
      const c = await insert(['d2'], 'completed');
      expect(ids(await store().plans())).toEqual([c.id, b.id, a.id]);
      expect(ids(await store().plans({ deviceId: 'd1' }))).toEqual([b.id, a.id]);
      expect(ids(await store().plans({ state: 'completed' }))).toEqual([c.id, a.id]);
      expect(ids(await store().plans({ state: 'completed', deviceId: 'd1' }))).toEqual([a.id]);
      expect(ids(await store().plans({ limit: 2 }))).toEqual([c.id, b.id]);
      expect(ids(await store().plans({ limit: 0 }))).toEqual([]);
    });

    test('a plan of several routers is where all of them are; a mixed end is partial', async () => {
      const plan = await insert(['d1', 'd2'], 'executing');
      const state = async () => {
        const states = ['executing', 'completed', 'partial', 'failed', 'stuck'] as const;
        const hits = await Promise.all(states.map(async (name) => ((await store().plans({ state: name })).length > 0 ? name : undefined)));
        return hits.filter((hit) => hit !== undefined);
      };
      expect(await state()).toEqual(['executing']);
      await store().commit([move(plan.id, 'executing', 'completed')]);
      expect(await state()).toEqual(['executing']);
      await store().commit([move(plan.id, 'executing', 'failed', { deviceId: 'd2' })]);
      expect(await state()).toEqual(['partial']);
      await store().commit([move(plan.id, 'failed', 'stuck', { deviceId: 'd2' })]);
      expect(await state()).toEqual(['stuck']);
    });

    test('a filter by state finds exactly the plans that the plan room says are in it', async () => {
      const router = fc.constantFrom(...STATES.filter((state) => state !== 'partial'));
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(router, { maxLength: 3 }), { maxLength: 6 }), async (fleets) => {
          const own = await engine.open();
          const plans = await Promise.all(
            fleets.map(async (states, row) => {
              const plan = aPlan(states.map((_, column) => `d-${row}-${column}`));
              const writes = states.map((to, column) => move(plan.id, 'draft', to, { deviceId: `d-${row}-${column}` }));
              await own.commit([{ kind: 'plan-insert', plan, state: 'draft' }, ...writes]);
              return { id: plan.id, state: planState(states) };
            }),
          );
          for (const state of STATES) {
            const expected = plans.filter((plan) => plan.state === state).map(({ id }) => id);
            expect(ids(await own.plans({ state })).toSorted()).toEqual(expected.toSorted());
          }
          await own.close();
        }),
        { numRuns: engine.name === 'memory' ? 60 : 20 },
      );
    });

    test('more plans than one page holds are filtered and limited alike', async () => {
      const kept: string[] = [];
      for (let index = 0; index < 250; index += 1) {
        const plan = await insert(['d1'], index % 3 === 0 ? 'completed' : 'rejected');
        if (index % 3 === 0) kept.unshift(plan.id);
      }
      expect(ids(await store().plans({ state: 'completed' }))).toEqual(kept);
      expect(ids(await store().plans({ state: 'completed', limit: 80 }))).toEqual(kept.slice(0, 80));
      expect(await store().plans()).toHaveLength(250);
    });

    test('a target moves from the state it is in, and from no other', async () => {
      const plan = await insert(['d1'], 'review');
      for (const refused of [
        move(plan.id, 'draft', 'approved'),
        move('pln_unknown', 'review', 'approved'),
        move(plan.id, 'review', 'approved', { deviceId: 'd2' }),
      ]) {
        expect((await refusal(store().commit([refused]))).toJSON()).toMatchObject({
          code: 'STORE_CONFLICT',
          details: { write: 0, kind: 'target-move' },
        });
      }
      await store().commit([move(plan.id, 'review', 'approved')]);
      expect((await store().plan(plan.id))?.targets).toEqual([{ deviceId: 'd1', state: 'approved' }]);
    });

    test('an outcome stands as long as the state it explains', async () => {
      const plan = await insert(['d1'], 'executing');
      await store().commit([move(plan.id, 'executing', 'stuck', { outcome: outcome('stuck') })]);
      expect((await store().plan(plan.id))?.targets).toEqual([{ deviceId: 'd1', state: 'stuck', outcome: outcome('stuck') }]);
      await store().commit([move(plan.id, 'stuck', 'rolling-back')]);
      expect((await store().plan(plan.id))?.targets).toEqual([{ deviceId: 'd1', state: 'rolling-back' }]);
    });

    test('one router has at most one live plan, whatever the states are called', async () => {
      const live = ['executing', 'rolling-back'] as const;
      for (const [index, held] of live.entries()) {
        const deviceId = `d-${index}`;
        const first = await insert([deviceId], held);
        for (const wanted of live) {
          expect((await refusal(store().commit([{ kind: 'plan-insert', plan: aPlan([deviceId]), state: wanted }]))).code).toBe(
            'STORE_CONFLICT',
          );
          const waiting = await insert([deviceId], 'approved');
          expect((await refusal(store().commit([move(waiting.id, 'approved', wanted, { deviceId })]))).code).toBe('STORE_CONFLICT');
        }
        const next = await insert([deviceId], 'approved');
        await store().commit([move(first.id, held, 'failed', { deviceId }), move(next.id, 'approved', 'executing', { deviceId })]);
        expect((await store().plan(next.id))?.targets[0]?.state).toBe('executing');
        // What is paused waits beside it: nobody writes for it.
        await insert([deviceId], 'paused');
      }
    });

    test('a plan is decided once', async () => {
      const plan = await insert(['d1'], 'review');
      const decision = { by: 'user:ann', at: NOW, reason: 'not on a Friday' };
      expect((await refusal(store().commit([{ kind: 'plan-decide', planId: 'pln_unknown', ...decision }]))).code).toBe('STORE_CONFLICT');
      await store().commit([{ kind: 'plan-decide', planId: plan.id, ...decision }]);
      expect((await refusal(store().commit([{ kind: 'plan-decide', planId: plan.id, ...decision, by: 'user:bob' }]))).code).toBe(
        'STORE_CONFLICT',
      );
      expect((await store().plan(plan.id))?.decision).toEqual(decision);
    });
  });
}
