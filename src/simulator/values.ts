import { isIP } from 'node:net';
import { parsePrefix, withMask } from './addresses.ts';
import { formatDuration, parseDuration } from './durations.ts';
import { refuse } from './errors.ts';
import type { FieldSchema } from './schema.ts';
import type { RouterState } from './state/router.ts';
import { rowsOf } from './state/tables.ts';

/** Text of a JSON value as the console would have received it. */
export function asText(value: unknown, name: string): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map((member) => asText(member, name)).join(',');
  throw refuse(`invalid value for argument ${name}`);
}

type Check = (text: string, name: string, field: FieldSchema, router: RouterState) => string | undefined;

const mismatch = (name: string) => refuse(`input does not match any value of ${name}`);

/** What the router stores for a value it is given, undefined for nothing at all; or its refusal. */
export function canonical(router: RouterState, name: string, field: FieldSchema | undefined, text: string): string | undefined {
  const check = field && CHECKS[field.kind];
  return check && field ? check(text, name, field, router) : text;
}

const bool: Check = (text, name) => {
  if (text === 'true' || text === 'yes') return 'true';
  if (text === 'false' || text === 'no') return 'false';
  throw mismatch(name);
};

/** A flag is there, and empty, or it is not there. */
const flag: Check = (text, name, field, router) => (text === '' || bool(text, name, field, router) === 'true' ? '' : undefined);

/** Two words, which false and true stand for too. */
const twofold: Check = (text, name, field) => {
  const found = field.words.includes(text) ? text : { false: field.words[0], true: field.words[1] }[text];
  if (found === undefined) throw mismatch(name);
  return found;
};

/** Enums take comma lists of their words, each word or the whole negated with `!`; `#` among the words stands for any number. */
const words: Check = (text, name, field) => {
  for (const word of text.replace(/^!/, '').split(',')) {
    const bare = word.replace(/^!/, '');
    if (field.words.includes(bare)) continue;
    if (field.words.includes('#') && /^\d+$/.test(bare)) continue;
    throw mismatch(name);
  }
  return text;
};

const outOfRange = (name: string, range: readonly [string, string]) =>
  refuse(`value of ${name} is out of range (${range[0]}..${range[1]})`);

function checkNumber(text: string, name: string, range: readonly [string, string] | undefined): void {
  if (!/^-?(?:\d+|0x[0-9A-Fa-f]+)$/.test(text)) {
    throw refuse(/^-?\d/.test(text) ? `value of ${name} contains invalid trailing characters` : `invalid value for argument ${name}`);
  }
  if (!range || !/^-?\d+$/.test(range[0]) || !/^\d+$/.test(range[1])) return;
  const value = BigInt(text);
  if (value < BigInt(range[0]) || value > BigInt(range[1])) throw outOfRange(name, range);
}

const int: Check = (text, name, field) => {
  if (field.words.includes(text)) return text;
  checkNumber(text.replace(/^!/, ''), name, field.range);
  return text;
};

const ints: Check = (text, name, field) => {
  for (const part of text.split(/[,-]/)) if (part !== '') checkNumber(part, name, field.range);
  return text;
};

/** A duration in any spelling, stored in one; a word such as `none` where the field has it. */
const time: Check = (text, name, field) => {
  const micros = parseDuration(text);
  if (micros === undefined) {
    if (field.words.includes(text) || /^none(?:-dynamic|-static)?$/.test(text)) return text;
    throw refuse(`invalid value for argument ${name}`);
  }
  const low = field.range && parseDuration(field.range[0]);
  const high = field.range && parseDuration(field.range[1]);
  if (field.range && low !== undefined && high !== undefined && (micros < low || micros > high)) throw outOfRange(name, field.range);
  return formatDuration(micros);
};

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1_000, M: 1_000_000, G: 1_000_000_000 };

/** Bits a second, in plain figures: `20M` is stored as `20000000`. */
const rate: Check = (text, name) => {
  const [, figure, unit = ''] = /^(\d+(?:\.\d+)?)([kMG]?)$/.exec(text) ?? [];
  if (figure === undefined) throw refuse(`invalid value for argument ${name}`);
  return String(Math.round(Number(figure) * (UNITS[unit] ?? 1)));
};

/** Up and down; one figure stands for both. */
const rates: Check = (text, name, field, router) => {
  const [up = '', down = up] = text.split('/');
  return `${rate(up, name, field, router)}/${rate(down, name, field, router)}`;
};

const ip: Check = (text, name) => {
  if (isIP(text.replace(/^!/, '')) !== 0) return text;
  throw refuse(`invalid value for argument ${name}`);
};

const cidr: Check = (text, name) => {
  const prefix = parsePrefix(text);
  if (!prefix) throw refuse(`invalid value for argument ${name}`);
  return `${prefix.address}/${prefix.bits}`;
};

/** Comma lists of prefixes; a host gains its mask. */
const prefix: Check = (text, name) =>
  text
    .split(',')
    .filter(Boolean)
    .map((part) => {
      const masked = withMask(part.trim());
      if (masked === undefined) throw refuse(`invalid value for argument ${name}`);
      return masked;
    })
    .join(',');

const mac: Check = (text, name) => {
  if (!/^!?(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?:\/[0-9A-Fa-f:]+)?$/.test(text)) throw refuse(`invalid value for argument ${name}`);
  return text.toUpperCase().replaceAll('-', ':');
};

/** A name of a row over there (or its id, which then reads as the name), or one of the words. */
const ref: Check = (text, name, field, router) => {
  const negated = text.startsWith('!');
  const wanted = negated ? text.slice(1) : text;
  if (field.words.includes(wanted) || field.menu === undefined) return text;
  const rows = rowsOf(router, field.menu);
  if (rows.some((row) => row['name'] === wanted)) return text;
  const byId = rows.find((row) => row['.id'] === wanted.toUpperCase());
  if (wanted.startsWith('*') && byId?.['name'] !== undefined) return `${negated ? '!' : ''}${byId['name']}`;
  throw mismatch(name);
};

const refs: Check = (text, name, field, router) =>
  text
    .split(',')
    .filter(Boolean)
    .map((part) => ref(part, name, field, router))
    .join(',');

const outOfPorts = (text: string): boolean => Number(text) > 65_535;

/** One port, ranges or a list of them, negated as a whole. */
const ports: Check = (text, name) => {
  const parts = text.replace(/^!/, '').split(',');
  if (!parts.every((part) => /^\d+(?:-\d+)?$/.test(part))) throw refuse(`invalid value for argument ${name}`);
  if (parts.some((part) => part.split('-').some(outOfPorts))) throw outOfRange(name, ['0', '65535']);
  return text;
};

/** An address, a network or a stretch of addresses; a host stands without its mask. */
const range: Check = (text) => {
  const bare = text.replace(/^!/, '');
  const ends = bare.split('-');
  const good = ends.length === 2 ? ends.every((end) => isIP(end) === 4) : parsePrefix(bare)?.family === 4;
  if (!good) throw refuse('value of range expects range of ip addresses');
  return text.replace(/\/32$/, '');
};

const CHECKS: Readonly<Record<string, Check>> = Object.freeze({
  bool,
  flag,
  switch: twofold,
  enum: words,
  int,
  ints,
  ports,
  time,
  rate,
  rates,
  ip,
  cidr,
  prefix,
  range,
  mac,
  ref,
  refs,
});
