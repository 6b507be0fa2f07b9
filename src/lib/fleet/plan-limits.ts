import { type Actor, isMachine } from '../core/actor.ts';
import { DeniedError } from '../core/errors.ts';
import type { Context } from './context.ts';
import { sweepExpired } from './expire.ts';
import { entry } from './record.ts';

/** States in which a plan waits for somebody. */
const OPEN = ['review', 'approved'] as const;

/**
 * May this actor make another plan now? A program that asks in a loop would bury the one plan that a person should look at. People
 * are not counted: they do not flood themselves.
 * @throws DeniedError, retryable, and in the ledger
 */
export async function requireRoom(context: Context, actor: Actor): Promise<void> {
  if (!isMachine(actor)) return;
  const { openPlans, plansPerMinute } = context.config.policy;
  try {
    context.rates.take('plan', actor.id, plansPerMinute, `${plansPerMinute} plans were made for this client in the last minute.`);
    await sweepExpired(context);
    const open = await context.store.planCount({ author: actor.id, states: OPEN });
    if (open >= openPlans)
      throw new DeniedError(`${open} plans of this client wait for a person already.`, {
        retryable: true,
        hint: 'A person approves or rejects some of them first: routeros-mcp plan list --state review.',
        details: { open, most: openPlans },
      });
  } catch (thrown) {
    if (thrown instanceof DeniedError)
      await context.ledger.commit([], [entry(actor, 'plan.create', 'denied', { details: { code: thrown.code, reason: thrown.message } })]);
    throw thrown;
  }
}
