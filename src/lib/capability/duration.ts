/** RouterOS durations: `1w2d3h4m5s`, `4ms482us`; the command line also writes `[Nw][Nd]HH:MM:SS[.fff]`. */

const UNITS = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1, ms: 0.001, us: 0.000_001 } as const;
/** Units in falling order, each at most once; the digits before each keep `ms` from being read as `m` and `s`. */
const PARTS = /^(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?(?:(\d+)us)?$/;

/**
 * Seconds of a RouterOS duration; undefined for text that is none.
 * @example readDuration('1d2h') // 93600
 */
export function readDuration(text: string): number | undefined {
  const clock = /^(?:(\d+)w)?(?:(\d+)d)?\s*(\d{1,3}):([0-5]\d):([0-5]\d)(\.\d+)?$/.exec(text);
  if (clock) {
    const [, weeks, days, hours, minutes, seconds, fraction] = clock;
    const whole =
      Number(weeks ?? 0) * 604_800 + Number(days ?? 0) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
    return exact(whole * 1_000_000 + Math.round(Number(fraction ?? 0) * 1_000_000));
  }
  const found = text === '' ? null : PARTS.exec(text);
  if (!found) return undefined;
  const sizes = Object.values(UNITS).map((size) => Math.round(size * 1_000_000));
  return exact(sizes.reduce((sum, size, index) => sum + Number(found[index + 1] ?? 0) * size, 0));
}

/** Beyond what a number holds exactly, a text is not understood rather than rounded. */
const exact = (micros: number): number | undefined => (Number.isSafeInteger(micros) ? micros / 1_000_000 : undefined);

/**
 * Seconds as RouterOS writes them, in falling units.
 * @example writeDuration(93_600) // '1d2h'
 */
export function writeDuration(seconds: number): string {
  let micros = Math.round(seconds * 1_000_000);
  if (micros === 0) return '0s';
  let text = '';
  for (const [unit, size] of Object.entries(UNITS)) {
    const amount = Math.floor(micros / Math.round(size * 1_000_000));
    if (amount === 0) continue;
    micros -= amount * Math.round(size * 1_000_000);
    text += `${amount}${unit}`;
  }
  return text;
}
