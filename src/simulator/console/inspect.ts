import type { Context } from '../context.ts';
import { refuse } from '../errors.ts';
import type { FieldSchema } from '../schema.ts';
import { menuSchema } from '../state/tables.ts';
import { asText } from '../values.ts';
import type { Values } from '../write.ts';
import { type Grammar, grammarOf } from './grammar.ts';

const menuOf = (words: readonly string[]): string => `/${words.join('/')}`;

/** How the console describes what an argument takes. */
function syntaxOf(field: FieldSchema | undefined): string {
  if (!field) return '';
  if (field.kind === 'bool') return 'yes | no';
  if (field.range && field.kind === 'int') return `${field.range[0]}..${field.range[1]}    (integer number)`;
  if (field.range) return `${field.range[0]}..${field.range[1]}    (time interval)`;
  if (field.words.length > 0 && field.kind === 'enum') return field.words.join(' | ');
  return TEXTS[field.kind] ?? 'string value';
}

const TEXTS: Readonly<Record<string, string>> = {
  int: 'integer number',
  time: 'time interval',
  ip: 'A.B.C.D    (IP address)',
  cidr: 'A.B.C.D/M    (IP prefix)',
  mac: 'MAC address',
};

/** The last word of a path may be a command of the menu before it. */
function commandAt(grammar: Grammar, words: readonly string[]): { menu: string; name: string } | undefined {
  const name = words.at(-1) ?? '';
  const menu = menuOf(words.slice(0, -1));
  const step = words.length > 0 ? grammar.step(menu, name) : undefined;
  return step?.kind === 'command' && step.name === name ? { menu, name } : undefined;
}

function children(context: Context, grammar: Grammar, words: readonly string[]): unknown[] {
  const row = (name: string, type: string) => ({ name, 'node-type': type, type: 'child' });
  const command = commandAt(grammar, words);
  if (command) {
    const { fields } = menuSchema(context.router, command.menu) ?? { fields: new Map<string, FieldSchema>() };
    const signature = grammar.signature(command.menu, command.name);
    const names = new Set([...signature.positional, ...fields.keys()]);
    return [...names]
      .filter((name) => signature.slot(name) !== undefined)
      .sort()
      .map((name) => row(name, 'arg'));
  }
  const { folders, commands } = grammar.below(menuOf(words));
  return [...[...folders].sort().map((name) => row(name, 'dir')), ...[...commands].sort().map((name) => row(name, 'cmd'))];
}

/** `POST /rest/console/inspect`: children of a path and the syntax of an argument. A path with slashes gives nothing. */
export function inspect(context: Context, body: Values): unknown {
  const { router } = context;
  const request = asText(body['request'] ?? '', 'request');
  const words = asText(body['path'] ?? '', 'path')
    .split(',')
    .filter(Boolean);
  const grammar = grammarOf(router);
  if (words.some((word) => word.includes('/'))) return [];
  if (request === 'child') return children(context, grammar, words);
  if (request !== 'syntax') throw refuse(`failure: inspect ${request} is not simulated`);
  const command = commandAt(grammar, words.slice(0, -1));
  const name = words.at(-1) ?? '';
  if (!command || grammar.signature(command.menu, command.name).slot(name) === undefined) return [];
  return [
    {
      nested: '0',
      nonorm: 'false',
      symbol: '',
      'symbol-type': 'explanation',
      text: syntaxOf(menuSchema(router, command.menu)?.fields.get(name)),
      type: 'syntax',
    },
  ];
}
