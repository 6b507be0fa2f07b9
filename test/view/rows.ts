import type { Part } from '../../src/lib/view/define.ts';
import type { Item } from '../../src/lib/view/values.ts';

/** A part as the fleet hands it to a view. */
export const part = (...items: readonly Item[]): Part => ({ items, total: items.length });
/** Only the first rows of more. */
export const cut = (total: number, ...items: readonly Item[]): Part => ({ items, total });
export const gone = (menu: string): Part => ({ items: [], total: 0, missing: `not on this router: it has no menu ${menu}` });
