import type { Lost } from '../types.ts';
import { NEXT, SAME } from './functions.ts';
import { LOCK, nameOf } from './names.ts';
import { placedRows, undoPlace } from './places.ts';
import { type Rows, rowsOf, twinsOf, variableOf } from './rows.ts';
import { type Step, type Subject, sortChanges } from './subject.ts';
import { findAdded, step, undoContent } from './undo-lines.ts';

/** The console's editor goes no further (facts of RouterOS: 30,000 characters). */
export const MOST_CHARACTERS = 30_000;

export interface RevertOptions {
  readonly token: string;
  /** Ids the router gave to rows the plan added, by `#n`. */
  readonly ids?: ReadonlyMap<string, string>;
  /** Ids of rows that looked like an added, or a removed, row before the plan was applied; by change. */
  readonly twins?: ReadonlyMap<number, readonly string[]>;
}

export interface Revert {
  readonly source: string;
  readonly lines: readonly string[];
  /** What must stand before a line so that it can be read alone: the variables it may use. */
  readonly preamble: string;
  /** What this script does not undo, and why. */
  readonly uncovered: readonly Lost[];
  /** How many changes it undoes, wholly or in part. */
  readonly covered: number;
  /** Why it cannot be put on a router. */
  readonly problem?: string;
}

/**
 * The script that takes a plan back on the router itself: the inverse calls, backwards, each only where the router still has our value and
 * none stopped by another's failure, then the places in ordered menus. Pure: the same target and options, the same text.
 * @example compileRevert(target, { token: newToken() }).source
 */
export function compileRevert(subject: Subject, options: RevertOptions): Revert {
  const { steps, uncovered } = sortChanges(subject);
  const rows = rowsOf(subject, steps);
  const name = nameOf(options.token);
  const declared = declarations(steps, options);
  const lines = [...claim(name), SAME, NEXT, ...declared, ...undoLines(name, rows, steps), ...ending(name, options.token)];
  const source = lines.join('\n');
  const names = steps.flatMap(({ index }) => [variableOf(index), twinsOf(index)]);
  return {
    source,
    lines,
    preamble: ['same', 'next', ...names].map((one) => `:local ${one}`).join('; '),
    uncovered,
    covered: steps.length,
    ...(source.length > MOST_CHARACTERS && { problem: 'the undo is too long for a script on the router' }),
  };
}

/** Only one trigger gets beyond the first line. */
const claim = (name: string): readonly string[] => [
  `:if ([:len [/system/script/find where name="${name}" and comment="armed"]] != 1) do={ :error "${name}: not armed" }`,
  `:do { /system/script/set [/system/script/find where name="${name}"] comment="fired" } on-error={}`,
  `:log warning "${name}: rollback"`,
];

/** The lines that say what is known of rows; all that may differ between two scripts for one plan. */
export const isDeclaration = (line: string): boolean => /^:local (?:row\d+ (?:""|\*[0-9A-F]+)|old\d+ "[,*0-9A-F]*")$/.test(line);

const declarations = (steps: readonly Step[], { ids, twins }: RevertOptions): readonly string[] =>
  steps.flatMap(({ index, change }) => {
    if (change.verb !== 'add' && change.verb !== 'remove') return [];
    const id = change.verb === 'add' ? ids?.get(change.row) : change.row.startsWith('#') ? undefined : change.row;
    return [declareRow(index, id), `:local ${twinsOf(index)} "${[',', ...(twins?.get(index) ?? []).map((twin) => `${twin},`)].join('')}"`];
  });

export const declareRow = (index: number, id: string | undefined): string => `:local ${variableOf(index)} ${id ?? '""'}`;

function undoLines(name: string, rows: Rows, steps: readonly Step[]): readonly string[] {
  const added = steps.filter(({ change }) => change.verb === 'add');
  const contents = [...steps].reverse().flatMap((one) => {
    const work = undoContent(rows, one);
    return work === undefined ? [] : [step(name, one.index + 1, work)];
  });
  return [
    ...added.map((one) => step(name, one.index + 1, findAdded(rows, one))),
    ...contents,
    ...placedRows(rows, steps).map((row) => step(name, row.index + 1, undoPlace(rows, row))),
  ];
}

/**
 * The script stays, as `done`: were it to take itself away, nobody could tell a rollback from a script that a stranger deleted, nor a
 * confirmation whose answer was lost from one that came too late. The controller's janitor takes it.
 */
const ending = (name: string, token: string): readonly string[] => [
  `:do { /system/script/set [/system/script/find where name="${name}"] comment="done" } on-error={}`,
  `:do { /system/scheduler/remove [/system/scheduler/find where name~"^${name}"] } on-error={}`,
  `:do { /system/script/remove [/system/script/find where name="${LOCK}" and comment~"^${token}"] } on-error={}`,
];
