import { type Capability, type Catalog, canAdd, type Field, type Fields, kebab, recipes, views, writableFields } from '../../lib/index.ts';
import { valueWords } from '../parts/value-words.ts';
import { pageNames } from '../screens/device.ts';
import type { AppState } from '../state/app.ts';
import type { Purpose, TextPrompt } from '../state/prompt.ts';
import { COLON_WORDS, SCREEN_WORDS } from './colon.ts';
import { PLAN_WORDS } from './planning-many.ts';

/** What Tab offers at a prompt: whole texts, in the order in which they are offered. */
export function offersFor({ purpose, input }: TextPrompt, state: AppState, catalog: Catalog): readonly string[] {
  const { head, word } = lastWord(input.text);
  const candidates = candidatesFor(purpose, head, word, state, catalog);
  return candidates.filter((one) => one.startsWith(word)).map((one) => head + one);
}

function candidatesFor(purpose: Purpose, head: string, word: string, state: AppState, catalog: Catalog): readonly string[] {
  switch (purpose.kind) {
    case 'command':
      return colonWords(head, word, state, catalog);
    case 'edit':
      return editWords(catalog.capability(purpose.capability), head, word);
    case 'edit-many':
      return manyWords(head, word, state, catalog);
    default:
      return [];
  }
}

/** As after the colon, without what makes no plan; `set` may be left out. */
function manyWords(head: string, word: string, state: AppState, catalog: Catalog): readonly string[] {
  const [first = ''] = head.trim().split(/\s+/);
  if (PLAN_WORDS.includes(first)) return colonWords(head, word, state, catalog);
  const set = colonWords(`set ${head}`, word, state, catalog);
  return first === '' ? [...PLAN_WORDS.map((one) => `${one} `), ...set] : set;
}

function lastWord(text: string): { readonly head: string; readonly word: string } {
  const at = text.lastIndexOf(' ') + 1;
  return { head: text.slice(0, at), word: text.slice(at) };
}

function colonWords(head: string, word: string, state: AppState, catalog: Catalog): readonly string[] {
  const typed = head.trim().split(/\s+/).filter(Boolean);
  const [first = '', second = ''] = typed;
  if (typed.length === 0) return [...SCREEN_WORDS, ...COLON_WORDS, ...pageNames(catalog)];
  const verb = ['set', 'add', 'remove', 'move'].includes(first);
  if (verb && typed.length > 1) {
    const capability = catalog.capabilities.find(({ id }) => id === second);
    return capability ? fieldWords(capability, head, word) : [];
  }
  if (verb) return catalog.capabilities.filter(({ shape }) => shape !== 'table').map(({ id }) => `${id} `);
  if (first === 'recipe' && typed.length > 1) return inputWords(recipes.find(({ id }) => id === second)?.input);
  if (first === 'recipe') return recipes.map(({ id }) => `${id} `);
  if (first === 'view' && typed.length > 1) return [...inputWords(views.find(({ id }) => id === second)?.input), ...deviceNames(state)];
  if (first === 'view') return views.map(({ id }) => id);
  if (first === 'run' && typed.length > 1) return inputWords(catalog.actions.find(({ id }) => id === second)?.args);
  if (first === 'run') return catalog.actions.map(({ id }) => id);
  if (first === 'resolve') return typed.length === 1 ? ['pre', 'post', 'accept'] : deviceNames(state);
  if (['pause', 'resume', 'cancel'].includes(first)) return [];
  if (first === 'plan') return (state.plans ?? []).map(({ plan }) => plan.id);
  return deviceNames(state);
}

const deviceNames = ({ devices }: AppState): readonly string[] => (devices ?? []).map(({ name }) => name).sort();
const inputWords = (fields: Fields = {}): readonly string[] => Object.keys(fields).map((name) => `${kebab(name)}=`);

function editWords(capability: Capability, head: string, word: string): readonly string[] {
  const verbs =
    capability.shape === 'singleton'
      ? []
      : ['set ', ...(canAdd(capability) ? ['add ', 'remove'] : []), ...(capability.shape === 'ordered' ? ['move '] : [])];
  return [...fieldWords(capability, head, word), ...(head.trim() === '' ? verbs : [])];
}

/** Names of fields not given yet; behind `=`, the words the field knows. */
function fieldWords(capability: Capability, head: string, word: string): readonly string[] {
  const at = word.indexOf('=');
  if (at > 0) return valueWords(fieldOfWord(capability, word)).map((value) => `${word.slice(0, at)}=${value}`);
  const given = new Set(head.split(/\s+/).map((part) => part.split('=')[0]));
  return writableFields(capability)
    .map(kebab)
    .filter((name) => !given.has(name))
    .map((name) => (word.startsWith('!') ? `!${name}` : `${name}=`));
}

function fieldOfWord(capability: Capability, word: string): Field | undefined {
  const name = word.replace(/^!/, '').split('=')[0] ?? '';
  return Object.entries(capability.fields).find(([key]) => kebab(key) === name || key === name)?.[1];
}

const RESOLVED = { pre: 'it was before the plan', post: 'it was planned', accept: 'it is now' } as const;

/** About what is being typed: what the field means and takes, or what Enter will do. */
export function promptHelp({ purpose, input }: TextPrompt, catalog: Catalog): string {
  switch (purpose.kind) {
    case 'command':
      return commandHelp(input.text, catalog);
    case 'filter':
      return 'words that must occur; a leading ! turns it round. Esc drops the filter';
    case 'approve':
      return 'Esc leaves the plan as it is';
    case 'reject':
      return 'one sentence; whoever made the plan will read it. Esc leaves the plan as it is';
    case 'quit':
      return `${purpose.why} y and Enter quits all the same, Esc stays`;
    case 'call-off':
      return 'no more routers are started, and what is not confirmed yet is taken back. Esc lets it go on';
    case 'resolve':
      return `it is closed as ${RESOLVED[purpose.as]}. Esc leaves it stuck`;
    case 'edit-many':
      return 'CAPABILITY field=value ..., add CAPABILITY ..., recipe NAME ...; where:FIELD=VALUE names a row; Enter makes one plan';
    case 'edit': {
      const field = fieldOfWord(catalog.capability(purpose.capability), lastWord(input.text).word);
      if (!field) return 'field=value ..., Tab names the fields, Enter makes a plan; nothing changes yet';
      return `${field.traits.about} Takes ${field.kind.allowed}, such as ${field.kind.example}`;
    }
  }
}

/** What Enter would open, as soon as it is named. */
function commandHelp(text: string, catalog: Catalog): string {
  const [first = '', second = ''] = text.trim().split(/\s+/);
  const view = first === 'view' ? views.find(({ id }) => id === second) : undefined;
  const page = view ?? catalog.capabilities.find(({ id }) => id === first);
  // One line, whatever is typed: what is above must not jump.
  return page ? `${page.title}: Enter opens it, Tab goes on` : 'Tab completes, Enter goes, Esc leaves';
}
