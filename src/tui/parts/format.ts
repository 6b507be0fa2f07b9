import { type Field, oneLine } from '../../lib/index.ts';

/** What is not known, in a table. */
export const NONE = '-';

const UNITS: readonly (readonly [number, string])[] = [
  [604_800, 'w'],
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'm'],
  [1, 's'],
];

/** A length of time in at most two units: `3d 4h`, `12m`, `45s`. */
export function span2(seconds: number): string {
  let left = Math.max(0, Math.floor(seconds));
  const parts: string[] = [];
  for (const [size, name] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${name}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0s';
}

/** How long ago, in words that change seldom: what is fresh is `now`, then quarter minutes, minutes, hours, days. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 15) return 'now';
  if (seconds < 60) return `${Math.floor(seconds / 15) * 15}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

export const ago = (milliseconds: number): string => (age(milliseconds) === 'now' ? 'just now' : `${age(milliseconds)} ago`);

/** What is left of a time: `in 14m`; what is over: `ended 2m ago`. */
export function until(milliseconds: number): string {
  if (milliseconds <= 0) return `ended ${ago(-milliseconds)}`;
  return milliseconds < 60_000 ? 'in less than a minute' : `in ${span2(Math.floor(milliseconds / 60_000) * 60)}`;
}

/** The moment as the person's wall clock shows it. */
export function clockTime(at: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export const percent = (share: number | null): string => (share === null ? NONE : `${Math.round(share)}%`);

/** Three digits and a unit: `12.5M`. */
export function compact(value: number): string {
  if (value < 10_000) return String(value);
  for (const unit of ['k', 'M', 'G', 'T', 'P']) {
    value /= 1000;
    if (value < 1000) return `${value < 100 ? value.toFixed(1) : Math.round(value)}${unit}`;
  }
  return `${Math.round(value)}E`;
}

/** Bars from low to high for values between 0 and 100, the newest on the right. */
export function spark(values: readonly number[], width: number, glyphs: readonly string[]): string {
  const top = glyphs.length - 1;
  const bars = values.slice(-width).map((value) => glyphs[Math.max(0, Math.min(top, Math.round((value / 100) * top)))] ?? ' ');
  return bars.join('').padStart(width);
}

/** A duration as RouterOS writes it, nothing left out: `1w2d`, `1h30m`. */
function durationText(seconds: number): string {
  if (seconds < 60 && !Number.isInteger(seconds)) return `${seconds}s`;
  let left = Math.floor(seconds);
  const parts = UNITS.map(([size, name]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? `${count}${name}` : '';
  });
  return parts.join('') || '0s';
}

/** One value of a field as text that could be typed again. */
export const fieldText = (value: unknown, field: Field | undefined): string =>
  typeof value === 'number' && field?.kind.shape.name === 'duration' ? durationText(value) : valueText(value);

/** One typed value as text: lists joined, flags as RouterOS writes them, what is not set as nothing. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(valueText).join(',');
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** One value in a table cell: counters short, durations in two units. */
export function cellText(value: unknown, field: Field | undefined): string {
  const kind = field?.kind.shape.name;
  if (typeof value === 'number' && kind === 'counter') return compact(value);
  if (typeof value === 'number' && kind === 'duration') return value < 1 && value > 0 ? `${value}s` : span2(value);
  const text = oneLine(valueText(value), 200);
  return text === '' ? NONE : text;
}

/** Columns of these kinds line up at their ends. */
export const alignsRight = (field: Field | undefined): boolean => ['counter', 'integer', 'duration'].includes(field?.kind.shape.name ?? '');

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
