import type { Row } from '../types.ts';
import { readFlags, readLegend } from './print-flags.ts';
import { tableRow, textRow } from './row.ts';
import { readWords } from './words.ts';

/**
 * Reads the text of `print detail` as rows: of a list (`0 R name="ether1" ...`) and of a singleton (`name: value`).
 *
 * - A flag of the legend becomes a field (`X - DISABLED` reads `disabled=true`); a letter the legend lacks is kept in `.flags`.
 * - With `show-ids` the number is the `.id`; a plain number is kept in `.number`, since it names nothing for long.
 * - `;;;` lines are the comment, and the router's remarks as well: the text does not tell one from the other.
 * - A value that was wrapped inside quotes is joined with a space, which may not be what the router has: `.lossy` names it.
 *
 * Takes any text and never throws; lines that are none of this are counted.
 */
export function readPrintDetail(text: string): { readonly rows: readonly Row[]; readonly unread: number } {
  const lines = text.split(/\r?\n/);
  const { legend, rest } = readLegend(lines);
  const start = rest.findIndex((line) => START.test(line));
  const pair = rest.findIndex((line) => PAIR.test(line));
  // A singleton has no numbers; its values may look like one further down.
  if (pair !== -1 && (start === -1 || pair < start)) return singleton(rest);
  return list(rest, legend);
}

const PAIR = /^\s*([a-z][\w./-]*):(?:\s(.*))?$/;
const START = /^\s{0,7}(\*[0-9A-F]{1,16}|\d{1,7})(?=\s|$)(.*)$/;

function singleton(lines: readonly string[]): { readonly rows: readonly Row[]; readonly unread: number } {
  const fields = new Map<string, string[]>();
  let last: string[] | undefined;
  let unread = 0;
  for (const line of lines) {
    const [, name, value = ''] = PAIR.exec(line) ?? [];
    if (name !== undefined) {
      last = value.trim() === '' ? [] : [value.trim()];
      fields.set(name, last);
    } else if (line.trim() !== '' && !/^\s/.test(line)) {
      unread += 1;
    } else if (line.trim() !== '') {
      // The further members of a list stand below the first one.
      if (last) last.push(line.trim());
      else unread += 1;
    }
  }
  const values = [...fields].map(([name, parts]): [string, string] => [name, parts.join(',')]);
  return { rows: values.length > 0 ? [textRow(values, [])] : [], unread };
}

interface Block {
  readonly mark: string;
  readonly lines: string[];
}

function list(lines: readonly string[], legend: ReadonlyMap<string, string>): { readonly rows: readonly Row[]; readonly unread: number } {
  const blocks: Block[] = [];
  let unread = 0;
  let afterBlank = true;
  for (const line of lines) {
    const found = START.exec(line);
    if (line.trim() === '') afterBlank = true;
    else if (found && (afterBlank || !isContinued(blocks.at(-1), line))) {
      blocks.push({ mark: found[1] ?? '', lines: [found[2] ?? ''] });
      afterBlank = false;
    } else {
      afterBlank = false;
      const block = blocks.at(-1);
      if (block) block.lines.push(line);
      else unread += 1;
    }
  }
  return { rows: blocks.map((block) => readBlock(block, legend)), unread };
}

/** A wrapped value may start with a number too: a row does so less deep than its own fields. */
const isContinued = (block: Block | undefined, line: string): boolean =>
  block !== undefined && block.lines.length > 1 && indent(line) >= indent(block.lines[1] ?? '');

const indent = (line: string): number => line.length - line.trimStart().length;

function readBlock({ mark, lines }: Block, legend: ReadonlyMap<string, string>): Row {
  const { flags, rest } = readFlags(lines[0] ?? '', legend);
  const comments: string[] = [];
  const fields: string[] = [];
  for (const line of [rest, ...lines.slice(1)]) {
    const [, comment] = /^\s*;;; ?(.*)$/.exec(line) ?? [];
    if (comment !== undefined && fields.every((field) => field.trim() === '')) comments.push(comment.trimEnd());
    else fields.push(line);
  }
  const { values, lossy } = readFields(fields);
  const head: [string, string][] = [[mark.startsWith('*') ? '.id' : '.number', mark], ...flags];
  if (comments.length > 0) head.push(['comment', comments.join('\n')]);
  return tableRow([...head, ...values], lossy);
}

/** Fields over several lines. */
function readFields(lines: readonly string[]): {
  readonly values: readonly (readonly [string, string])[];
  readonly lossy: readonly string[];
} {
  const { text, raw, joined } = join(lines);
  const values: { readonly name: string; readonly parts: string[] }[] = [];
  const lossy: string[] = [];
  for (const { kind, name, value, quoted, exact } of readWords(text).words) {
    const last = values.at(-1);
    const goesOn = last?.parts.at(-1)?.endsWith(',') === true;
    if (kind === 'pair') values.push({ name, parts: [value] });
    else if (/^!?[a-z][\w.-]*$/.test(name) && !quoted && !goesOn) values.push({ name, parts: [''] });
    else if (last) {
      // `last-seen=2026-03-14 09:26:53`: a value in two words; or the next members of a list, on the next line.
      last.parts.push(goesOn ? name : ` ${name}`);
      if (quoted) lossy.push(last.name);
    }
    if (!exact && kind === 'pair') lossy.push(name);
    if (joined && quoted && kind === 'pair' && value.includes(' ')) lossy.push(name);
  }
  const fields = values.map(({ name, parts }): [string, string] => [name, parts.join('')]);
  return { values: raw ? [...fields, raw] : fields, lossy: raw ? [...lossy, raw[0]] : lossy };
}

/** A name without a value at the end of a line, and deeper lines below: the router prints a script as it is, without quotes. */
const BLOCK = /(?:^|\s)([a-z][\w.-]*)=\s*$/;

function join(lines: readonly string[]): { readonly text: string; readonly raw?: readonly [string, string]; readonly joined: boolean } {
  const at = lines.findIndex((line, index) => {
    const next = lines[index + 1];
    return BLOCK.test(line.slice(-80)) && next !== undefined && index > 0 && indent(next) > indent(line);
  });
  const flat = (some: readonly string[]): string => some.map((line) => line.trim()).join(' ');
  if (at === -1) return { text: flat(lines), joined: lines.length > 1 };
  const line = lines[at] ?? '';
  const name = BLOCK.exec(line.slice(-80))?.[1] ?? '';
  const below = lines.slice(at + 1);
  const depth = indent(below[0] ?? '');
  const end = below.findIndex((one) => one.trim() !== '' && indent(one) < depth);
  const script = below.slice(0, end === -1 ? below.length : end).map((one) => one.slice(Math.min(depth, indent(one))));
  const after = end === -1 ? [] : below.slice(end);
  return {
    text: flat([...lines.slice(0, at), line.replace(/([a-z][\w.-]*)=\s*$/, ''), ...after]),
    raw: [name, script.map((one) => one.trimEnd()).join('\n')],
    joined: true,
  };
}
