import type { CallOptions, Link, ReadCall, Row, RunCall } from '../client/types.ts';
import { FleetError, RouterError } from '../core/errors.ts';

export interface Page {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Up to here a menu is read whole: two more questions would cost the router more. */
const SMALL = 1_000;

/**
 * One page of a menu that may hold tens of thousands of rows. RouterOS builds an answer whole in its memory and has no paging
 * (measured), so it is asked how many there are, for their ids alone, and then for the rows of the page by id.
 * @returns undefined where the router has no words for that: read the menu whole
 * @throws RouterError, UnreachableError
 */
export async function readPage(
  link: Link,
  call: ReadCall,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  options: CallOptions,
): Promise<Page | undefined> {
  const where = Object.entries(call.where ?? {}).map(([name, value]) => `${name}=${value}`);
  const print = (args: RunCall['args']): Promise<readonly Row[]> =>
    link.run({ verb: 'run', menu: call.menu, command: 'print', args: { ...args, ...(where.length > 0 && { '.query': where }) } }, options);
  try {
    const total = Number((await print({ 'count-only': '' }))[0]?.['ret']);
    if (!Number.isSafeInteger(total) || total <= SMALL) return undefined;
    const ids = (await print({ '.proplist': ['.id'] })).map((row) => row['.id'] ?? '').filter((id) => id !== '');
    const wanted = ids.slice(offset, offset + limit);
    const rows = wanted.length === 0 ? [] : await rowsById(link, call, wanted, options);
    return rows && { rows, total: ids.length };
  } catch (thrown) {
    // Some menus have no `print` with arguments; a line that broke is told by the reading that follows.
    if (thrown instanceof RouterError && thrown.code !== 'NO_SUCH_MENU') return undefined;
    if (thrown instanceof FleetError && thrown.kind === 'unreachable') return undefined;
    throw thrown;
  }
}

/** The rows of some ids in their order; rows that went away meanwhile are left out. Undefined where the router did not choose by id. */
async function rowsById(link: Link, call: ReadCall, ids: readonly string[], options: CallOptions): Promise<readonly Row[] | undefined> {
  const query = [...ids.map((id) => `.id=${id}`), ...ids.slice(1).map(() => '#|')];
  const fields = call.fields && { '.proplist': ['.id', ...call.fields] };
  const found = await link.run({ verb: 'run', menu: call.menu, command: 'print', args: { '.query': query, ...fields } }, options);
  const byId = new Map(found.map((row) => [row['.id'] ?? '', row]));
  if (found.length > ids.length || (found.length > 0 && !byId.has(ids[0] ?? '') && !ids.some((id) => byId.has(id)))) return undefined;
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
}
