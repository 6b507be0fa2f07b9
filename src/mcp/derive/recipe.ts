import { asFleetError, InputError, type Recipe, snake } from '../../lib/index.ts';
import { type Params, required, textsParam } from '../schema.ts';
import { type Answer, CHANGES, defineTool, PLANS, type Tool, type ToolContext } from '../tool.ts';
import { endedAnswer } from '../view/ended.ts';
import { nothingToDo, PLAN_OUTPUT, planAnswer } from '../view/plan.ts';
import { inputParams } from './fields.ts';
import { dryRunParam } from './plan.ts';
import { deviceParam, lowerFirst } from './read.ts';

export const routersParam = textsParam({ about: 'Routers, by id or name; one plan for each.', example: 'edge-01', max: 64 });
/** The reference took as many at once. */
const MOST_ROUTERS = 50;

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
      ? `At once where policy allows it, else as a plan: ${lowerFirst(recipe.about)}\nUse when that is wanted; dry_run shows it first.`
      : `Plans a task: ${lowerFirst(recipe.about)}\nUse when that is wanted; a person approves it, then apply_plan runs it.`,
    params,
    output: PLAN_OUTPUT,
    annotations: direct ? CHANGES : PLANS,
    tier: direct ? 'advanced' : 'professional',
    topic: recipe.topic,
    handler: async (args, context) => {
      const input = Object.fromEntries(names.flatMap((field) => (args[snake(field)] === undefined ? [] : [[field, args[snake(field)]]])));
      if (direct) return planOne(context, recipe, String(args['device_id']), input, args['dry_run'] !== true);
      return planDevices(context, recipe, Array.isArray(args['device_ids']) ? args['device_ids'].map(String) : [], input);
    },
  });
}

/** One router or several: a plan for each. */
export async function planDevices(
  context: ToolContext,
  recipe: Recipe,
  devices: readonly string[],
  input: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const all = [...new Set(devices)];
  const [only] = all;
  if (only === undefined || all.length > MOST_ROUTERS) {
    throw new InputError(`device_ids takes 1 to ${MOST_ROUTERS} routers.`, {
      hint: 'For example device_ids=["edge-01"]; list_devices has them.',
    });
  }
  return all.length === 1 ? planOne(context, recipe, only, input, false) : planEach(context, recipe, all, input);
}

async function planOne(
  context: ToolContext,
  recipe: Recipe,
  device: string,
  input: Readonly<Record<string, unknown>>,
  now: boolean,
): Promise<Answer> {
  const { fleet, keep, signal } = context;
  signal.throwIfAborted();
  const request = { device, recipe: recipe.id, input };
  if (!now) {
    const { view } = await fleet.planRecipe(request);
    return view ? planAnswer(view, { applied: false }) : nothingToDo();
  }
  const { view, waitsBecause } = await keep(fleet.direct(request));
  if (!view) return nothingToDo();
  if (waitsBecause === undefined) return endedAnswer(view);
  return planAnswer(view, { applied: false, note: `Not applied: ${waitsBecause}.` });
}

/** One plan for each router, one after the other; a router that refuses keeps none of the others from its plan. */
async function planEach(
  { fleet, signal }: ToolContext,
  recipe: Recipe,
  devices: readonly string[],
  input: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const plans: Readonly<Record<string, unknown>>[] = [];
  for (const device of devices) {
    signal.throwIfAborted();
    plans.push(await planFor(fleet, recipe, device, input));
  }
  const made = plans.filter((one) => 'plan_id' in one).length;
  const lines = plans.map((one) => `${one['device']}: ${one['plan_id'] ?? one['state'] ?? one['error']}`);
  return {
    data: { planned: made > 0, applied: false, plans },
    text: `${made} plans for ${devices.length} routers. A person approves each in the terminal, then apply_plan runs it.\n${lines.join('\n')}`,
    untrusted: false,
  };
}

async function planFor(fleet: ToolContext['fleet'], recipe: Recipe, device: string, input: Readonly<Record<string, unknown>>) {
  try {
    const { view } = await fleet.planRecipe({ device, recipe: recipe.id, input });
    return view ? { device, plan_id: view.plan.id, risk: view.plan.risk } : { device, state: 'nothing to change' };
  } catch (thrown) {
    const { code, message, hint } = asFleetError(thrown);
    return { device, error: message, code, hint };
  }
}
