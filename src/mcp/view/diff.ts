import type { Change, Target } from '../../lib/index.ts';
import { quoted } from '../table.ts';
import { shortened } from './rows.ts';

const SIGNS = { add: '+', set: '~', remove: '-', move: '>' } as const;
const SECRET = '(secret)';
const LONGEST_VALUE = 512;

type Wire = Readonly<Record<string, string>>;

/** A change for an answer: wire names, secrets masked, router text cleaned and cut. */
export interface ChangeRow {
  readonly sign: string;
  readonly device: string;
  readonly menu: string;
  readonly row?: string;
  readonly label?: string;
  readonly before?: Wire;
  readonly after?: Wire;
  /** In ordered menus: the row it stood before and will stand before; null is the end. */
  readonly place?: Change['place'];
}

export function changeRow(target: Pick<Target, 'deviceName'>, change: Change): ChangeRow {
  const before = masked(change, change.before);
  // A plan has no word of a secret that is set; that it is set is part of the difference.
  const set = change.after && Object.fromEntries(change.secret.map((name) => [name, SECRET]));
  const after = masked(change, change.after && { ...change.after, ...set });
  return {
    sign: SIGNS[change.verb],
    device: target.deviceName,
    menu: change.menu,
    ...(change.row !== '' && { row: change.row }),
    ...(change.row !== '' && change.label !== '' && { label: String(shortened(change.label, 120)) }),
    ...(before && { before }),
    ...(after && { after }),
    ...(change.place && { place: change.place }),
  };
}

function masked(change: Change, values: Wire | null): Wire | undefined {
  if (values === null) return undefined;
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    change.secret.includes(name) ? SECRET : String(shortened(value, LONGEST_VALUE)),
  ]);
  return Object.fromEntries(entries);
}

/** The lines a person or a model reads: one per change, then one per field of it. */
export function changeLines(rows: readonly ChangeRow[]): readonly string[] {
  return rows.flatMap((row) => {
    const label = row.label === undefined ? '' : ` ${quoted(row.label)}`;
    const head = `${row.sign} ${row.device} ${row.menu}${row.row === undefined ? '' : ` ${row.row}`}${label}${placeText(row)}`;
    const names = [...new Set([...Object.keys(row.before ?? {}), ...Object.keys(row.after ?? {})])];
    return [head, ...names.map((name) => `    ${name}: ${fieldText(row, name)}`)];
  });
}

function fieldText(row: ChangeRow, name: string): string {
  const before = row.before?.[name];
  const after = row.after?.[name];
  if (before === SECRET || after === SECRET) return 'changed (secret)';
  if (row.sign === '+') return quoted(after ?? '');
  if (row.sign === '-') return quoted(before ?? '');
  return `${before === undefined ? '(not set)' : quoted(before)} -> ${after === undefined ? '(not set)' : quoted(after)}`;
}

function placeText({ place }: ChangeRow): string {
  if (place?.to === undefined) return '';
  return place.to === null ? ' to the end' : ` before ${place.to}`;
}
