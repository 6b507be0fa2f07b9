import { nearest } from '../lib/core/nearest.ts';
import { type Argv, spelled } from './argv.ts';
import type { Command } from './command.ts';
import { UsageError } from './failure.ts';
import { COMMON, FLAGS, type FlagName } from './flags.ts';
import { usageOf } from './help.ts';

/** The command that the words name, with the values of its arguments. Words and flags that it does not have are refused. */
export function findCommand(argv: Argv, commands: readonly Command[]): { readonly command: Command; readonly args: readonly string[] } {
  const { words } = argv;
  const starts = (command: Command): boolean => command.words.every((word, index) => words[index] === word);
  const command = commands.filter(starts).sort((a, b) => b.words.length - a.words.length)[0];
  if (!command || (command.words.length === 0 && words.length > 0)) throw unknownWord(words, commands);
  const args = words.slice(command.words.length);
  checkArgs(command, args);
  checkFlags(command, argv);
  return { command, args };
}

function unknownWord(words: readonly string[], commands: readonly Command[]): UsageError {
  const inside = (depth: number): readonly Command[] =>
    commands.filter((one) => words.slice(0, depth).every((word, at) => one.words[at] === word));
  let depth = 0;
  while (depth < words.length && inside(depth + 1).length > 0) depth += 1;
  const next = [...new Set(inside(depth).flatMap((one) => one.words[depth] ?? []))];
  const said = words.slice(0, depth).join(' ');
  const choice = `Use one of: ${next.join(', ')}.`;
  const word = words[depth];
  if (word === undefined) return new UsageError(`${said} alone is not a command.`, choice, { allowed: next });
  const like = nearest(word, next);
  return new UsageError(
    `There is no command ${said === '' ? '' : `${said} `}${spelled(word)}.`,
    like ? `Did you mean ${said === '' ? '' : `${said} `}${like}? ${choice}` : choice,
    { ...(like ? { nearest: like } : {}), allowed: next },
  );
}

function checkArgs(command: Command, args: readonly string[]): void {
  const missing = command.args.slice(args.length).find(({ optional }) => !optional);
  const how = `Usage: ${usageOf(command)} [flags]`;
  if (missing) throw new UsageError(`${command.words.join(' ')} needs <${missing.name}>: ${missing.about}`, how);
  const extra = command.args.some(({ rest }) => rest) ? undefined : args[command.args.length];
  if (extra !== undefined) throw new UsageError(`${command.words.join(' ')} does not take ${spelled(extra)}.`, how);
}

function checkFlags(command: Command, { given, flags }: Argv): void {
  const known = [...command.flags, ...COMMON];
  const foreign = given.find((name) => !known.includes(name));
  if (foreign) throw foreignFlag(command, foreign);
  const twice = given.find((name) => FLAGS[name].many === 'some' && !command.several?.includes(name) && flags.texts(name).length > 1);
  if (twice) throw new UsageError(`--${twice} is given twice.`, 'Give it once.');
}

function foreignFlag(command: Command, foreign: FlagName): UsageError {
  const names = command.flags.filter((name) => !FLAGS[name].hidden);
  const like = nearest(foreign, names);
  const all = names.length > 0 ? `It takes: ${names.map((name) => `--${name}`).join(', ')}.` : 'It takes the common flags only.';
  return new UsageError(
    `${command.words.join(' ') || 'routeros-mcp'} has no flag --${foreign}.`,
    like ? `Did you mean --${like}? ${all}` : all,
    {
      ...(like ? { nearest: `--${like}` } : {}),
    },
  );
}
