import type { Device } from '../device/device.ts';
import type { Outcome } from '../plan/types.ts';
import type { StoreWrite } from '../store/store.ts';
import type { Context } from './context.ts';
import { entry, SYSTEM } from './record.ts';

const ACTIVE = ['executing', 'paused', 'rolling-back'] as const;

/**
 * Runs whose process died in the middle. Whoever holds the lease knows that nobody else is at work, so what still claims to be
 * executing on this router is not. It is `stuck`: nobody has read back what it left behind.
 */
export async function closeAbandoned(context: Context, device: Device): Promise<void> {
  for (const state of ACTIVE) {
    for (const { plan } of await context.store.plans({ state, deviceId: device.id })) {
      const target = plan.targets.find((one) => one.deviceId === device.id);
      const outcome: Outcome = {
        state: 'stuck',
        summary: 'The process that applied this plan ended in the middle: a person must look at the router.',
        hint: 'Compare the journal of the plan with the router.',
        checks: [],
        left: target?.changes ?? [],
        drift: [],
        at: context.store.now(),
      };
      const move: StoreWrite = { kind: 'target-move', planId: plan.id, deviceId: device.id, from: state, to: 'stuck', outcome };
      const open = (await context.store.runs(plan.id)).filter((run) => run.endedAt === undefined);
      const ends = open.map((run): StoreWrite => ({ kind: 'run-end', runId: run.id, at: context.store.now() }));
      await context.ledger.commit(
        [move, ...ends],
        [entry(SYSTEM, 'plan.apply', 'unknown', { device, plan: plan.id, details: { state: 'stuck' } })],
      );
    }
  }
}
