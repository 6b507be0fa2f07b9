import { type Recipe, snake } from '../../lib/index.ts';
import type { Params } from '../schema.ts';
import { defineTool, PLANS, type Tool } from '../tool.ts';
import { nothingToDo, PLAN_OUTPUT, planAnswer } from '../view/plan.ts';
import { fieldParams } from './fields.ts';
import { deviceParam } from './read.ts';

/** The tool that plans a fleet task from a recipe. */
export function recipeTool(recipe: Recipe, name: string): Tool {
  const names = Object.keys(recipe.input);
  const params: Params = { device_id: deviceParam, ...fieldParams(recipe.input, names) };
  return defineTool({
    name,
    title: `Plan: ${recipe.title}`,
    description: `Plans a task on one router: ${recipe.about}\nUse when these belong together; a person approves the plan in the terminal, then apply_plan runs it.`,
    params,
    output: PLAN_OUTPUT,
    annotations: PLANS,
    tier: 'professional',
    topic: 'plan',
    handler: async (args, { fleet }) => {
      const input = Object.fromEntries(names.flatMap((field) => (args[snake(field)] === undefined ? [] : [[field, args[snake(field)]]])));
      const { view } = await fleet.planRecipe({ device: String(args['device_id']), recipe: recipe.id, input });
      return view ? planAnswer(view, { applied: false }) : nothingToDo();
    },
  });
}
