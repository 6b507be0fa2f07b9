import { z } from 'zod';
import { readDuration, writeDuration } from '../duration.ts';
import { fieldOf, type Kind } from '../field.ts';

/** How long, and when. */

const seconds = z.number().min(0).max(4_294_967_295);

/** Seconds; fractions down to a microsecond. */
function durationKind(words: readonly string[]): Kind<number | string> {
  return {
    shape: { name: 'duration', words },
    schema: words.length === 0 ? seconds : z.union([seconds, z.enum(words)]),
    example: '1d2h',
    allowed: `a duration such as 30s, 5m or 1d2h${words.length > 0 ? `, or ${words.join(', ')}` : ''}`,
    decode: (text) => (words.includes(text) ? text : readDuration(text)),
    encode: (value) => (typeof value === 'number' ? writeDuration(value) : value),
  };
}

const MICROS: Readonly<Record<string, number>> = { s: 1_000_000, ms: 1_000, us: 1 };

/** A measured time, which RouterOS may also write as `2.331ms`; undefined beyond what a number holds exactly. */
function readLatency(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+\.\d+)(s|ms|us)$/.exec(text) ?? [];
  if (amount === undefined) return readDuration(text);
  const micros = Math.round(Number(amount) * (MICROS[unit] ?? 1));
  return Number.isSafeInteger(micros) ? micros / 1_000_000 : undefined;
}

const latencyKind: Kind<number> = {
  shape: { name: 'duration', words: [] },
  schema: seconds,
  example: '2ms331us',
  allowed: 'a time such as 2ms331us',
  decode: readLatency,
  encode: writeDuration,
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `2026-03-14 09:26:53`, and `mar/14/2026 09:26:53` before 7.10, as ISO 8601; what is no whole date stays as it is. */
function readTime(text: string): string | undefined {
  const old = /^([a-z]{3})\/(\d{2})\/(\d{4})(.*)$/i.exec(text);
  const month = old ? MONTHS.indexOf((old[1] ?? '').toLowerCase()) + 1 : 0;
  const dated = old && month > 0 ? `${old[3]}-${String(month).padStart(2, '0')}-${old[2]}${old[4]}` : text;
  if (!/\d/.test(dated)) return undefined;
  return dated.replace(/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/, '$1T$2');
}

/** A moment in the router's own local time: ISO 8601 without a zone, for RouterOS writes none. */
const timeKind: Kind<string> = {
  shape: { name: 'time' },
  schema: z.string().max(40).regex(/\d/),
  example: '2026-03-14T09:26:53',
  allowed: 'a local date and time, as ISO 8601 or as RouterOS writes it',
  decode: readTime,
  encode: (value) => value.replace(/^(\d{4}-\d{2}-\d{2})T/, '$1 '),
};

export const duration = (...words: readonly string[]) => fieldOf(durationKind(words));
/** Seconds of something that was measured. */
export const latency = fieldOf(latencyKind);
export const time = fieldOf(timeKind);
