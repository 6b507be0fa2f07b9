import type { Driver } from './driver.ts';
import { build } from './schema.ts';
import type { Step } from './step.ts';
import type { SealedPlanSecret } from './store.ts';

/** Secret values of plans, sealed, from the making of a plan to its end. */

export const putPlanSecret = ({ ref, planId, deviceId, sealed }: SealedPlanSecret): readonly Step[] => [
  build.insertInto('plan_secrets').values({ ref, plan_id: planId, device_id: deviceId, sealed }),
];

/** Most plans have none: that nothing was there to be destroyed is no conflict. */
export function dropPlanSecrets(planId: string, deviceId: string | undefined): readonly Step[] {
  const all = build.deleteFrom('plan_secrets').where('plan_id', '=', planId);
  const some = deviceId === undefined ? all : all.where('device_id', '=', deviceId);
  return [{ compile: () => some.compile(), rows: 'any' }];
}

export function readPlanSecret(driver: Driver, ref: string): SealedPlanSecret | undefined {
  const [row] = driver.all(build.selectFrom('plan_secrets').selectAll().where('ref', '=', ref).compile());
  return row && Object.freeze({ ref: row.ref, planId: row.plan_id, deviceId: row.device_id, sealed: row.sealed });
}

export const readPlanSecretOwners = (driver: Driver): readonly string[] =>
  driver.all(build.selectFrom('plan_secrets').select('plan_id').distinct().orderBy('plan_id').compile()).map((row) => row.plan_id);
