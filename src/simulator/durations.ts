/** RouterOS durations: `1w2d3h4m5s`, `52m34s530ms`, `4ms482us`; requests may also say `00:10:00` or `1d 00:10:00`. */

const UNITS = [
  ['w', 604_800_000_000],
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['m', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1_000],
  ['us', 1],
] as const;

const WORDS = /^(?:\d+(?:w|d|h|ms|us|m|s))+$/;
const WORD = /(\d+)(ms|us|w|d|h|m|s)/g;
const CLOCK = /^(?:(\d+)d ?)?(\d{1,3}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$/;

/** Microseconds, or undefined when the text is no duration. A bare number means seconds. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1_000_000;
  if (WORDS.test(text)) {
    let total = 0;
    for (const [, count, unit] of text.matchAll(WORD)) total += Number(count) * (UNITS.find(([name]) => name === unit)?.[1] ?? 0);
    return total;
  }
  const clock = CLOCK.exec(text);
  if (!clock) return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = '0'] = clock;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1_000_000 + Number(fraction.padEnd(6, '0'));
}

/** Microseconds in the words RouterOS prints: falling units, `0s` for nothing. */
export function formatDuration(micros: number): string {
  let left = Math.max(0, Math.round(micros));
  let text = '';
  for (const [name, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${name}`;
    left -= count * size;
  }
  return text === '' ? '0s' : text;
}

/** Whole seconds from milliseconds, as uptimes and timeouts are shown. */
export const formatSeconds = (ms: number): string => formatDuration(Math.floor(ms / 1000) * 1_000_000);
