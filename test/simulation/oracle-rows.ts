import { absentText } from '../../src/lib/capability/codec.ts';
import type { Row } from '../../src/lib/client/types.ts';
import { canonical } from '../../src/lib/core/canonical.ts';
import type { Change, Target } from '../../src/lib/index.ts';
import { fieldsOf, type MenuRows, type Snapshot, shapeOf } from './snapshots.ts';

/** A row as it is expected: a row of the plan's own may say more than the plan does, since RouterOS fills in what was left open. */
interface Expected {
  readonly id: string;
  readonly content: Row;
}

/** What a plan comes to, worked out here by the simplest means: a second opinion, not the planner's. */
function applied(rows: MenuRows, changes: readonly Change[]): readonly Expected[] {
  let list: readonly Expected[] = rows;
  for (const change of changes) {
    const own = (row: Expected): boolean => change.row === '' || row.id === change.row;
    const moving = list.find(own);
    const rest = list.filter((row) => !own(row));
    const put = (row: Expected): readonly Expected[] => {
      const at = change.place?.to ? rest.findIndex(({ id }) => id === change.place?.to) : -1;
      return at < 0 ? [...rest, row] : [...rest.slice(0, at), row, ...rest.slice(at)];
    };
    if (change.verb === 'add') list = put({ id: change.row, content: change.after ?? {} });
    if (change.verb === 'remove') list = rest;
    if (change.verb === 'move' && moving) list = put(moving);
    if (change.verb === 'set') list = list.map((row) => (own(row) ? { id: row.id, content: withSet(row.content, change) } : row));
  }
  return list;
}

function withSet(content: Row, { before, after }: Change): Row {
  const gone = Object.keys(before ?? {}).filter((name) => !(name in (after ?? {})));
  return { ...Object.fromEntries(Object.entries(content).filter(([name]) => !gone.includes(name))), ...after };
}

/** A field that says what its absence means is as good as absent. */
function plain(capability: string, content: Row): Row {
  const fields = fieldsOf(capability);
  return Object.fromEntries(
    Object.entries(content).filter(([name, value]) => {
      const field = fields.get(name)?.field;
      return !field || absentText(field) !== value;
    }),
  );
}

/** Does a row say all that was wanted, whatever else it says? */
export function hasAll(capability: string, wanted: Row, row: Row): boolean {
  const [want, now] = [plain(capability, wanted), plain(capability, row)];
  return Object.keys(wanted).every((name) => want[name] === now[name]);
}

const fits = (capability: string, expected: Expected, row: Row): boolean =>
  expected.id.startsWith('#')
    ? hasAll(capability, expected.content, row)
    : canonical(plain(capability, expected.content)) === canonical(plain(capability, row));

/** @param foreign tells rows of another admin, by id; what is about them is not ours to judge */
export type Foreign = (menuOrCapability: string, id: string) => boolean;

const isAdmins = (row: { readonly content: Row }): boolean => row.content['comment']?.startsWith('admin-') === true;

/** Why `now` is not what was expected of one menu; undefined when it is. */
function differs(capability: string, expected: readonly Expected[], now: MenuRows, foreign: Foreign): string | undefined {
  const mine = (row: Expected): boolean => !isAdmins(row) && !foreign(capability, row.id);
  const wanted = expected.filter(mine);
  const left = [...now.filter(mine)];
  if (shapeOf(capability) !== 'list') {
    const at = wanted.findIndex((row, index) => !left[index] || !fits(capability, row, left[index].content));
    if (at >= 0)
      return `${capability}: row ${at} should be ${JSON.stringify(wanted[at]?.content)}, is ${JSON.stringify(left[at]?.content)}`;
    return left.length > wanted.length ? `${capability}: one row too many: ${JSON.stringify(left[wanted.length]?.content)}` : undefined;
  }
  // Exact ones first: a row that may say more must not take the place of one that must not.
  for (const row of [...wanted].sort((a, b) => Number(a.id.startsWith('#')) - Number(b.id.startsWith('#')))) {
    const at = left.findIndex(({ content }) => fits(capability, row, content));
    if (at < 0) return `${capability}: missing ${JSON.stringify(row.content)}`;
    left.splice(at, 1);
  }
  return left.length > 0 ? `${capability}: one row too many: ${JSON.stringify(left[0]?.content)}` : undefined;
}

/** Does a router stand where it stood? */
export const unlikePre = (before: Snapshot, now: Snapshot, foreign: Foreign): string | undefined =>
  firstOf([...before].map(([capability, rows]) => differs(capability, rows, now.get(capability) ?? [], foreign)));

/** Does a router stand where the plan wanted it? */
export const unlikePost = (before: Snapshot, target: Target, now: Snapshot, foreign: Foreign): string | undefined =>
  firstOf(
    [...before].map(([capability, rows]) => {
      const changes = target.changes.filter((change) => change.capability === capability);
      return differs(capability, applied(rows, changes), now.get(capability) ?? [], foreign);
    }),
  );

const firstOf = (reasons: readonly (string | undefined)[]): string | undefined => reasons.find((reason) => reason !== undefined);

/** The same rows without those that the plan was to remove and that were gone already when it began. */
export function withoutPutBack(before: Snapshot, now: Snapshot, { changes }: Target): Snapshot {
  return new Map(
    [...now].map(([capability, rows]) => {
      const gone = changes.flatMap((change) =>
        change.verb === 'remove' && change.capability === capability && change.before ? [change.before] : [],
      );
      const old = new Set(before.get(capability)?.map(({ id }) => id));
      return [capability, rows.filter((row) => old.has(row.id) || !gone.some((content) => hasAll(capability, content, row.content)))];
    }),
  );
}
