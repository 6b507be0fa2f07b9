import type { Field, Fields } from '../lib/index.ts';
import type { Arg, Command } from './command.ts';
import { deviceNames, files, recordings } from './complete-names.ts';
import { COMMON, FLAGS, type FlagName } from './flags.ts';
import { isNoun, type Offer } from './offer.ts';
import { COMMANDS } from './table.ts';
import { commandOf, flagOf, readTyped, type Typed } from './typed.ts';

/** A person waits with a finger on Tab: what takes longer (ms) is not said. */
const PATIENCE = 2_000;

/** What could stand where the last word stands, one a line. Whatever goes wrong, nothing else is printed. */
export async function printCandidates(words: readonly string[]): Promise<void> {
  const silent = (): never => process.exit(0);
  process.removeAllListeners('warning');
  process.on('uncaughtException', silent);
  process.on('unhandledRejection', silent);
  process.stdout.on('error', silent);
  setTimeout(silent, PATIENCE).unref();
  const found = await candidates(words).catch(() => []);
  if (found.length === 0) silent();
  process.stdout.write(`${found.join('\n')}\n`, silent);
}

/** Only what a shell can show and take as one word. */
const WHOLE = /^[^\s\p{C}]+$/u;

export async function candidates(words: readonly string[]): Promise<readonly string[]> {
  const word = words.at(-1) ?? '';
  const typed = readTyped(words.slice(0, -1));
  const all = await offered(word, typed);
  return [...new Set(all)].filter((one) => one.startsWith(word) && WHOLE.test(one));
}

async function offered(word: string, typed: Typed): Promise<readonly string[]> {
  const command = commandOf(typed.words, COMMANDS);
  const place: Place = { command, typed, word };
  if (typed.waiting !== undefined) return named(FLAGS[typed.waiting].offer, place);
  const { name, value } = typed.ended ? {} : flagOf(word);
  if (name !== undefined && value !== undefined) {
    return (await named(FLAGS[name].offer, { ...place, word: value })).map((one) => `--${name}=${one}`);
  }
  if (word.startsWith('-') && !typed.ended) return flagsOf(place);
  const next = COMMANDS.filter((one) => typed.words.every((said, at) => one.words[at] === said)).flatMap(
    (one) => one.words[typed.words.length] ?? [],
  );
  const arg = command && argOf(command, typed.words.length - command.words.length);
  return [...next, ...(await named(arg?.offer, place))];
}

const argOf = ({ args }: Command, at: number): Arg | undefined => args[at] ?? args.findLast(({ rest }) => rest);

interface Place {
  readonly command: Command | undefined;
  readonly typed: Typed;
  /** The word, or the part of it that is completed. */
  readonly word: string;
}

/** Flags of the command that were not given, or may be given again. Without a command only those of every command. */
function flagsOf({ command, typed }: Place): readonly string[] {
  const free = typed.words.length === 0 ? COMMANDS.find(({ words }) => words.length === 0) : undefined;
  const names: readonly FlagName[] = [...((command ?? free)?.flags ?? []), ...COMMON];
  const given = typed.flags.map(({ name }) => name);
  const again = (name: FlagName): boolean =>
    FLAGS[name].many === true || (FLAGS[name].many === 'some' && command?.several?.includes(name) === true);
  return names.filter((name) => !FLAGS[name].hidden && (again(name) || !given.includes(name))).map((name) => `--${name}`);
}

async function named(offer: Offer | undefined, place: Place): Promise<readonly string[]> {
  if (offer === undefined) return [];
  if (typeof offer !== 'string') return offer;
  switch (offer) {
    case 'device':
      return deviceNames(place.typed);
    case 'recording':
      return recordings();
    case 'file':
      return files(place.word);
    case 'allowance':
      return (await import('../lib/index.ts')).ALLOWANCES;
    case 'field':
    case 'secret':
    case 'condition':
    case 'field=value':
      return fieldWords(offer, place);
    default: {
      const { namesOf, verbOf } = await import('./catalog-things.ts');
      return place.command ? namesOf(offer, verbOf(place.command)) : [];
    }
  }
}

/** Fields of what the command was given first: their names, and behind `=` the words they know. */
async function fieldWords(offer: 'field' | 'secret' | 'condition' | 'field=value', place: Place): Promise<readonly string[]> {
  const { command, typed, word } = place;
  const noun = command?.args[0]?.offer;
  const id = command && typed.words[command.words.length];
  if (!isNoun(noun) || id === undefined) return [];
  const [{ fieldsOf, thingOf }, { kebab }] = await Promise.all([import('./catalog-things.ts'), import('../lib/index.ts')]);
  const thing = thingOf(noun, id);
  const { given, shown } = fieldsOf(thing);
  const isSecret = (name: string): boolean => given[name]?.traits.secret === true;
  if (offer === 'secret') return Object.keys(given).filter(isSecret).map(kebab);
  const open = Object.fromEntries(Object.entries(given).filter(([name]) => !isSecret(name)));
  const fields = offer === 'field=value' ? open : shown;
  if (offer === 'field') return behindComma(word, Object.keys(fields).map(kebab));
  const at = word.indexOf('=');
  if (at < 0) return unsaid(fields, typed.words).map((name) => `${kebab(name)}=`);
  const name = Object.keys(fields).find((one) => [one, kebab(one)].includes(word.slice(0, at)));
  const value = word.slice(at + 1);
  const isRouter = thing.noun === 'action' && thing.action.peer?.arg === name;
  const words = isRouter ? await deviceNames(typed) : await wordsOf(name === undefined ? undefined : fields[name], value);
  return words.map((one) => `${word.slice(0, at)}=${one}`);
}

async function wordsOf(field: Field | undefined, value: string): Promise<readonly string[]> {
  const { takesSeveral, valueWords } = await import('../tui/parts/value-words.ts');
  const turned = field?.kind.shape.name === 'negatable' && value.startsWith('!') ? '!' : '';
  const words = takesSeveral(field) ? behindComma(value.slice(turned.length), valueWords(field)) : valueWords(field);
  return words.map((one) => turned + one);
}

/** Fields that were not given a value yet. */
function unsaid(fields: Fields, words: readonly string[]): readonly string[] {
  const said = new Set(words.map((word) => plain(word.split('=', 1)[0] ?? '')));
  return Object.keys(fields).filter((name) => !said.has(plain(name)));
}

const plain = (name: string): string => name.replaceAll('-', '').toLowerCase();

/** In `a,b` the last part is completed, with what is not in it yet. */
function behindComma(word: string, words: readonly string[]): readonly string[] {
  const head = word.slice(0, word.lastIndexOf(',') + 1);
  const had = head.split(',');
  return words.filter((one) => !had.includes(one)).map((one) => head + one);
}
