import { isEverywhere, may, type Verb } from '../access/may.ts';
import type { Actor } from '../core/actor.ts';
import { DeniedError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import type { Context } from './context.ts';
import { entry } from './record.ts';

/** What the ledger calls an attempt at each. */
const OPERATION: Readonly<Record<Verb, string>> = {
  read: 'router.read',
  load: 'router.run',
  plan: 'plan.create',
  apply: 'plan.apply',
  approve: 'plan.approve',
  reject: 'plan.reject',
  enrol: 'device.add',
};

/**
 * Roles and scope, at the door: a refusal is in the ledger, with its reason, before the caller hears of it.
 * @param idsOrNames routers that are meant; what is not enrolled is left to the verb, which says so
 * @throws DeniedError
 */
export async function requireMay(context: Context, actor: Actor, verb: Verb, idsOrNames: readonly string[] = []): Promise<void> {
  const role = may(actor, verb);
  if (!role.allowed) return refuse(context, actor, verb, role.reason);
  if (isEverywhere(actor)) return;
  for (const one of idsOrNames) {
    const device = await context.store.device(one);
    const there = device && may(actor, verb, device);
    if (there?.allowed === false) return refuse(context, actor, verb, there.reason, device);
  }
}

/** The same for all routers of a plan. */
export async function requireMayPlan(context: Context, actor: Actor, verb: Verb, planId: string): Promise<void> {
  const stored = isEverywhere(actor) ? undefined : await context.store.plan(planId);
  await requireMay(context, actor, verb, stored?.plan.targets.map(({ deviceId }) => deviceId) ?? []);
}

async function refuse(context: Context, actor: Actor, verb: Verb, reason: string, device?: Device): Promise<never> {
  const details = { code: 'DENIED', reason, verb };
  await context.ledger.commit([], [entry(actor, OPERATION[verb], 'denied', { details, ...(device && { device }) })]);
  throw new DeniedError(`Refused: ${reason}.`, { hint: 'Ask somebody who may, or a person to grant it.', details: { verb } });
}
