import type { Command } from './command.ts';
import { COMMON, FLAGS, type FlagName } from './flags.ts';

const NAME = 'routeros-mcp';

/** `routeros-mcp plan set <capability> [field=value...]` */
export function usageOf(command: Command): string {
  const args = command.args.map(({ name, optional, rest }) => {
    const shown = rest ? `${name}...` : name;
    return optional ? `[${shown}]` : `<${shown}>`;
  });
  return [NAME, ...command.words, ...args].join(' ');
}

/** `-q, --quiet` or `--device NAME` */
export function flagHead(name: FlagName): string {
  const { short, value } = FLAGS[name];
  return `${short ? `-${short}, ` : ''}--${name}${value === undefined ? '' : ` ${value}`}`;
}

/** Help for the words that were given: one command, a group, or all of it. */
export function helpFor(words: readonly string[], commands: readonly Command[]): string {
  const below = commands.filter((command) => words.every((word, index) => command.words[index] === word));
  const exact = words.length > 0 ? below.find((command) => command.words.length === words.length) : undefined;
  if (exact) return commandHelp(exact);
  return below.length > 0 ? overview(words, below) : overview([], commands);
}

function overview(words: readonly string[], commands: readonly Command[]): string {
  const lines = commands.map((command): readonly [string, string] => [
    usageOf(command).slice(NAME.length + 1) || '(no command)',
    command.about,
  ]);
  const head = words.length > 0 ? [] : ['Transactional control plane for fleets of MikroTik RouterOS v7 routers.', ''];
  return [
    ...head,
    `Usage: ${[NAME, ...words].join(' ')} <command> [flags]`,
    '',
    'Commands',
    ...aligned(lines),
    '',
    'Flags of every command',
    ...flagLines(COMMON),
    '',
    `More on one: ${[NAME, ...words].join(' ')} <command> --help`,
  ].join('\n');
}

export const section = (title: string, lines: readonly string[]): readonly string[] => (lines.length > 0 ? ['', title, ...lines] : []);

function commandHelp(command: Command): string {
  return [
    command.about,
    '',
    `Usage: ${usageOf(command)} [flags]`,
    ...section('', command.notes ?? []).slice(1),
    ...section('Arguments', aligned(command.args.map(({ name, about }): readonly [string, string] => [name, about]))),
    ...section('Flags', flagLines(command.flags)),
    ...section('Flags of every command', flagLines(COMMON)),
    ...section(
      'Examples',
      command.examples.map((example) => `  ${example}`),
    ),
  ].join('\n');
}

export const flagLines = (names: readonly FlagName[]): readonly string[] =>
  aligned(names.filter((name) => !FLAGS[name].hidden).map((name): readonly [string, string] => [flagHead(name), FLAGS[name].about]));

export function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`);
}
