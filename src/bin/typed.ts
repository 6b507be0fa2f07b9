import type { Command } from './command.ts';
import { FLAGS, type FlagName, isFlagName } from './flags.ts';

/** A command line as far as it is typed. Nothing is refused: it may be wrong, and it may not be finished. */
export interface Typed {
  readonly words: readonly string[];
  readonly flags: readonly { readonly name: FlagName; readonly value: string }[];
  /** The flag at the end whose value is still to come. */
  readonly waiting: FlagName | undefined;
  /** Behind `--` nothing is a flag. */
  readonly ended: boolean;
}

export function readTyped(argv: readonly string[]): Typed {
  const end = argv.indexOf('--');
  const words: string[] = [];
  const flags: { readonly name: FlagName; readonly value: string }[] = [];
  let waiting: FlagName | undefined;
  for (const token of end < 0 ? argv : argv.slice(0, end)) {
    const { name, value } = flagOf(token);
    if (waiting !== undefined) {
      flags.push({ name: waiting, value: token });
      waiting = undefined;
    } else if (name === undefined) {
      if (!token.startsWith('-')) words.push(token);
    } else if (FLAGS[name].value === undefined || value !== undefined) flags.push({ name, value: value ?? '' });
    else waiting = name;
  }
  return { words: end < 0 ? words : [...words, ...argv.slice(end + 1)], flags, waiting: end < 0 ? waiting : undefined, ended: end >= 0 };
}

/** `--name` and `--name=value`; names that no flag has are nothing. */
export function flagOf(token: string): { readonly name?: FlagName; readonly value?: string } {
  const [, name = '', value] = /^--([\w-]+)(?:=(.*))?$/s.exec(token) ?? [];
  if (!isFlagName(name)) return {};
  return value === undefined ? { name } : { name, value };
}

/** The command that the first words name, the longest one; none of them names the command without words. */
export const commandOf = (words: readonly string[], commands: readonly Command[]): Command | undefined =>
  commands
    .filter((command) => command.words.length > 0 && command.words.every((word, at) => words[at] === word))
    .sort((a, b) => b.words.length - a.words.length)[0];
