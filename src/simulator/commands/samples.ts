import type { Context } from '../context.ts';
import { parseDuration } from '../durations.ts';
import { refuse } from '../errors.ts';
import type { Row } from '../state/row.ts';
import { findRow } from '../state/tables.ts';
import { asText } from '../values.ts';
import type { Values } from '../write.ts';

/** What a command may take at most: then its session is closed under it. */
const CAP_SECONDS = 60;

/** Whole seconds a measurement goes on; without an end it runs into the cap. */
export function secondsOf(body: Values): number {
  const micros = parseDuration(asText(body['duration'] ?? '', 'duration'));
  if (micros === undefined || micros > CAP_SECONDS * 1_000_000) throw refuse('Session closed');
  return Math.max(1, Math.floor(micros / 1_000_000));
}

/** How often something is sampled: every `interval`, a second if nothing is said. */
function countOf(body: Values): number {
  const every = body['interval'] === undefined ? 1_000_000 : parseDuration(asText(body['interval'], 'interval'));
  if (every === undefined || every < 200_000) throw refuse('value of interval is out of range');
  return Math.max(1, Math.floor((secondsOf(body) * 1_000_000) / every));
}

/** Samples of a measurement: one without a number for `once`, one each interval with `.section` for `duration`. */
export function samples(body: Values, sample: (number: number) => Row[]): Row[] {
  if (Object.hasOwn(body, 'once')) return sample(0);
  return Array.from({ length: countOf(body) }, (_, at) => sample(at).map((row) => ({ '.section': String(at), ...row }))).flat();
}

/** The rows `numbers` or `interface` names. */
export function named(context: Context, body: Values, argument: string, menu: string): Row[] {
  if (body[argument] === undefined) throw refuse(`missing =${argument}=`);
  return asText(body[argument], argument)
    .split(',')
    .map((key) => {
      const row = findRow(context.router, menu, key);
      if (!row) throw refuse(`input does not match any value of ${argument}`);
      return row;
    });
}
