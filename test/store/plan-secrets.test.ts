import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { TargetState } from '../../src/lib/plan/types.ts';
import type { Store, StoreWrite } from '../../src/lib/store/store.ts';
import { storeOfEach } from './each.ts';
import { aPlan, engines, refusal } from './samples.ts';

/** A plan for two routers, each with two secrets. */
async function kept(store: Store, state: TargetState) {
  const devices = [randomUUID(), randomUUID()];
  const plan = aPlan(devices);
  const secrets = devices.flatMap((deviceId) =>
    [1, 2].map((n) => ({ ref: `${plan.id}-${deviceId}-${n}`, planId: plan.id, deviceId, sealed: `v1|${n}` })),
  );
  const puts = secrets.map((secret): StoreWrite => ({ kind: 'plan-secret-put', secret }));
  await store.commit([{ kind: 'plan-insert', plan, state }, ...puts]);
  const there = async () => (await Promise.all(secrets.map(({ ref }) => store.planSecret(ref)))).map((one) => one !== undefined);
  const [first = '', second = ''] = plan.targets.map(({ deviceId }) => deviceId);
  const move = (deviceId: string, from: TargetState, to: TargetState): StoreWrite => ({
    kind: 'target-move',
    planId: plan.id,
    deviceId,
    from,
    to,
  });
  return { plan, secrets, there, first, second, move };
}

describe.each([...engines()])('secrets of plans: $name', (engine) => {
  const store = storeOfEach(engine);

  test('are kept as they were given, and their plans are known', async () => {
    const { plan, secrets } = await kept(store(), 'review');
    for (const secret of secrets) expect(await store().planSecret(secret.ref)).toEqual(secret);
    expect(await store().planSecrets()).toEqual([plan.id]);
    expect(await store().planSecret('another')).toBeUndefined();
  });

  test.each([
    ['review', ['rejected', 'cancelled', 'expired']],
    ['approved', ['stale', 'expired', 'cancelled']],
    ['executing', ['completed', 'failed', 'stuck']],
    ['rolling-back', ['rolled-back', 'stuck']],
  ] as const)('are destroyed with the step that ends their target (%s), and with no other', async (from, ends) => {
    for (const to of ends) {
      const { there, first, second, move } = await kept(store(), from);
      await store().commit([move(first, from, to)]);
      expect(await there(), to).toEqual([false, false, true, true]);
      await store().commit([move(second, from, to)]);
      expect(await store().planSecrets()).toEqual([]);
    }
  });

  test('stay while there is still something to send', async () => {
    const { there, first, move } = await kept(store(), 'review');
    for (const [from, to] of [
      ['review', 'approved'],
      ['approved', 'executing'],
      ['executing', 'rolling-back'],
    ] as const) {
      await store().commit([move(first, from, to)]);
      expect(await there()).toEqual([true, true, true, true]);
    }
  });

  test('stay when the step is refused', async () => {
    const { there, first, move } = await kept(store(), 'review');
    expect((await refusal(store().commit([move(first, 'approved', 'stale')]))).code).toBe('STORE_CONFLICT');
    expect(await there()).toEqual([true, true, true, true]);
  });

  test('are dropped on demand, be there any or not', async () => {
    const { plan, there, second } = await kept(store(), 'review');
    await store().commit([{ kind: 'plan-secret-drop', planId: plan.id, deviceId: second }]);
    expect(await there()).toEqual([true, true, false, false]);
    for (const planId of [plan.id, plan.id, 'none']) await store().commit([{ kind: 'plan-secret-drop', planId }]);
    expect(await store().planSecrets()).toEqual([]);
  });

  test('do not come without their plan, nor twice', async () => {
    const { secrets } = await kept(store(), 'review');
    const [one] = secrets;
    if (!one) throw new Error('none');
    for (const secret of [one, { ...one, ref: 'r', planId: 'pln_none' }])
      expect((await refusal(store().commit([{ kind: 'plan-secret-put', secret }]))).code).toBe('STORE_CONFLICT');
  });
});
