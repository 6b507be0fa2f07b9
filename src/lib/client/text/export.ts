import { cleanText } from '../../core/clean.ts';
import { readWords, type Word } from './words.ts';

/** Which rows an export line speaks of. */
export type Selector =
  /** `set telnet ...`, `set 0 ...` */
  | { readonly by: 'name'; readonly name: string }
  /** `set [ find default-name=ether1 ] ...`; without a condition, all of them. */
  | { readonly by: 'find'; readonly where: Readonly<Record<string, string>> };

/** One statement of an export. */
export interface ExportedLine {
  /** As calls write it: `/ip/firewall/filter`. */
  readonly menu: string;
  readonly verb: string;
  readonly selector?: Selector;
  /** Wire names and texts; a flag without a value (`blackhole`) is present and empty, `!field` says that it is unset. */
  readonly props: Readonly<Record<string, string>>;
  /** Names of fields whose bytes had to be guessed. */
  readonly lossy: readonly string[];
  /** What the router remarks on it, in lines before it that start with `#`. */
  readonly remarks: readonly string[];
  /** Where it starts in the text, from 1. */
  readonly line: number;
}

export interface ExportHeader {
  /** Empty where the header does not say so. */
  readonly version: string;
  /** In the router's local time, as it writes it. */
  readonly writtenAt: string;
  readonly softwareId: string;
  readonly model: string;
  readonly serial: string;
}

export interface Exported {
  readonly header: ExportHeader;
  readonly lines: readonly ExportedLine[];
  /** Remarks that stand before no statement, and those that say what is missing. */
  readonly notices: readonly string[];
  /** Lines that are no statement of an export: by number, from 1, without their text, which may hold a secret. */
  readonly unread: readonly number[];
  /** False where the router says that it gave up on a menu, or where the text breaks off. */
  readonly complete: boolean;
}

const VERBS = new Set(['add', 'set', 'remove', 'unset', 'move', 'enable', 'disable', 'reset', 'print', 'import']);
const INCOMPLETE = /^#\s*(?:error exporting|interrupted|action timed out)/i;

/**
 * Reads the text of `/export` (compact, terse or verbose). Takes any text and never throws: what is not understood is counted in
 * `unread`. Grammar from 116 exports of real devices.
 */
export function readExport(text: string): Exported {
  const header = { version: '', writtenAt: '', softwareId: '', model: '', serial: '' };
  const lines: ExportedLine[] = [];
  const notices: string[] = [];
  const unread: number[] = [];
  let remarks: string[] = [];
  let menu = '';
  const { logical, broken } = unwrap(cleanText(text));
  let complete = !broken;
  for (const { text: written, line } of logical) {
    if (written.startsWith('#')) {
      if (INCOMPLETE.test(written)) complete = false;
      const remark = written.slice(1).trim();
      if (lines.length === 0 && menu === '' && readHeader(remark, header)) continue;
      if (INCOMPLETE.test(written)) notices.push(remark);
      else if (remark !== '') remarks.push(remark);
      continue;
    }
    const read = statement(written, menu);
    if (read === undefined) {
      unread.push(line);
      continue;
    }
    menu = read.menu;
    if (read.verb === undefined) continue;
    lines.push({ ...read, verb: read.verb, remarks, line });
    remarks = [];
  }
  return { header, lines, notices: [...notices, ...remarks], unread, complete };
}

/** Lines as they were before the router wrapped them: a backslash at the end goes on, without the indent, on the next one. */
function unwrap(text: string): { readonly logical: readonly { readonly text: string; readonly line: number }[]; readonly broken: boolean } {
  const logical: { text: string; line: number }[] = [];
  let parts: string[] = [];
  let from = 1;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const piece = parts.length > 0 ? raw.replace(/^[ \t]+/, '') : raw.trimStart();
    if (parts.length === 0) from = index + 1;
    const slashes = /\\*$/.exec(piece.slice(-64))?.[0].length ?? 0;
    const goesOn = slashes % 2 === 1 && !(parts.length === 0 && piece.startsWith('#'));
    parts.push(goesOn ? piece.slice(0, -1) : piece);
    if (goesOn) continue;
    const whole = parts.join('').trimEnd();
    if (whole !== '') logical.push({ text: whole, line: from });
    parts = [];
  }
  const rest = parts.join('').trim();
  if (rest !== '') logical.push({ text: rest, line: from });
  return { logical, broken: parts.length > 0 };
}

type Header = { -readonly [Name in keyof ExportHeader]: string };

/** @returns whether the line was one of the header */
function readHeader(remark: string, header: Header): boolean {
  if (remark === '') return true;
  const first = /^(\S+ \S+) by RouterOS (\S+)$/.exec(remark);
  if (first) {
    [, header.writtenAt = '', header.version = ''] = first;
    return true;
  }
  const [, name = '', value = ''] = /^(software id|model|serial number) = ?(.*)$/.exec(remark) ?? [];
  if (name === 'software id') header.softwareId = value;
  if (name === 'model') header.model = value;
  if (name === 'serial number') header.serial = value;
  return name !== '';
}

type Statement = Pick<ExportedLine, 'props' | 'lossy'> & { readonly menu: string; readonly verb?: string; readonly selector?: Selector };

/** One line: the menu it opens, the statement it holds, or (terse) both. Undefined for what is neither. */
function statement(text: string, current: string): Statement | undefined {
  const { words, problem } = readWords(text);
  if (problem !== undefined) return undefined;
  const isPath = text.startsWith('/');
  const verbAt = words.findIndex(({ kind, name, quoted }, at) => (at > 0 || !isPath) && kind === 'bare' && !quoted && VERBS.has(name));
  const path = isPath ? words.slice(0, verbAt === -1 ? words.length : verbAt) : [];
  if (path.some(({ kind, quoted }) => kind !== 'bare' || quoted)) return undefined;
  const menu = isPath ? `/${path.flatMap(({ name }) => name.split('/').filter((part) => part !== '')).join('/')}` : current;
  if (verbAt === -1) return isPath ? { menu, props: {}, lossy: [] } : undefined;
  const verb = words[verbAt]?.name;
  if (menu === '' || verb === undefined || (!isPath && verbAt !== 0)) return undefined;
  return { menu, verb, ...rest(words.slice(verbAt + 1), verb) };
}

function rest(words: readonly Word[], verb: string): Omit<Statement, 'menu' | 'verb'> {
  const selector = verb === 'add' ? undefined : selectorOf(words[0]);
  const props = new Map<string, string>();
  const lossy: string[] = [];
  let prefix = '';
  for (const { kind, name, value, exact } of selector ? words.slice(1) : words) {
    if (kind === 'bracket') continue;
    // `security.ft=yes .ft-over-ds=yes`: a leading dot goes on from the name before.
    const whole = kind === 'pair' && name.startsWith('.') ? `${prefix}${name}` : name;
    if (kind === 'pair' && whole.includes('.')) prefix = whole.slice(0, whole.lastIndexOf('.'));
    props.set(whole, value);
    if (!exact) lossy.push(whole);
  }
  return { ...(selector && { selector }), props: Object.freeze(Object.fromEntries(props)), lossy };
}

function selectorOf(word: Word | undefined): Selector | undefined {
  if (word?.kind === 'bare' && !word.name.startsWith('!')) return { by: 'name', name: word.name };
  const found = word?.kind === 'bracket' ? /^find\b([\s\S]*)$/.exec(word.name) : undefined;
  if (!found) return undefined;
  const pairs = readWords(found[1] ?? '').words.filter(({ kind }) => kind === 'pair');
  return { by: 'find', where: Object.freeze(Object.fromEntries(pairs.map(({ name, value }) => [name, value]))) };
}
