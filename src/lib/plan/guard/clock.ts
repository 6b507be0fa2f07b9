import type { Reader } from '../../client/types.ts';
import { RouterError } from '../../core/errors.ts';

/** A moment on the router's own wall, in its own time zone, as milliseconds of a day count that knows no zone. */
export async function routerClock(reader: Reader): Promise<number> {
  const [row] = await reader.read({ verb: 'read', menu: '/system/clock', fields: ['date', 'time'] }, { priority: 'person' });
  const at = Date.parse(`${row?.['date'] ?? ''}T${row?.['time'] ?? ''}Z`);
  if (Number.isNaN(at)) throw new RouterError('The router does not say what time it is.', { hint: 'See its clock.', retryable: true });
  return at;
}

/** `start-date` and `start-time` of a scheduler entry, so many seconds after a moment of the router's wall. */
export function startOf(wall: number, seconds: number): { readonly 'start-date': string; readonly 'start-time': string } {
  const [date = '', time = ''] = new Date(wall + seconds * 1_000).toISOString().slice(0, 19).split('T');
  return { 'start-date': date, 'start-time': time };
}
