import type { Row } from '../types.ts';
import { textRow } from './row.ts';

const PAIR = /^([.!]?[A-Za-z][\w.-]*)=([\s\S]*)$/;

/**
 * Reads what `:put [/menu/print as-value]` prints: `.id=*1;name=a;.id=*2;name=b`, all rows on one line, values without quotes.
 *
 * This form does not say what it means: members of a list are joined by `;` like fields, and a text may hold `;` and `=`. A piece
 * without a name is taken as the next member of the value before it, and that field is named in `.lossy`; a text such as
 * `a;b=c` reads as two fields. Where a router has `:serialize` (7.13 and later), use that instead.
 *
 * Takes any text and never throws.
 */
export function readAsValue(text: string): readonly Row[] {
  const rows: Row[] = [];
  let values = new Map<string, string>();
  let lossy = new Set<string>();
  let last = '';
  const end = (): void => {
    if (values.size > 0) rows.push(textRow(values, [...lossy]));
    values = new Map();
    lossy = new Set();
  };
  // Where rows have ids, only an id starts the next row; where they have none, a name that comes again does.
  const hasIds = /(?:^|;)\.id=/.test(text);
  for (const piece of text.replace(/\r?\n$/, '').split(';')) {
    const [, name, value = ''] = PAIR.exec(piece) ?? [];
    const isAgain = name !== undefined && values.has(name);
    if (name !== undefined && isAgain && (!hasIds || name === '.id')) end();
    if (name !== undefined && !(isAgain && hasIds && name !== '.id')) {
      values.set(name, value);
      last = name;
    } else if (last !== '' && values.has(last)) {
      values.set(last, `${values.get(last) ?? ''},${piece}`);
      lossy.add(last);
    }
  }
  end();
  return rows;
}
