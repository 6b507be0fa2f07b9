import { type Action, type Capability, columnsOf, type Field, type Fields, isWritable, kebab } from '../lib/index.ts';
import { fieldsOf, type Thing, takesVerb, thingOf, verbOf } from './catalog-things.ts';
import type { Command } from './command.ts';
import { COMMON } from './flags.ts';
import { aligned, flagLines, section } from './help.ts';
import type { Noun } from './offer.ts';

/**
 * Help for one thing of the catalog: what it is, the fields it has, its tools, and an example made from its own fields.
 * @throws InputError there is nothing of that name
 */
export function catalogHelp(command: Command, noun: Noun, id: string): string {
  const thing = thingOf(noun, id);
  const verb = verbOf(command);
  const { title, about } = declaredOf(thing);
  return [
    title === id ? title : `${title} (${id})`,
    about,
    '',
    `Usage: ${usage(command, thing, verb)} [flags]`,
    ...section('About', aligned(facts(thing, verb))),
    ...section(fieldTitle(thing, verb), fieldLines(thing, verb)),
    ...section('Flags', flagLines(command.flags)),
    ...section('Flags of every command', flagLines(COMMON)),
    ...section(
      'Example',
      examples(command, thing, verb).map((example) => `  ${example}`),
    ),
  ].join('\n');
}

function declaredOf(thing: Thing): { readonly id: string; readonly title: string; readonly about: string } {
  if (thing.noun === 'capability') return thing.capability;
  if (thing.noun === 'action') return thing.action;
  return thing.noun === 'view' ? thing.view : thing.recipe;
}

const takesValues = (thing: Thing, verb: string): boolean =>
  thing.noun === 'capability' ? verb === 'add' || verb === 'set' : Object.keys(fieldsOf(thing).given).length > 0;

const usage = (command: Command, thing: Thing, verb: string): string =>
  ['routeros-mcp', ...command.words, declaredOf(thing).id, '--device NAME', ...(takesValues(thing, verb) ? ['field=value...'] : [])].join(
    ' ',
  );

const WRITES: Readonly<Record<Capability['shape'], string>> = {
  list: 'rows; add, set, remove',
  ordered: 'rows in order; add, set, remove, move',
  singleton: 'one item; set',
  fixed: 'rows of the router; set',
  table: 'read only',
};

type Fact = readonly [name: string, text: string];
const fact = (name: string, text: string | undefined | false): readonly Fact[] => (text ? [[name, text]] : []);
const names = (fields: readonly string[]): string => fields.map(kebab).join(', ');

function facts(thing: Thing, verb: string): readonly Fact[] {
  if (thing.noun === 'capability') return capabilityFacts(thing.capability, verb);
  if (thing.noun === 'action') return actionFacts(thing.action);
  const { tool } = thing.noun === 'view' ? thing.view : thing.recipe;
  const reads =
    thing.noun === 'view'
      ? Object.values(thing.view.parts).map((part) => ('read' in part ? part.read.menu : `${part.run.menu}/${part.run.command}`))
      : Object.values(thing.recipe.reads ?? {}).map(({ menu }) => menu);
  return [...fact('reads', [...new Set(reads)].join(', ')), ...fact('MCP tool', tool ?? 'none of its own')];
}

function capabilityFacts(capability: Capability, verb: string): readonly Fact[] {
  const { menu, shape, key, tool = {}, when, fence } = capability;
  const needs = when && [
    when.package && `package ${when.package}`,
    when.from && `RouterOS ${when.from} or newer`,
    when.until && `RouterOS before ${when.until}`,
  ];
  const tools = Object.entries(tool).map(([use, name]) => `${name} (${use})`);
  return [
    ...fact('menu', `${menu}, ${WRITES[shape]}`),
    ...fact('key', names(key)),
    ...fact('columns', names(columnsOf(capability))),
    ...fact('needs', needs?.filter(Boolean).join(', ')),
    ...fact('allowance', fence && isWritable(capability) && `${fence} for changes, beside the one of their risk`),
    ...fact('MCP tools', tools.join(', ') || `none of its own; ${verb === 'get' ? 'read_capability reads it' : 'plan_change plans it'}`),
    ...fact('note', takesVerb(capability, verb) ? undefined : `plan ${verb} is not for this menu: ${WRITES[shape]}`),
  ];
}

const EFFECTS: Readonly<Record<Action['effect'], string>> = {
  none: 'none: it only answers',
  load: 'load on the router or on a line; the device must allow advanced-writes',
  cache: 'it fills or clears a cache; the device must allow advanced-writes',
};

const actionFacts = ({ menu, command, effect, perMinute, peer, tool }: Action): readonly Fact[] => [
  ...fact('command', `${menu}/${command}`),
  ...fact('effect', EFFECTS[effect]),
  ...fact('limit', perMinute !== undefined && `${perMinute} times a minute on one router`),
  ...fact('peer', peer && `${kebab(peer.arg)} names another router, and both must allow ${peer.allowance}`),
  ...fact('MCP tool', tool ?? 'none of its own'),
];

const fieldTitle = (thing: Thing, verb: string): string =>
  thing.noun === 'capability' && (verb === 'remove' || verb === 'move') ? 'Fields for --where' : 'Fields';

/** Those the command takes; a read shows what the router writes itself, too. */
function fieldLines(thing: Thing, verb: string): readonly string[] {
  const { given, shown } = fieldsOf(thing);
  const fields: Fields = takesValues(thing, verb) ? given : shown;
  if (Object.keys(fields).length === 0) {
    return [thing.noun === 'capability' ? '  As the router writes them: the catalog does not describe this menu.' : '  It takes none.'];
  }
  return aligned3(
    Object.entries(fields).map(([name, field]) => [kebab(name), `${field.kind.allowed}${said(thing, field)}`, field.traits.about] as const),
  );
}

/** What is asked for is given, never read: there only what must be given is worth a word. */
const said = ({ noun }: Thing, field: Field): string =>
  noun === 'capability' ? `; ${access(field)}` : field.traits.required ? '; required' : '';

function access({ traits }: Field): string {
  const { readOnly, required, live, secret, from, until } = traits;
  return [
    readOnly ? 'read' : 'read, write',
    ...(required ? ['required'] : []),
    ...(live ? ['live'] : []),
    ...(secret ? ['secret'] : []),
    ...(from ? [`from ${from}`] : []),
    ...(until ? [`until ${until}`] : []),
  ].join(', ');
}

/** What it is on a line of its own: what a field takes may be long. */
const aligned3 = (rows: readonly (readonly [string, string, string])[]): readonly string[] => {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.flatMap(([name, takes, about]) => [`  ${name.padEnd(width)}  ${about}`, `  ${' '.repeat(width)}  ${takes}`]);
};

const quoted = (text: string): string => (/^[\w.,:/=+@%-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
const pair = (name: string, { kind }: Field): string => quoted(`${kebab(name)}=${kind.example}`);

function examples(command: Command, thing: Thing, verb: string): readonly string[] {
  const start = ['routeros-mcp', ...command.words, declaredOf(thing).id, '--device edge-1'];
  const line = (...more: readonly string[]): string => [...start, ...more].join(' ');
  if (thing.noun !== 'capability') return [line(...needed(fieldsOf(thing).given).map(([name, field]) => pair(name, field)))];
  const { capability } = thing;
  if (!takesVerb(capability, verb)) return [];
  const row = rowOf(capability);
  if (verb === 'get') return [line(), ...(capability.shape === 'singleton' ? [] : [line(...row, ...columns(capability))])];
  if (verb === 'add') return [line(...needed(fieldsOf(thing).given).map(([name, field]) => pair(name, field)))];
  if (verb === 'set') {
    const [name, field] = changed(capability) ?? [];
    const value = name !== undefined && field ? [pair(name, field)] : [];
    return [line(...(capability.shape === 'singleton' ? [] : row), ...value)];
  }
  return [line(...row, ...(verb === 'move' ? ["--before-id '*2'"] : []))];
}

/** What must be given; where nothing must, the first two that can be. */
function needed(fields: Fields): readonly (readonly [string, Field])[] {
  const all = Object.entries(fields).filter(([, { traits }]) => !traits.secret);
  const must = all.filter(([, { traits }]) => traits.required);
  return must.length > 0 ? must : all.slice(0, 2);
}

/** The row is named by its key where it has one. */
function rowOf({ key, fields }: Capability): readonly string[] {
  const where = key.flatMap((name) => {
    const field = fields[name];
    return field && !field.traits.secret ? [`--where ${pair(name, field)}`] : [];
  });
  return where.length > 0 ? where : ["--id '*1'"];
}

const columns = (capability: Capability): readonly string[] => {
  const chosen = columnsOf(capability).slice(0, 3).map(kebab);
  return chosen.length > 0 ? [`--fields ${chosen.join(',')}`] : [];
};

/** A field worth setting: a column that is no part of the key, else whatever can be written. */
function changed({ key, fields }: Capability): readonly [string, Field] | undefined {
  const free = Object.entries(fields).filter(([name, { traits }]) => !traits.readOnly && !traits.secret && !key.includes(name));
  return free.find(([, { traits }]) => traits.column !== undefined) ?? free[0];
}
