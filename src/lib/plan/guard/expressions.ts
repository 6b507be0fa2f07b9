import type { Row, WriteCall } from '../../client/types.ts';
import { quoted } from './quoted.ts';
import { twinsOf } from './rows.ts';

/** Fields that RouterOS keeps as plain text: what they hold can be compared in a `find` (used so in scripts everywhere). */
const PLAIN = ['name', 'list', 'comment', 'chain', 'interface', 'bridge'];

/** The value of a field. `row` is empty for a singleton. */
export const fieldOf = (menu: string, row: string, wire: string): string => `[${menu}/get ${row === '' ? '' : `${row} `}${wire}]`;

/** Does a field hold this text? */
export const holds = (menu: string, row: string, wire: string, text: string): string =>
  `[$same ${fieldOf(menu, row, wire)} ${quoted(text)}]`;

/** Do all fields hold what they should? */
export const holdsAll = (menu: string, row: string, content: Row): string =>
  Object.entries(content)
    .map(([wire, text]) => holds(menu, row, wire, text))
    .join(' and ');

export const holdsOne = (menu: string, row: string, contents: readonly Row[]): string =>
  contents.map((content) => `(${holdsAll(menu, row, content)})`).join(' or ');

/** Rows that may be the one, as far as the router itself can choose without a doubt about spelling. */
function candidates(menu: string, contents: readonly Row[]): string {
  const sure = PLAIN.filter(
    (wire) => (contents[0]?.[wire] ?? '') !== '' && contents.every((content) => content[wire] === contents[0]?.[wire]),
  );
  const where = sure.map((wire) => `${wire}=${quoted(contents[0]?.[wire] ?? '')}`).join(' and ');
  return where === '' ? `[${menu}/find]` : `[${menu}/find where ${where}]`;
}

/** Counts in `n` the rows with one of these contents that were not there before, and keeps the last of them in `f`. */
export const findNew = (menu: string, contents: readonly Row[], index: number): string =>
  [
    ':local n 0',
    ':local f ""',
    `:foreach i in=${candidates(menu, contents)} do={ :if ((${holdsOne(menu, '$i', contents)}) and [:typeof [:find $${twinsOf(index)} ("," . [:tostr $i] . ",")]] != "num") do={ :set n ($n + 1); :set f $i } }`,
  ].join('; ');

/** All rows with one of these contents, printed as a comma list after a mark. */
export const printAlike = (menu: string, contents: readonly Row[], mark: string): string =>
  `:local f ","; :foreach i in=${candidates(menu, contents)} do={ :if (${holdsOne(menu, '$i', contents)}) do={ :set f ($f . [:tostr $i] . ",") } }; :put (${quoted(mark)} . $f)`;

const assignments = (values: Row): string =>
  Object.entries(values)
    .map(([wire, text]) => (wire.startsWith('!') ? wire : `${wire}=${quoted(text)}`))
    .join(' ');

/** A set or an unset as a console line. */
export function writeLine(call: WriteCall, row: string): string | undefined {
  const at = row === '' ? '' : ` ${row}`;
  if (call.verb === 'set') return Object.keys(call.values).length === 0 ? undefined : `${call.menu}/set${at} ${assignments(call.values)}`;
  if (call.verb === 'unset') return `${call.menu}/unset${at} value-name=${call.field}`;
  return undefined;
}

export const addLine = (menu: string, values: Row, before?: string): string =>
  `[${menu}/add ${assignments(values)}${before === undefined ? '' : ` place-before=${before}`}]`;

/** Sets `p` to the first of these rows that is there. */
export const firstThere = (menu: string, rows: readonly string[]): string =>
  rows.reduceRight((rest, row) => `:do { :local q [${menu}/get ${row}]; :set p ${row} } on-error={ ${rest} }`, '');

/** Goes wrong where the row is not there. */
export const mustBeThere = (menu: string, row: string): string => `:local q [${menu}/get ${row}]`;
