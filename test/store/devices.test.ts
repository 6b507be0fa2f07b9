import { describe, expect, test } from 'vitest';
import { storeOfEach } from './each.ts';
import { aDevice, aPlan, engines, refusal } from './samples.ts';

for (const engine of engines()) {
  describe(`devices, credentials: ${engine.name}`, () => {
    const store = storeOfEach(engine);

    test('a device is found by id, and by name without regard to case; it comes back equal and frozen', async () => {
      const device = aDevice('Edge-1', { trust: { kind: 'pinned', fingerprint: 'AB:CD', pem: '-----BEGIN' } });
      await store().commit([{ kind: 'device-put', device }]);
      for (const key of [device.id, 'Edge-1', 'edge-1', 'EDGE-1']) expect(await store().device(key)).toEqual(device);
      expect(await store().device('edge')).toBeUndefined();
      const found = await store().device(device.id);
      expect(Object.isFrozen(found) && Object.isFrozen(found?.facts.packages)).toBe(true);
    });

    test('an id is found before a name that looks like it', async () => {
      const first = aDevice('first');
      const second = aDevice(first.id);
      await store().commit([
        { kind: 'device-put', device: second },
        { kind: 'device-put', device: first },
      ]);
      expect((await store().device(first.id))?.name).toBe('first');
    });

    test('devices come in the order of their names', async () => {
      for (const name of ['b', 'C', 'a']) await store().commit([{ kind: 'device-put', device: aDevice(name) }]);
      expect((await store().devices()).map(({ name }) => name)).toEqual(['a', 'b', 'C']);
    });

    test('putting a device again replaces it, and keeps its credential', async () => {
      const device = aDevice('edge-1');
      await store().commit([
        { kind: 'device-put', device },
        { kind: 'credential-put', credential: { deviceId: device.id, sealed: 'v1|a' } },
      ]);
      await store().commit([{ kind: 'device-put', device: { ...device, name: 'core-1', revision: 1 } }]);
      expect(await store().device('edge-1')).toBeUndefined();
      expect((await store().device('core-1'))?.id).toBe(device.id);
      expect(await store().credential(device.id)).toEqual({ deviceId: device.id, sealed: 'v1|a' });
    });

    test.each([
      ['name in another case', { name: 'EDGE-1', hardwareId: 'other' }],
      ['hardware id', { name: 'edge-2', hardwareId: 'HW-edge-1' }],
    ])('a second device with the same %s is refused, and the refusal quotes nothing', async (_, { name, hardwareId }) => {
      await store().commit([{ kind: 'device-put', device: aDevice('edge-1') }]);
      const error = await refusal(store().commit([{ kind: 'device-put', device: aDevice(name, { hardwareId }) }]));
      expect(error.toJSON()).toMatchObject({ code: 'STORE_CONFLICT', details: { write: 0, kind: 'device-put' } });
      expect(JSON.stringify(error)).not.toMatch(/edge|insert|devices\.|UNIQUE/i);
      expect(await store().devices()).toHaveLength(1);
    });

    test('routers whose hardware id nobody knows do not collide', async () => {
      await store().commit(['a', 'b'].map((name) => ({ kind: 'device-put', device: aDevice(name, { hardwareId: '' }) })));
      expect(await store().devices()).toHaveLength(2);
    });

    test('removing a device takes its credential along; removing it again is refused', async () => {
      const device = aDevice('edge-1');
      await store().commit([
        { kind: 'device-put', device },
        { kind: 'credential-put', credential: { deviceId: device.id, sealed: 'v1|a' } },
      ]);
      await store().commit([{ kind: 'device-remove', deviceId: device.id }]);
      expect(await store().device(device.id)).toBeUndefined();
      expect(await store().credential(device.id)).toBeUndefined();
      expect((await refusal(store().commit([{ kind: 'device-remove', deviceId: device.id }]))).code).toBe('STORE_CONFLICT');
    });

    test.each(['executing', 'paused', 'rolling-back'] as const)('a device whose plan is %s cannot be removed', async (state) => {
      const device = aDevice('edge-1');
      await store().commit([
        { kind: 'device-put', device },
        { kind: 'plan-insert', plan: aPlan([device.id]), state },
      ]);
      expect((await refusal(store().commit([{ kind: 'device-remove', deviceId: device.id }]))).code).toBe('STORE_CONFLICT');
      expect(await store().device(device.id)).toBeDefined();
    });

    test('a device with a finished plan can be removed; the plan stays', async () => {
      const device = aDevice('edge-1');
      const plan = aPlan([device.id]);
      await store().commit([
        { kind: 'device-put', device },
        { kind: 'plan-insert', plan, state: 'completed' },
      ]);
      await store().commit([{ kind: 'device-remove', deviceId: device.id }]);
      expect((await store().plan(plan.id))?.plan).toEqual(plan);
    });

    test('a credential belongs to a device, and is replaced by the next', async () => {
      const device = aDevice('edge-1');
      expect((await refusal(store().commit([{ kind: 'credential-put', credential: { deviceId: device.id, sealed: 'v1|a' } }]))).code).toBe(
        'STORE_CONFLICT',
      );
      await store().commit([{ kind: 'device-put', device }]);
      for (const sealed of ['v1|a', 'v1|b'])
        await store().commit([{ kind: 'credential-put', credential: { deviceId: device.id, sealed } }]);
      expect((await store().credential(device.id))?.sealed).toBe('v1|b');
    });
  });
}
