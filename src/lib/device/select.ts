import { InputError } from '../core/errors.ts';
import { compareVersions } from '../core/version.ts';
import { type Device, ENVIRONMENTS } from './device.ts';

/** Routers by what they are: all terms must hold. */
export type Selection = readonly Term[];

export interface Term {
  /** `name`, `environment`, `version`, `board`, or else a tag. */
  readonly subject: { readonly kind: 'name' | 'environment' | 'version' | 'board' } | { readonly kind: 'tag'; readonly key: string };
  readonly operator: Operator;
  /** One of them is enough; in names, boards and tags `*` stands for anything. */
  readonly values: readonly string[];
}

const OPERATORS = ['=', '!=', '>=', '<=', '>', '<'] as const;
type Operator = (typeof OPERATORS)[number];

/** Longer than anybody types, and short enough to be looked at for each router. */
const LONGEST = 1_000;
const TERM = /([^\s=<>!"]+)(!=|>=|<=|=|>|<)("[^"]*"|[^\s"]*)(?=\s|$)/y;
const HINT = 'Write key=value, for example: environment=lab role=edge version>=7.16 name=edge-* site="New York".';

/**
 * Reads which routers are meant: terms joined by blanks, all of which must hold. A key that is not `name`, `environment`, `version` or
 * `board` is a tag, and `tag:name` is the tag of that name. Several values are joined by commas, a value with blanks stands in quotes.
 * Versions are ordered; everything else is equal or not.
 * @throws InputError naming the place (a column, counted from 1) and what is allowed there
 * @example parseSelection('environment=lab,staging role=edge version>=7.16 name=edge-*')
 */
export function parseSelection(text: string): Selection {
  if (text.length > LONGEST) throw new InputError(`The selection is longer than ${LONGEST} characters.`, { hint: 'Use tags.' });
  const terms: Term[] = [];
  for (let at = skipped(text, 0); at < text.length; ) {
    TERM.lastIndex = at;
    const found = TERM.exec(text);
    if (!found) throw wrong(at, 'is no term', HINT);
    const [whole, key = '', operator = '', value = ''] = found;
    terms.push(termOf(key, operator, value, at));
    at = skipped(text, at + whole.length);
  }
  if (terms.length === 0) throw new InputError('The selection is empty.', { hint: 'For example: environment=lab role=edge.' });
  return terms;
}

const skipped = (text: string, from: number): number => from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);

const wrong = (at: number, what: string, hint: string): InputError =>
  new InputError(`The selection ${what} at column ${at + 1}.`, { hint, details: { column: at + 1 } });

function termOf(key: string, written: string, value: string, at: number): Term {
  const subject = subjectOf(key);
  if (subject.kind === 'tag' && subject.key === '') throw wrong(at, 'names no tag', 'Write tag:key=value.');
  const operator = OPERATORS.find((one) => one === written) ?? '=';
  if (operator !== '=' && operator !== '!=' && subject.kind !== 'version')
    throw wrong(at, `orders what has no order with ${operator}`, 'Use = or !=; only version has an order.');
  const values = value.startsWith('"') ? [value.slice(1, -1)] : value.split(',');
  if (values.some((one) => one === '')) throw wrong(at, 'has a term without a value', 'Give it a value, or leave the term out.');
  const strange = values.find((one) => subject.kind === 'environment' && !ENVIRONMENTS.some((known) => known === one));
  if (strange !== undefined) throw wrong(at, 'names an environment that there is not', `Use one of: ${ENVIRONMENTS.join(', ')}.`);
  if (subject.kind === 'version') {
    if (values.some((one) => !/^\d+\.\d+(?:\.\d+)?(?:(?:alpha|beta|rc)\d+)?$/.test(one)))
      throw wrong(at, 'has no version of RouterOS', 'Write it as in version>=7.16.');
    if (values.length > 1 && operator !== '=' && operator !== '!=')
      throw wrong(at, `compares with several versions by ${operator}`, 'Give one version.');
  }
  return { subject, operator, values };
}

function subjectOf(key: string): Term['subject'] {
  if (key.startsWith('tag:')) return { kind: 'tag', key: key.slice('tag:'.length) };
  return key === 'name' || key === 'environment' || key === 'version' || key === 'board' ? { kind: key } : { kind: 'tag', key };
}

/** Is this router meant? */
export const isSelected = (selection: Selection, device: Selectable): boolean => selection.every((term) => holds(term, device));

export interface Selectable extends Pick<Device, 'name' | 'environment' | 'tags'> {
  readonly facts: Pick<Device['facts'], 'version' | 'board'>;
}

function holds({ subject, operator, values }: Term, device: Selectable): boolean {
  if (subject.kind === 'version') return versionHolds(device.facts.version, operator, values);
  const there = textOf(subject, device);
  const same = there !== undefined && values.some((value) => fits(value.toLowerCase(), there.toLowerCase()));
  return operator === '!=' ? !same : same;
}

function textOf(subject: Term['subject'], { name, environment, tags, facts }: Selectable): string | undefined {
  if (subject.kind === 'tag') return Object.hasOwn(tags, subject.key) ? tags[subject.key] : undefined;
  return { name, environment, board: facts.board, version: facts.version }[subject.kind];
}

function versionHolds(version: string, operator: Operator, values: readonly string[]): boolean {
  // Of a router that does not say what it runs nothing is known.
  if (!/^\d/.test(version)) return operator === '!=';
  const orders = values.map((value) => compareVersions(version, value));
  switch (operator) {
    case '=':
      return orders.some((order) => order === 0);
    case '!=':
      return orders.every((order) => order !== 0);
    case '>=':
      return orders.every((order) => order >= 0);
    case '<=':
      return orders.every((order) => order <= 0);
    case '>':
      return orders.every((order) => order > 0);
    case '<':
      return orders.every((order) => order < 0);
  }
}

/** `*` stands for any characters. Walks each text once and steps back to the last star only: no pattern is slow. */
function fits(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (p < pattern.length && pattern[p] === text[t]) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(p));
}
