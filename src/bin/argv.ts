import meow, { type AnyFlag } from 'meow';
import { nearest } from '../lib/core/nearest.ts';
import { UsageError } from './failure.ts';
import { FLAGS, type FlagName, isFlagName } from './flags.ts';

/** The flags of one call, by name. */
export interface Flags {
  on(name: FlagName): boolean;
  text(name: FlagName): string | undefined;
  texts(name: FlagName): readonly string[];
  /** @throws UsageError for anything but a whole number within the limits */
  whole(name: FlagName, limits: { readonly min: number; readonly max: number }): number | undefined;
}

export interface Argv {
  /** Everything that is no flag, in order. */
  readonly words: readonly string[];
  readonly flags: Flags;
  /** Names of the flags that were given. */
  readonly given: readonly FlagName[];
}

const HELP = 'See routeros-mcp --help.';
const keyOf = (name: FlagName): string => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Words and flags of a command line. Which of them belong to the command is decided when it is known. */
export function parseArgv(argv: readonly string[]): Argv {
  const given = flagsGiven(argv);
  const { input, flags } = meow({
    importMeta: import.meta,
    argv: withDashes(withoutNegations(argv)),
    pkg: { name: 'routeros-mcp' },
    description: false,
    help: '',
    autoHelp: false,
    autoVersion: false,
    booleanDefault: undefined,
    flags: parserFlags(),
  });
  const values: Readonly<Record<string, unknown>> = flags;
  const parsed = flagsOf(values, given);
  for (const name of given) {
    const texts = parsed.texts(name);
    if (FLAGS[name].value !== undefined && (texts.length === 0 || texts.includes(''))) {
      throw new UsageError(`--${name} needs a value: --${name} ${FLAGS[name].value}.`, FLAGS[name].about);
    }
  }
  return { words: input, flags: parsed, given };
}

function parserFlags(): Record<string, AnyFlag> {
  const names = Object.keys(FLAGS)
    .filter(isFlagName)
    .filter((name) => !isNegation(name));
  return Object.fromEntries(
    names.map((name): [string, AnyFlag] => {
      const { value, many, short } = FLAGS[name];
      const shortFlag = short === undefined ? {} : { shortFlag: short };
      if (value === undefined) return [keyOf(name), { type: 'boolean', ...shortFlag }];
      return [keyOf(name), many ? { type: 'string', isMultiple: true, ...shortFlag } : { type: 'string', ...shortFlag }];
    }),
  );
}

/** The parser would take `--no-via` for a value of `--via`: it never sees these, since a switch is on when it was given. */
const isNegation = (token: string): boolean => /^(?:--)?no-/.test(token);

function withoutNegations(argv: readonly string[]): readonly string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  return argv.filter((token, at) => at >= end || !(token.startsWith('--') && isNegation(token)));
}

/** A dash alone (stdin, stdout) is a value where one is due; the parser would take it for a word. */
function withDashes(argv: readonly string[]): readonly string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const takes = (token: string | undefined): boolean => {
    const name = token?.startsWith('--') ? token.slice(2) : '';
    return isFlagName(name) && FLAGS[name].value !== undefined;
  };
  return argv.flatMap((token, at) => {
    if (at < end && token === '-' && takes(argv[at - 1])) return [];
    return [at < end && argv[at + 1] === '-' && takes(token) ? `${token}=-` : token];
  });
}

function flagsOf(values: Readonly<Record<string, unknown>>, given: readonly FlagName[]): Flags {
  const texts = (name: FlagName): readonly string[] => {
    const value = values[keyOf(name)];
    return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  };
  return {
    on: (name) => given.includes(name),
    text: (name) => texts(name)[0],
    texts,
    whole: (name, { min, max }) => {
      const text = texts(name)[0];
      if (text === undefined) return undefined;
      const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      if (number >= min && number <= max) return number;
      throw new UsageError(
        `--${name} takes a whole number from ${min} to ${max}.`,
        `For example --${name} ${Math.max(min, Math.min(max, 3))}.`,
      );
    },
  };
}

/**
 * The flags as they were typed. The parser guesses what an unknown flag means; here it is refused instead, with the
 * flag it was probably meant to be.
 */
function flagsGiven(argv: readonly string[]): readonly FlagName[] {
  const given: FlagName[] = [];
  for (const token of argv) {
    if (token === '--') break;
    if (token.startsWith('--')) given.push(longFlag(token));
    else if (/^-[A-Za-z]/.test(token)) given.push(...[...token.slice(1)].map(shortFlag));
  }
  const twice = given.find((name, index) => FLAGS[name].value !== undefined && !FLAGS[name].many && given.indexOf(name) !== index);
  if (twice) throw new UsageError(`--${twice} is given twice.`, 'Give it once.');
  return [...new Set(given)];
}

function longFlag(token: string): FlagName {
  const name = token.slice(2).split('=', 1)[0] ?? '';
  if (!isFlagName(name)) {
    const names = Object.keys(FLAGS).filter((known) => isFlagName(known) && !FLAGS[known].hidden);
    const like = nearest(name, names);
    throw new UsageError(`There is no flag ${spelled(`--${name}`)}.`, like ? `Did you mean --${like}? ${HELP}` : HELP, {
      ...(like ? { nearest: `--${like}` } : {}),
    });
  }
  if (FLAGS[name].value === undefined && token.includes('=')) throw new UsageError(`--${name} takes no value.`, `Write --${name} alone.`);
  return name;
}

function shortFlag(letter: string): FlagName {
  const name = Object.keys(FLAGS).find((known) => isFlagName(known) && FLAGS[known].short === letter);
  if (name !== undefined && isFlagName(name)) return name;
  throw new UsageError(`There is no flag ${spelled(`-${letter}`)}.`, HELP);
}

/** What somebody typed, safe to print: visible characters only, and not many. */
export const spelled = (text: string): string => {
  const visible = text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?');
  return visible.length > 40 ? `${visible.slice(0, 39)}…` : visible;
};
