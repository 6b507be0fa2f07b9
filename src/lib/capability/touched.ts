import { insideIpv4, isIpv4, readAddress, readPrefix } from './address.ts';

/** What catalog files ask when they judge a change: facts of rows, without I/O. */

interface Switchable {
  readonly disabled?: boolean;
}

/** Absence, an empty text, an empty list and a switch that is off say the same. The planner hands out the members of a set in one order. */
const said = (value: unknown): string => {
  const nothing = value === false || value === '' || (Array.isArray(value) && value.length === 0);
  return nothing ? 'null' : JSON.stringify(value ?? null);
};

/** Do the rows differ in one of these fields? An absent row has none of them. */
export const differs = <Row extends object>(
  before: Row | undefined,
  after: Row | undefined,
  ...names: readonly (keyof Row & string)[]
): boolean => names.some((name) => said(before?.[name]) !== said(after?.[name]));

/** Does the change touch nothing but the note on the row? Adding and removing do more. */
export function isNote<Row extends object>({ before, after }: { readonly before?: Row; readonly after?: Row }): boolean {
  if (before === undefined || after === undefined) return false;
  const had = new Map<string, unknown>(Object.entries(before));
  const has = new Map<string, unknown>(Object.entries(after));
  return [...had.keys(), ...has.keys()].every((name) => name === 'comment' || said(had.get(name)) === said(has.get(name)));
}

/** Neither before nor after is the row in force: nothing a packet could meet changes. */
export const dormant = (before: Switchable | undefined, after: Switchable | undefined): boolean =>
  [before, after].every((row) => row === undefined || row.disabled === true);

/** Is a row that was in force gone or switched off? */
export const goesDown = (before: Switchable | undefined, after: Switchable | undefined): boolean =>
  before !== undefined && before.disabled !== true && (after === undefined || after.disabled === true);

const groupsOf = (address: string): readonly number[] => {
  const [head = '', tail] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const [left, right] = [[...head], [...(tail ?? [])]];
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
};

const bitsOf = (address: string): string =>
  groupsOf(address)
    .map((group) => group.toString(2).padStart(16, '0'))
    .join('');

/** Is the host, when it is an address, inside the prefix? Names are not resolved: what cannot be told is not said. */
export function covers(prefix: string | undefined, host: string): boolean {
  const found = prefix === undefined ? undefined : readPrefix(prefix);
  const address = readAddress(host);
  if (!found || address === undefined || isIpv4(found.address) !== isIpv4(address)) return false;
  return isIpv4(address)
    ? insideIpv4(address, found)
    : bitsOf(address).slice(0, found.length) === bitsOf(found.address).slice(0, found.length);
}

/** The prefix that matches everything, of either family. */
export const isEverything = (prefix: string | undefined): boolean => prefix !== undefined && /^(?:0\.0\.0\.0|::)\/0$/.test(prefix);
