import { type Actor, isMachine, personBehind } from '../core/actor.ts';
import { DeniedError } from '../core/errors.ts';
import type { Context } from './context.ts';
import { sweepExpired } from './expire.ts';
import { entry } from './record.ts';

/** States in which a plan waits for somebody. */
const OPEN = ['review', 'approved'] as const;

/**
 * May this actor make another plan now? A program that asks in a loop would bury the one plan that a person should look at. Programs
 * that act for one person are counted together, whatever they call themselves; people are not counted: they do not flood themselves.
 * @throws DeniedError, retryable, and in the ledger
 */
export async function requireRoom(context: Context, actor: Actor): Promise<void> {
  if (!isMachine(actor)) return;
  const { openPlans, plansPerMinute } = context.config.policy;
  try {
    const person = personBehind(actor);
    context.rates.take('plan', person, plansPerMinute, `${plansPerMinute} plans were made for ${person} by programs in the last minute.`);
    await sweepExpired(context);
    const open = await context.store.planCount({ author: actor, states: OPEN });
    if (open >= openPlans)
      throw new DeniedError(`${open} plans that programs made for ${person} wait already.`, {
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
