import { InputError, kebab, type Recipe } from '../../lib/index.ts';
import { mannerOf, mannerParams } from '../derive/manner.ts';
import { planDevices } from '../derive/recipe.ts';
import { routersParam } from '../derive/routers.ts';
import { required, textParam } from '../schema.ts';
import { defineTool, PLANS, type Tool } from '../tool.ts';
import { pairsParam, readPairs } from '../view/pairs.ts';
import { PLAN_OUTPUT } from '../view/plan.ts';

/** Plans any recipe: the executor for those that have no tool of their own. */
export const planRecipe = (recipes: readonly Recipe[]): Tool =>
  defineTool({
    name: 'plan_recipe',
    title: 'Plan any recipe',
    description:
      'Plans a task from a recipe, for one router or many.\n' +
      'Use when search_capabilities found a recipe that has no tool of its own, or waves or checks of your own are wanted.',
    params: {
      device_ids: required(routersParam),
      recipe: required(
        textParam({ about: 'Id from search_capabilities.', example: '"hardening-baseline"', allowed: 'the id of a recipe', max: 64 }),
      ),
      input: pairsParam('Its arguments, as name=value.', 'comment=office'),
      ...mannerParams,
    },
    output: PLAN_OUTPUT,
    annotations: PLANS,
    tier: 'professional',
    topic: 'plan',
    handler: (args, context) => {
      const recipe = recipes.find((one) => one.id === args.recipe);
      if (!recipe) {
        const allowed = recipes.map(({ id }) => id);
        throw new InputError('There is no recipe of that name.', {
          code: 'UNKNOWN_CAPABILITY',
          hint: `Use one of: ${allowed.join(', ')}.`,
          details: { field: 'recipe', allowed, example: Object.keys(recipes[0]?.input ?? {}).map(kebab) },
        });
      }
      return planDevices(context, recipe, args.device_ids, readPairs('input', args.input), mannerOf(args));
    },
  });
