import { type Recipe, snake } from '../../lib/index.ts';
import { type Params, required } from '../schema.ts';
import { type Answer, CHANGES, defineTool, PLANS, type Tool, type ToolContext } from '../tool.ts';
import { endedAnswer } from '../view/ended.ts';
import { nothingToDo, PLAN_OUTPUT, planAnswer } from '../view/plan.ts';
import { inputParams } from './fields.ts';
import type { Manner } from './manner.ts';
import { dryRunParam } from './plan.ts';
import { deviceParam, lowerFirst } from './read.ts';
import { routersOf, routersParam } from './routers.ts';

/** The tool that plans a fleet task from a recipe; a direct one applies it at once where a policy rule allows that. */
export function recipeTool(recipe: Recipe, name: string): Tool {
  const names = Object.keys(recipe.input);
  const direct = recipe.direct === true;
  const params: Params = {
    ...(direct ? { device_id: deviceParam } : { device_ids: required(routersParam) }),
    ...inputParams(recipe.input),
    ...(direct && { dry_run: dryRunParam }),
  };
  return defineTool({
    name,
    title: `${direct ? 'Change' : 'Plan'}: ${recipe.title}`,
    description: direct
      ? `At once where policy allows it, else as a plan: ${lowerFirst(recipe.about)}\nUse when that is wanted.`
      : `Plans: ${lowerFirst(recipe.about)}\nUse when that is wanted; a person approves it first.`,
    params,
    output: PLAN_OUTPUT,
    annotations: direct ? CHANGES : PLANS,
    tier: direct ? 'advanced' : 'professional',
    topic: recipe.topic,
    handler: async (args, context) => {
      const input = Object.fromEntries(names.flatMap((field) => (args[snake(field)] === undefined ? [] : [[field, args[snake(field)]]])));
      if (!direct) return planDevices(context, recipe, routersParam.read(args['device_ids']), input);
      const device = String(args['device_id']);
      return args['dry_run'] === true ? planDevices(context, recipe, [device], input) : applyOne(context, recipe, device, input);
    },
  });
}

/** One plan, for one router or for several. */
export async function planDevices(
  { fleet, signal }: ToolContext,
  recipe: Recipe,
  devices: readonly string[] | undefined,
  input: Readonly<Record<string, unknown>>,
  manner: Manner = {},
): Promise<Answer> {
  const [first, ...others] = routersOf(devices);
  signal.throwIfAborted();
  const alone = others.length === 0 && Object.keys(manner).length === 0;
  const request = { recipe: recipe.id, input };
  const { view, unplanned } = alone
    ? await fleet.planRecipe({ ...request, device: first })
    : await fleet.planMany({ ...request, ...manner, devices: [first, ...others] });
  return view ? planAnswer(view, { applied: false, leftOut: unplanned }) : nothingToDo(unplanned);
}

async function applyOne(
  { fleet, keep, signal }: ToolContext,
  recipe: Recipe,
  device: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  signal.throwIfAborted();
  const { view, waitsBecause } = await keep(fleet.direct({ device, recipe: recipe.id, input }));
  if (!view) return nothingToDo();
  if (waitsBecause === undefined) return endedAnswer(view);
  return planAnswer(view, { applied: false, note: `Not applied: ${waitsBecause}.` });
}
