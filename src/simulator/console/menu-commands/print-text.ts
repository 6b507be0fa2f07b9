import type { Row } from '../../state/row.ts';

export interface PrintJob {
  readonly rows: readonly Readonly<Row>[];
  readonly wanted: readonly string[] | undefined;
  readonly single: boolean;
  readonly terse: boolean;
  /** `show-ids`: the id stands where the place in the list stands otherwise. */
  readonly ids: boolean;
}

const FLAGS = [
  ['disabled', 'X'],
  ['invalid', 'I'],
  ['inactive', 'I'],
  ['running', 'R'],
  ['active', 'A'],
  ['dynamic', 'D'],
  ['slave', 'S'],
] as const;

const quoted = (value: string): string =>
  /^[\w.:/,@%+*!-]+$/.test(value)
    ? value
    : `"${value
        .replace(/["\\]/g, (sign) => `\\${sign}`)
        .replaceAll('\r', '\\r')
        .replaceAll('\n', '\\n')}"`;
const word = (value: string): string => (value === 'true' ? 'yes' : value === 'false' ? 'no' : value);

/** What `print` shows: a singleton line by line, a list item by item. */
export function printText({ rows, wanted, single, terse, ids }: PrintJob): string {
  const shows = (name: string): boolean => !name.startsWith('.') && (wanted?.includes(name) ?? true);
  if (single) {
    const fields = Object.entries(rows[0] ?? {}).filter(([name]) => shows(name));
    const width = Math.max(0, ...fields.map(([name]) => name.length)) + 2;
    return fields.map(([name, value]) => `${name.padStart(width)}: ${word(value)}\n`).join('');
  }
  const used = FLAGS.filter(([name]) => rows.some((row) => row[name] === 'true'));
  const legend = used.length === 0 || terse ? '' : `Flags: ${used.map(([name, sign]) => `${sign} - ${name.toUpperCase()}`).join(', ')}\n`;
  const width = Math.max(2, ...rows.map((row) => (row['.id'] ?? '').length));
  const lines = rows.map((row, at) => {
    const signs = used.map(([name, sign]) => (row[name] === 'true' ? sign : ' ')).join('');
    const fields = Object.entries(row)
      .filter(([name, value]) => shows(name) && value !== '' && !FLAGS.some(([flag]) => flag === name) && (terse || name !== 'comment'))
      .map(([name, value]) => `${name}=${quoted(word(value))}`)
      .join(' ');
    const comment = terse || !row['comment'] || !shows('comment') ? '' : `;;; ${row['comment']}\n      `;
    const place = ids ? (row['.id'] ?? '').padEnd(width) : String(at).padStart(2);
    return `${place} ${signs} ${comment}${fields}\n`;
  });
  return `${legend}${lines.join(terse ? '' : '\n')}`;
}
