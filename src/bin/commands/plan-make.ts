import type { Fleet, Intent, PlanResult } from '../../lib/index.ts';
import type { Answer, Context, Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { plannedAnswer } from '../plan-answer.ts';
import { outOf } from '../plan-out.ts';
import { secretValues } from '../plan-secrets.ts';
import { mannerFrom, rolloutFrom, routersOf } from '../routers.ts';
import { listed, pairs, selector } from '../values.ts';

/** The row that is meant, and the row it is placed in front of. */
const where = ({ flags }: Context) => selector('where', flags.text('id'), flags.texts('where'));
const before = ({ flags }: Context) => selector('before', flags.text('before-id'), flags.texts('before'));

/** Plans, says what came of it, and writes it to a file where that was asked for. */
async function made(context: Context, plan: (fleet: Fleet, devices: readonly string[]) => Promise<PlanResult>): Promise<Answer> {
  const { flags, io, operator } = context;
  const out = outOf(context);
  const { fleet } = await operator();
  const result = await plan(fleet, await routersOf(context, fleet));
  const answer = plannedAnswer(io, result, { calls: flags.on('calls'), changes: flags.on('detailed-exitcode') });
  return result.view ? out(result.view.plan, answer) : answer;
}

async function planned(context: Context, intent: Intent): Promise<Answer> {
  const rollout = rolloutFrom(context);
  const summary = context.flags.text('summary');
  const request = { intents: [intent], ...mannerFrom(context), ...(summary === undefined ? {} : { summary }) };
  return made(context, (fleet, devices) => {
    const [device] = devices;
    if (device !== undefined && devices.length === 1) return fleet.plan({ ...request, device });
    return fleet.planMany({ ...request, devices, ...(rollout && { rollout }) });
  });
}

export const planSet: Run = async (context) => {
  const [capability = '', ...words] = context.args;
  const open = pairs(words, 'value');
  const unset = listed(context.flags.texts('unset'));
  const values = { ...open, ...(await secretValues(context, open)) };
  if (Object.keys(values).length === 0 && unset.length === 0) {
    throw new UsageError(
      'Nothing is to be set.',
      `For example routeros-mcp plan set ${capability} --device NAME comment="uplink", --unset FIELD, or --secret FIELD.`,
    );
  }
  const row = where(context);
  return planned(context, { verb: 'set', capability, values, ...(row ? { where: row } : {}), ...(unset.length > 0 ? { unset } : {}) });
};

export const planAdd: Run = async (context) => {
  const [capability = '', ...words] = context.args;
  const place = before(context);
  const open = pairs(words, 'value');
  const values = { ...open, ...(await secretValues(context, open)) };
  return planned(context, { verb: 'add', capability, values, ...(place ? { before: place } : {}) });
};

export const planRemove: Run = async (context) =>
  planned(context, { verb: 'remove', capability: context.args[0] ?? '', where: row(context) });

export const planMove: Run = async (context) => {
  const place = before(context);
  return planned(context, { verb: 'move', capability: context.args[0] ?? '', where: row(context), ...(place ? { before: place } : {}) });
};

function row(context: Context) {
  const found = where(context);
  if (found) return found;
  throw new UsageError('No row is named.', "Name it with --id '*3', or with --where FIELD=VALUE.");
}

export const planRecipe: Run = async (context) => {
  const [recipe = '', ...words] = context.args;
  const input = pairs(words, 'value');
  const rollout = rolloutFrom(context);
  const manner = mannerFrom(context);
  return made(context, (fleet, devices) => {
    const [device] = devices;
    // Of one router the error is its own; only a plan for many takes a manner beside a recipe.
    if (device !== undefined && devices.length === 1 && Object.keys(manner).length === 0)
      return fleet.planRecipe({ device, recipe, input });
    return fleet.planMany({ devices, recipe, input, ...manner, ...(rollout && { rollout }) });
  });
};

export const planRollback: Run = async (context) => {
  const { args, flags, io, operator } = context;
  const out = outOf(context);
  const { fleet } = await operator();
  const result = await fleet.rollback(args[0] ?? '');
  const answer = plannedAnswer(io, result, { calls: flags.on('calls'), changes: flags.on('detailed-exitcode') });
  return result.view ? out(result.view.plan, answer) : answer;
};
