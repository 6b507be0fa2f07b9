import { hasFolder } from '../paths.ts';
import { type FieldSchema, versionNumber } from '../schema.ts';
import type { RouterState } from '../state/router.ts';
import { hasMenu, kindOf, menuSchema, rowsOf } from '../state/tables.ts';
import { GLOBAL_COMMANDS, type Signature, type Slot } from './signatures.ts';

/** What the words of a script mean on one router. */
export interface Grammar {
  /** The folder or command a word in a menu stands for: the word itself, or the only one that starts with it. */
  step(menu: string, word: string): Step | undefined;
  signature(menu: string, command: string): Signature;
  below(menu: string): { readonly folders: ReadonlySet<string>; readonly commands: ReadonlySet<string> };
}

export interface Step {
  readonly kind: 'folder' | 'command';
  readonly name: string;
}

const below = (menu: string, name: string): string => (menu === '/' ? `/${name}` : `${menu}/${name}`);

function foldersOf(router: RouterState, menu: string): Set<string> {
  const prefix = menu === '/' ? '/' : `${menu}/`;
  const names = new Set<string>();
  for (const path of [...router.schema.menus, ...router.recording.menus.keys()]) {
    if (!path.startsWith(prefix) || path === '/') continue;
    const name = path.slice(prefix.length).split('/')[0] ?? '';
    if (name !== '' && !names.has(name) && hasFolder(router, below(menu, name))) names.add(name);
  }
  return names;
}

/** What every menu understands, by its kind. */
const ALWAYS = {
  list: ['print', 'get', 'find', 'export'],
  ordered: ['print', 'get', 'find', 'export'],
  singleton: ['print', 'get', 'export'],
};
const UNRECORDED = ['add', 'set', 'remove', 'enable', 'disable', 'comment'];

function commandsOf(router: RouterState, menu: string): Set<string> {
  if (menu === '/') {
    const old = versionNumber(router.version) < versionNumber('7.13');
    return new Set([...Object.keys(GLOBAL_COMMANDS).filter((name) => !old || !SINCE_7_13.has(name)), 'export', 'ping']);
  }
  const schema = menuSchema(router, menu);
  const names = new Set([...(schema?.commands ?? []), 'export']);
  if (!hasMenu(router, menu)) return names;
  const kind = kindOf(router, menu);
  for (const name of kind === 'commands' ? [] : ALWAYS[kind]) names.add(name);
  if (!schema) for (const name of UNRECORDED) names.add(name);
  return names;
}

/** Older consoles do not know these. */
const SINCE_7_13 = new Set(['serialize', 'deserialize', 'onerror']);

function only(names: Iterable<string>, word: string): string | undefined {
  const found = [...names].filter((name) => name.startsWith(word));
  return found.length === 1 ? found[0] : undefined;
}

const FLAGS = new Set(
  'as-value brief count-only detail follow follow-only show-ids stats terse value-list without-paging about bytes'.split(' '),
);
const PRINT_VALUES = new Set(['proplist', 'from', 'interval', 'file', 'group-by', 'append']);
const EXPORT_FLAGS = new Set(['compact', 'verbose', 'terse', 'hide-sensitive', 'show-sensitive']);
/** Fields that hold a script: what is between braces is taken as it stands. */
const SCRIPTS = new Set(['source', 'on-event', 'up-script', 'down-script', 'test-script', 'script', 'lease-script', 'on-up', 'on-down']);
const NUMBERED: Readonly<Record<string, readonly string[]>> = {
  set: ['numbers'],
  remove: ['numbers'],
  enable: ['numbers'],
  disable: ['numbers'],
  'reset-counters': ['numbers'],
  comment: ['numbers', 'comment'],
  move: ['numbers', 'destination'],
  unset: ['numbers', 'value-name'],
};

function slotOf(name: string, field: FieldSchema | undefined): Slot {
  if (field?.kind === 'flag') return 'flag';
  if (field?.kind === 'bool') return 'bool';
  return SCRIPTS.has(name) ? 'text' : 'raw';
}

function writing(router: RouterState, menu: string, command: 'add' | 'set'): Signature {
  const schema = menuSchema(router, menu);
  const positional = command === 'set' && kindOf(router, menu) !== 'singleton' ? ['numbers'] : [];
  const steering = command === 'add' ? ['copy-from', 'place-before'] : positional;
  return {
    positional,
    slot: (name) => {
      if (steering.includes(name)) return 'raw';
      const field = schema?.fields.get(name);
      if (field) return field.access === 'r' || field.access === (command === 'add' ? 's' : 'a') ? undefined : slotOf(name, field);
      if (schema && schema.fields.size > 0) return undefined;
      const seen = name === 'comment' || name === 'disabled' || rowsOf(router, menu).some((row) => Object.hasOwn(row, name));
      return seen ? slotOf(name, undefined) : undefined;
    },
  };
}

function signature(router: RouterState, menu: string, command: string): Signature {
  const known = menu === '/' ? GLOBAL_COMMANDS[command] : undefined;
  if (known) return { positional: known.positional, slot: (name) => known.slots[name] };
  if (command === 'print') {
    return { positional: [], where: true, slot: (name) => (FLAGS.has(name) ? 'flag' : PRINT_VALUES.has(name) ? 'raw' : undefined) };
  }
  if (command === 'find') return { positional: [], where: true, conditions: true, slot: () => undefined };
  if (command === 'export') {
    const since = versionNumber(router.version) < versionNumber('7.13') ? {} : { where: true as const };
    return { positional: [], ...since, slot: (name) => (EXPORT_FLAGS.has(name) ? 'flag' : name === 'file' ? 'raw' : undefined) };
  }
  if (command === 'get') {
    const positional = kindOf(router, menu) === 'singleton' ? ['value-name'] : ['number', 'value-name'];
    return { positional, slot: (name) => (positional.includes(name) ? 'raw' : name === 'as-string' ? 'flag' : undefined) };
  }
  if (command === 'add' || command === 'set') return writing(router, menu, command);
  const numbered = NUMBERED[command];
  if (numbered && hasMenu(router, menu)) return { positional: numbered, slot: (name) => (numbered.includes(name) ? 'raw' : undefined) };
  if (menu === '/log') return { positional: ['message'], slot: (name) => (name === 'message' ? 'raw' : undefined) };
  return { positional: ['numbers'], slot: (name) => (/^(?:once|use-script-permissions)$/.test(name) ? 'flag' : 'raw') };
}

/** Asked for each word of a script, and the same until it is read to its end. */
function remembered<Found>(look: (menu: string) => Found): (menu: string) => Found {
  const known = new Map<string, Found>();
  return (menu) => {
    const found = known.get(menu) ?? look(menu);
    known.set(menu, found);
    return found;
  };
}

export function grammarOf(router: RouterState): Grammar {
  const foldersIn = remembered((menu) => foldersOf(router, menu));
  const commandsIn = remembered((menu) => commandsOf(router, menu));
  return {
    step: (menu, word) => {
      const folders = foldersIn(menu);
      if (folders.has(word)) return { kind: 'folder', name: word };
      const commands = commandsIn(menu);
      if (commands.has(word)) return { kind: 'command', name: word };
      const name = only([...folders, ...commands], word);
      return name === undefined ? undefined : { kind: folders.has(name) ? 'folder' : 'command', name };
    },
    signature: (menu, command) => signature(router, menu, command),
    below: (menu) => ({ folders: foldersIn(menu), commands: commandsIn(menu) }),
  };
}
