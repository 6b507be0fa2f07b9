const PLAIN = /^[\w.:,/@%+*!-]+$/;

/** A value as an export writes it. */
export function exportValue(value: string): string {
  if (PLAIN.test(value)) return value;
  const escaped = value
    .replace(/["\\$?]/g, (sign) => `\\${sign}`)
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replace(/[^ -~]/gu, (sign) =>
      [...Buffer.from(sign, 'utf8')].map((byte) => `\\${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    );
  return `"${escaped}"`;
}

const INDENT = '    ';

/** Breaks a command into lines: between words, else after the sign of equality, else inside a quoted text. */
export function wrapped(line: string, width: number | undefined): string {
  if (width === undefined || line.length <= width) return line;
  const lines: string[] = [];
  let current = '';
  const room = (): number => width - 1 - current.length;
  const feed = (): void => {
    lines.push(`${current}\\`);
    current = INDENT;
  };
  for (const word of line.match(/\S*?"(?:[^"\\]|\\.)*"|\S+/g) ?? []) {
    const text = current === '' || current === INDENT ? word : ` ${word}`;
    if (text.length <= room()) {
      current += text;
      continue;
    }
    if (word.length <= width - 1 - INDENT.length) {
      current += current === '' ? '' : ' ';
      feed();
      current += word;
      continue;
    }
    const name = /^[\w.-]+=/.exec(word)?.[0] ?? '';
    if (name !== '' && name.length + 1 <= room()) {
      current += current === '' || current === INDENT ? name : ` ${name}`;
      feed();
    } else if (name !== '') {
      current += ' ';
      feed();
      current += name;
    }
    let rest = word.slice(name.length);
    // What breaks in the middle has to stand in quotes.
    if (rest.length > room() && !rest.startsWith('"')) rest = `"${rest}"`;
    while (rest.length > room()) {
      const cut = safeCut(rest, room());
      current += rest.slice(0, cut);
      rest = rest.slice(cut);
      feed();
    }
    current += rest;
  }
  return [...lines, current].join('\n');
}

/** Not in the middle of an escape, and not before a space, which would be lost. */
function safeCut(text: string, most: number): number {
  let cut = Math.max(1, most);
  while (cut > 1 && (/\\[0-9A-F]?$/.test(text.slice(0, cut)) || text[cut] === ' ')) cut -= 1;
  return cut;
}
