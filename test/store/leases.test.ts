import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lease, StoreWrite } from '../../src/lib/store/store.ts';
import { storeOfEach } from './each.ts';
import { engines, refusal } from './samples.ts';

const take = (holder: string, at: number, until: number) => ({ kind: 'lease-take', deviceId: 'd1', holder, at, until }) as const;

/** The rules of a lease, as plainly as they can be said. */
function model(): { readonly apply: (write: StoreWrite) => boolean; readonly lease: () => Lease | undefined } {
  let holder: string | undefined;
  let fence = 0;
  let until = 0;
  return {
    lease: () => (holder === undefined ? undefined : { deviceId: 'd1', holder, fence, until }),
    apply: (write) => {
      if (write.kind === 'lease-take') {
        if (holder !== undefined && holder !== write.holder && until > write.at) return false;
        if (holder !== write.holder) fence += 1;
        holder = write.holder;
        until = write.until;
        return true;
      }
      if (write.kind !== 'lease-renew' && write.kind !== 'lease-release') throw new Error('no lease');
      if (holder !== write.holder) return false;
      if (write.kind === 'lease-renew') until = write.until;
      else holder = undefined;
      return true;
    },
  };
}

const holders = fc.constantFrom('a', 'b', 'c');
const times = fc.integer({ min: 0, max: 20 });
const steps: fc.Arbitrary<StoreWrite> = fc.oneof(
  fc.record({ kind: fc.constant('lease-take' as const), deviceId: fc.constant('d1'), holder: holders, at: times, until: times }),
  fc.record({ kind: fc.constant('lease-renew' as const), deviceId: fc.constant('d1'), holder: holders, until: times }),
  fc.record({ kind: fc.constant('lease-release' as const), deviceId: fc.constant('d1'), holder: holders }),
);

for (const engine of engines()) {
  describe(`leases: ${engine.name}`, () => {
    const store = storeOfEach(engine);

    test('a lease is held until its end and not a moment longer; each new holder has a higher fence', async () => {
      expect(await store().lease('d1')).toBeUndefined();
      await store().commit([take('a', 0, 100)]);
      expect((await refusal(store().commit([take('b', 99, 200)]))).toJSON()).toMatchObject({
        code: 'STORE_CONFLICT',
        details: { write: 0, kind: 'lease-take' },
      });
      await store().commit([take('b', 100, 200)]);
      expect(await store().lease('d1')).toEqual({ deviceId: 'd1', holder: 'b', fence: 2, until: 200 });
    });

    test('who is not the holder neither renews nor releases', async () => {
      await store().commit([take('a', 0, 100)]);
      for (const kind of ['lease-renew', 'lease-release'] as const) {
        expect((await refusal(store().commit([{ kind, deviceId: 'd1', holder: 'b', until: 900 }]))).code).toBe('STORE_CONFLICT');
        expect((await refusal(store().commit([{ kind, deviceId: 'd2', holder: 'a', until: 900 }]))).code).toBe('STORE_CONFLICT');
      }
      expect(await store().lease('d1')).toEqual({ deviceId: 'd1', holder: 'a', fence: 1, until: 100 });
    });

    test('the fence outlives a release', async () => {
      await store().commit([take('a', 0, 100), { kind: 'lease-release', deviceId: 'd1', holder: 'a' }]);
      expect(await store().lease('d1')).toBeUndefined();
      await store().commit([take('a', 0, 100)]);
      expect((await store().lease('d1'))?.fence).toBe(2);
    });

    test('any history of takes, renewals and releases ends as the rules say', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(steps, { maxLength: 25 }), async (history) => {
          const own = await engine.open();
          const rules = model();
          for (const write of history) {
            const before = await own.lease('d1');
            const taken = await own.commit([write]).then(
              () => true,
              () => false,
            );
            expect(taken).toBe(rules.apply(write));
            const after = await own.lease('d1');
            expect(after).toEqual(rules.lease());
            if (before && after && before.holder !== after.holder) expect(after.fence).toBeGreaterThan(before.fence);
          }
          await own.close();
        }),
        { numRuns: engine.name === 'memory' ? 100 : 25 },
      );
    });
  });
}
