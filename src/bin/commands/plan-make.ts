import type { Intent } from '../../lib/index.ts';
import type { Answer, Context, Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { plannedAnswer } from '../plan-answer.ts';
import { listed, needed, pairs, selector, WHICH } from '../values.ts';

/** The row that is meant, and the row it is placed in front of. */
const where = ({ flags }: Context) => selector('where', flags.text('id'), flags.texts('where'));
const before = ({ flags }: Context) => selector('before', flags.text('before-id'), flags.texts('before'));

async function planned(context: Context, intent: Intent): Promise<Answer> {
  const { flags, io, operator } = context;
  const device = needed('device', flags.text('device'), WHICH);
  const summary = flags.text('summary');
  const { fleet } = await operator();
  const result = await fleet.plan({ device, intents: [intent], ...(summary === undefined ? {} : { summary }) });
  return plannedAnswer(io, result, { calls: flags.on('calls'), changes: flags.on('detailed-exitcode') });
}

export const planSet: Run = async (context) => {
  const [capability = '', ...words] = context.args;
  const values = pairs(words, 'value');
  const unset = listed(context.flags.texts('unset'));
  if (words.length === 0 && unset.length === 0) {
    throw new UsageError(
      'Nothing is to be set.',
      `For example routeros-mcp plan set ${capability} --device NAME comment="uplink", or --unset FIELD.`,
    );
  }
  const row = where(context);
  return planned(context, { verb: 'set', capability, values, ...(row ? { where: row } : {}), ...(unset.length > 0 ? { unset } : {}) });
};

export const planAdd: Run = async (context) => {
  const [capability = '', ...words] = context.args;
  const place = before(context);
  return planned(context, { verb: 'add', capability, values: pairs(words, 'value'), ...(place ? { before: place } : {}) });
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

export const planRecipe: Run = async ({ args, flags, io, operator }) => {
  const [recipe = '', ...words] = args;
  const device = needed('device', flags.text('device'), WHICH);
  const input = pairs(words, 'value');
  const { fleet } = await operator();
  const result = await fleet.planRecipe({ device, recipe, input });
  return plannedAnswer(io, result, { calls: flags.on('calls'), changes: flags.on('detailed-exitcode') });
};
