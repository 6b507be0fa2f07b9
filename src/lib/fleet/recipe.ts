import { missingBecause } from '../capability/availability.ts';
import { decodeRow } from '../capability/codec.ts';
import { readCallOf } from '../capability/read-call.ts';
import type { Link, ReadCall, Row } from '../client/types.ts';
import type { Actor } from '../core/actor.ts';
import { InputError, RouterError } from '../core/errors.ts';
import { hostOf } from '../device/address.ts';
import type { Device } from '../device/device.ts';
import type { Place, Rows } from '../recipe/define.ts';
import { type Recipe, recipes } from '../recipe/index.ts';
import { acceptInput } from './accept-input.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { lookAt } from './plan-target.ts';
import type { PlanRequest, RecipeRequest } from './types.ts';

/**
 * What a recipe asks of one router: its input is checked, what it must know of the router is read, and its intents are worked out.
 * They are planned like any others.
 * @throws InputError
 */
export async function recipeRequest(context: Context, actor: Actor, request: RecipeRequest): Promise<PlanRequest> {
  const recipe = requireRecipe(request.recipe);
  const input = acceptInput(recipe.id, recipe.input, request.input);
  const enrolled = await requireDevice(context, request.device);
  const { rows, version } = await rowsFor(context, actor, enrolled, readsOf(recipe, input));
  return {
    device: request.device,
    intents: recipe.intents(input, rows, placeOf(enrolled, version)),
    recipe: recipe.id,
    summary: recipe.summary(input),
    ...(recipe.accepts && { accepts: recipe.accepts(input) }),
  };
}

export function requireRecipe(id: string): Recipe {
  const recipe = recipes.find((one) => one.id === id);
  if (recipe) return recipe;
  throw new InputError('There is no recipe of that name.', {
    code: 'UNKNOWN_CAPABILITY',
    hint: `Use one of: ${recipes.map((one) => one.id).join(', ')}.`,
  });
}

const readsOf = ({ reads = {}, needs }: Recipe, input: Readonly<Record<string, unknown>>): NonNullable<Recipe['reads']> =>
  needs ? Object.fromEntries(needs(input).flatMap((part) => (reads[part] ? [[part, reads[part]]] : []))) : reads;

/** Menus one after the other. One that the router lacks is left out: the recipe knows whether that matters. */
async function rowsFor(
  context: Context,
  actor: Actor,
  enrolled: Device,
  reads: NonNullable<Recipe['reads']>,
): Promise<{ readonly rows: Rows; readonly version: string }> {
  if (Object.keys(reads).length === 0) return { rows: {}, version: enrolled.facts.version };
  const { device, link } = await lookAt(context, actor, enrolled);
  const { version } = device.facts;
  const rows: Record<string, Rows[string]> = {};
  for (const [part, capability] of Object.entries(reads)) {
    if (missingBecause(capability, device.facts) !== undefined) continue;
    const found = await there(link, readCallOf(capability, version));
    if (found)
      rows[part] = found
        .map((row) => decodeRow(capability, row, version))
        .map(({ id, item, dynamic, content, extra }) => ({ id, dynamic, item, content, extra }));
  }
  return { rows, version };
}

async function there(link: Link, call: ReadCall): Promise<readonly Row[] | undefined> {
  try {
    return await link.read(call);
  } catch (thrown) {
    if (thrown instanceof RouterError && thrown.code === 'NO_SUCH_MENU') return undefined;
    throw thrown;
  }
}

function placeOf({ address }: Device, version: string): Place {
  const { protocol, port } = new URL(address);
  const service = protocol === 'https:' ? 'www-ssl' : 'www';
  return { version, host: hostOf(address), port: port === '' ? (service === 'www' ? 80 : 443) : Number(port), service };
}
