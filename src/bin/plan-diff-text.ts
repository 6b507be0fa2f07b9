import { type Change, oneLine, type PlanView, type Target } from '../lib/index.ts';
import type { Io, Style } from './io.ts';
import { alike, namesOf } from './plan-alike.ts';
import { changeJson } from './plan-json.ts';

const SIGN: Readonly<Record<Change['verb'], string>> = { add: '+', set: '~', remove: '-', move: '>' };
const COLOUR: Readonly<Record<Change['verb'], Style>> = { add: 'green', set: 'yellow', remove: 'red', move: 'cyan' };

/** Nothing of a value is hidden from the person who approves it: cleaned, on one line, and never cut. */
export const whole = (text: string): string => oneLine(text, 65_535);

/** The changes of all routers; those that are the same on several are said once, under all their names. */
export function diffText(io: Io, { plan }: PlanView): string {
  return alike(plan.targets, sameness)
    .map((group) => {
      const head = group.length === 1 ? whole(namesOf(group)) : `${group.length} routers: ${whole(namesOf(group))}`;
      // A row has another id on each router: it is said where it is one.
      const one = group.every(({ changes }) => idsOf(changes) === idsOf(group[0].changes));
      return [io.paint('bold', head), ...group[0].changes.map((change) => `  ${changeText(io, change, one)}`)].join('\n');
    })
    .join('\n\n');
}

/** What a person would call the same change; ids of rows are each router's own, their places are not. */
const sameness = ({ changes }: Target): string =>
  JSON.stringify(changes.map(({ row: _row, sealed: _sealed, ...change }) => Object.entries(change).sort(([a], [b]) => (a < b ? -1 : 1))));

const idsOf = (changes: readonly Change[]): string => changes.map(({ row }) => row).join(' ');

/** One change: a headline, and the fields it touches. */
export function changeText(io: Io, change: Change, withId = true): string {
  const { verb, capability, menu, label, row, place } = change;
  const { before, after } = changeJson(change);
  const name = label === capability || label === '' ? '' : ` "${whole(label)}"`;
  const id = withId && row.startsWith('*') ? ` ${whole(row)}` : '';
  const head = io.paint(COLOUR[verb], `${SIGN[verb]} ${menu}${id}${name}`);
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const fields = names.map((field) => `${whole(field)}: ${fieldText(change, before?.[field], after?.[field], field)}`);
  const placed = place?.to === undefined ? [] : [place.to === null ? 'place: at the end' : `place: in front of ${whole(place.to)}`];
  return [head, ...[...fields, ...placed].map((line) => `      ${line}`)].join('\n');
}

function fieldText({ verb, secret }: Change, old: string | undefined, now: string | undefined, field: string): string {
  if (secret.includes(field)) return 'changed (secret)';
  if (verb === 'add') return whole(now ?? '');
  if (verb === 'remove') return whole(old ?? '');
  return `${old === undefined ? '(not set)' : whole(old)} -> ${now === undefined ? '(not set)' : whole(now)}`;
}
