import { type Capability, type Intent, snake } from '../../lib/index.ts';
import { flagParam, type Params, required, textsParam, wordParam } from '../schema.ts';
import { CHANGES, defineTool, PLANS, type Tool, type ToolContext } from '../tool.ts';
import { endedAnswer } from '../view/ended.ts';
import { pairsParam, readPairs, readSelector } from '../view/pairs.ts';
import { nothingToDo, PLAN_OUTPUT, planAnswer } from '../view/plan.ts';
import { fieldParams, hasMore, mainFields } from './fields.ts';
import { intentOf, type Verb, verbsOf } from './intent.ts';
import { deviceParam } from './read.ts';

type Args = Readonly<Record<string, unknown>>;

export const rowParam = pairsParam('The row: *id, or field=value pairs that only it has.', '*1B');
export const beforeParam = pairsParam('The row it goes in front of, as row; left out: the end.', '*1');
const moreParam = pairsParam('Further fields, as field=value (search_capabilities lists them).', 'comment=uplink to core');
export const unsetParam = textsParam({ about: 'Fields to take away.', example: 'comment' });
export const dryRunParam = flagParam('Only plan it.');

/** Arguments of the tools that change a menu: verb, row and fields, as far as the menu has them. */
function changeParams(capability: Capability): Params {
  const [first, ...others] = verbsOf(capability);
  const rows = capability.shape !== 'singleton';
  return {
    device_id: deviceParam,
    ...(first !== undefined && others.length > 0 && { verb: required(wordParam([first, ...others], 'What to do.')) }),
    ...(rows && { row: rowParam }),
    ...(capability.shape === 'ordered' && { before: beforeParam }),
    ...fieldParams(capability.fields, mainFields(capability)),
    ...(hasMore(capability) && { more: moreParam }),
    ...(capability.unset && { unset: unsetParam }),
  };
}

function intentFrom(capability: Capability, args: Args): Intent {
  const verb = verbsOf(capability).find((known) => known === args['verb']) ?? onlyVerb(capability);
  const own = mainFields(capability).flatMap((name) => (args[snake(name)] === undefined ? [] : [[name, args[snake(name)]]]));
  return intentOf(capability, {
    verb,
    values: { ...Object.fromEntries(own), ...readPairs('more', moreParam.read(args['more'])) },
    row: readSelector('row', rowParam.read(args['row'])),
    before: readSelector('before', beforeParam.read(args['before'])),
    unset: unsetParam.read(args['unset']),
  });
}

const onlyVerb = (capability: Capability): Verb => verbsOf(capability)[0] ?? 'set';

/** The tool that plans a change of one menu and sends nothing. */
export function planTool(capability: Capability, name: string): Tool {
  return defineTool({
    name,
    title: `Plan: ${capability.title}`,
    description: `Plans a change of ${capability.menu} on one router.\nUse when it should change; a person approves the plan first.${rowNote(capability)}`,
    params: changeParams(capability),
    output: PLAN_OUTPUT,
    annotations: PLANS,
    tier: 'advanced',
    topic: capability.topic,
    handler: (args, context) => planOnly(context, String(args['device_id']), [intentFrom(capability, args)]),
  });
}

/** The tool that plans a change and applies it at once where a policy rule allows it. */
export function directTool(capability: Capability, name: string): Tool {
  const params: Params = { ...changeParams(capability), dry_run: dryRunParam };
  return defineTool({
    name,
    title: `Change: ${capability.title}`,
    description:
      `Changes ${capability.menu} on one router at once where policy allows it; elsewhere the plan waits for a person.\n` +
      `Use when a small change is wanted on a lab or staging router.${rowNote(capability)}`,
    params,
    output: PLAN_OUTPUT,
    annotations: CHANGES,
    tier: 'advanced',
    topic: capability.topic,
    handler: (args, context) => {
      const intents = [intentFrom(capability, args)];
      const device = String(args['device_id']);
      return args['dry_run'] === true
        ? planOnly(context, device, intents, 'Dry run: nothing was applied.')
        : planAndApply(context, device, intents);
    },
  });
}

const rowNote = ({ key }: Capability): string => (key.length > 0 ? ` Without row, ${key.map(snake).join(' and ')} name the row.` : '');

export async function planOnly({ fleet }: ToolContext, device: string, intents: readonly Intent[], note?: string) {
  const { view } = await fleet.plan({ device, intents });
  return view ? planAnswer(view, { applied: false, ...(note !== undefined && { note }) }) : nothingToDo();
}

async function planAndApply({ fleet, keep, signal }: ToolContext, device: string, intents: readonly Intent[]) {
  signal.throwIfAborted();
  const { view, waitsBecause } = await keep(fleet.direct({ device, intents }));
  if (!view) return nothingToDo();
  if (waitsBecause === undefined) return endedAnswer(view);
  return planAnswer(view, { applied: false, note: `Not applied: ${waitsBecause}.` });
}
