import { type Catalog, InputError, type PlanManyRequest } from '../../lib/index.ts';
import { cursorParam } from '../cursor.ts';
import { intentOf, VERBS } from '../derive/intent.ts';
import { mannerOf, mannerParams } from '../derive/manner.ts';
import { beforeParam, rowParam, unsetParam } from '../derive/plan.ts';
import { deviceParam, fieldsParam, limitParam } from '../derive/read.ts';
import { routersOf, routersParam } from '../derive/routers.ts';
import { flagParam, required, textParam, wordParam } from '../schema.ts';
import { type Answer, defineTool, LOOKS, PLANS, type Tool, type ToolContext } from '../tool.ts';
import { pairsParam, readPairs, readSelector } from '../view/pairs.ts';
import { nothingToDo, PLAN_OUTPUT, planAnswer } from '../view/plan.ts';
import { READ_OUTPUT, readAnswer } from '../view/read.ts';

const capabilityParam = required(
  textParam({
    about: 'Id from search_capabilities.',
    example: '"ip-address"',
    allowed: 'the id of a capability (search_capabilities), or for reading the path of a menu such as /ip/kid-control',
    max: 200,
  }),
);

/** Reads any capability: the executor for what has no tool of its own. */
export const readCapability = (catalog: Catalog): Tool =>
  defineTool({
    name: 'read_capability',
    title: 'Read any capability',
    description:
      'Reads any capability, or any other menu by its path, of one router.\nUse when search_capabilities found one that has no read tool of its own, or none at all.',
    params: {
      device_id: deviceParam,
      capability: capabilityParam,
      where: pairsParam('Only rows with these values, as field=value.', 'disabled=no'),
      fields: fieldsParam,
      limit: limitParam,
      cursor: cursorParam,
    },
    output: READ_OUTPUT,
    annotations: LOOKS,
    tier: 'fundamental',
    topic: 'catalog',
    handler: ({ device_id, capability, where, fields, limit, cursor }, { fleet, signal }) =>
      readAnswer(
        fleet,
        { device: device_id, capability: catalog.readable(capability), where: readPairs('where', where), fields, limit, cursor },
        signal,
      ),
  });

/** Plans a change of any capability; still nothing reaches a router before a person has approved. */
export const planChange = (catalog: Catalog): Tool =>
  defineTool({
    name: 'plan_change',
    title: 'Plan any change',
    description:
      'Plans a change of any capability, on one router (device_id) or as one rollout over several (device_ids).\n' +
      'Use when search_capabilities found one that has no plan tool of its own, or several routers are to change. A person approves it.',
    params: {
      device_id: { ...deviceParam, required: false },
      device_ids: routersParam,
      capability: capabilityParam,
      verb: required(wordParam(VERBS, 'What to do.')),
      values: pairsParam('Fields to write, as field=value.', 'servers=1.1.1.1,8.8.8.8'),
      row: rowParam,
      before: beforeParam,
      unset: unsetParam,
      allow_dfs: flagParam('Allow a radar (DFS) channel'),
      ...mannerParams,
    },
    output: PLAN_OUTPUT,
    annotations: PLANS,
    tier: 'advanced',
    topic: 'catalog',
    handler: (args, context) => {
      const intent = intentOf(catalog.capability(args.capability), {
        verb: args.verb,
        values: readPairs('values', args.values),
        row: readSelector('row', args.row),
        before: readSelector('before', args.before),
        unset: args.unset,
      });
      const wish = { intents: [intent], ...mannerOf(args), ...(args.allow_dfs === true && { accepts: ['dfs' as const] }) };
      return planOver(context, routersIn(args.device_id, args.device_ids), wish);
    },
  });

/** One of the two arguments names the routers. */
function routersIn(one: string | undefined, several: readonly string[] | undefined): readonly string[] {
  if (one === undefined) return routersOf(several);
  if (several === undefined) return [one];
  throw new InputError('device_id and device_ids were both given.', { hint: 'Give one of them.', details: { field: 'device_ids' } });
}

async function planOver(
  { fleet, signal }: ToolContext,
  devices: readonly string[],
  wish: Omit<PlanManyRequest, 'devices'>,
): Promise<Answer> {
  const [only, ...others] = devices;
  signal.throwIfAborted();
  const { rollout: _, ...single } = wish;
  const { view, unplanned } =
    only !== undefined && others.length === 0 ? await fleet.plan({ ...single, device: only }) : await fleet.planMany({ ...wish, devices });
  return view ? planAnswer(view, { applied: false, leftOut: unplanned }) : nothingToDo(unplanned);
}
