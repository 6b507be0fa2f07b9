import { recipes } from '../../lib/index.ts';
import { plural } from '../parts/format.ts';
import { capabilityOf } from '../screens/device.ts';
import { ask, type TextPrompt } from '../state/prompt.ts';
import type { Act } from './act.ts';
import { assignments, readEdit, words } from './edit-text.ts';
import { planFrom, wipe } from './planning.ts';

const VERBS: readonly string[] = ['set', 'add', 'remove', 'move'];
/** What a line that makes a plan may begin with. */
export const PLAN_WORDS: readonly string[] = [...VERBS, 'recipe'];

const refuse = (act: Act, text: string): void => act.store.dispatch({ type: 'complain', text });

/** A word that is read as one again. */
export const quoted = (part: string): string => `"${part.replace(/["\\]/g, '\\$&')}"`;

/** e in the fleet: one change for all routers that are marked. */
export function askEditMany(act: Act, deviceIds: readonly string[]): void {
  const label = `plan for ${plural(deviceIds.length, 'marked router')}:`;
  act.store.dispatch({ type: 'ask', prompt: ask({ kind: 'edit-many', deviceIds }, label) });
}

export async function submitEditMany(act: Act, { purpose, input }: TextPrompt): Promise<void> {
  if (purpose.kind !== 'edit-many') return;
  const parts = words(input.text.trim());
  if (!parts) return refuse(act, 'A quote is not closed.');
  await planForMany(act, parts, purpose.deviceIds);
}

/** One plan for several routers: `[set] CAPABILITY field=value ... where:FIELD=VALUE`, or `recipe NAME field=value ...`. */
export async function planForMany(act: Act, parts: readonly string[], devices: readonly string[]): Promise<void> {
  if (act.readOnly !== undefined) return refuse(act, `Read-only: ${act.readOnly}`);
  const [first = ''] = parts;
  const [verb = '', id = '', ...rest] = PLAN_WORDS.includes(first) ? parts : ['set', ...parts];
  if (verb === 'recipe') {
    if (!recipes.some((recipe) => recipe.id === id)) return refuse(act, `Which recipe? ${recipes.map((recipe) => recipe.id).join(', ')}.`);
    return planFrom(act, () => act.fleet.planMany({ devices, recipe: id, input: assignments(rest).values }));
  }
  const capability = capabilityOf(act.catalog, id);
  if (!capability)
    return refuse(act, `${id === '' ? 'What is to be changed?' : `There is no ${id}.`} CAPABILITY field=value ...; Tab lists them.`);
  const read = readEdit(`${verb} ${rest.map(quoted).join(' ')}`, capability, null);
  if (!read.ok && read.wipe) wipe(act);
  if (!read.ok) return refuse(act, read.why);
  await planFrom(act, () => act.fleet.planMany({ devices, intents: [read.intent] }));
}
