import type { Clock } from '../core/clock.ts';
import { FleetError, RouterError, UnreachableError } from '../core/errors.ts';
import type { Reader, Row } from './types.ts';

export interface Patience {
  /** Milliseconds between two looks. */
  readonly every: number;
  /** Milliseconds in all. */
  readonly most: number;
  readonly signal?: AbortSignal;
}

/**
 * Waits until a router is up: `/system/resource` has answered the same version twice in a row. In the first seconds after a boot a
 * router answers with the body of another menu (measured), so that one answer says nothing.
 * @returns the row of `/system/resource`
 * @throws UnreachableError `TIMED_OUT` it did not come up in time; or what waiting does not cure (a changed key, a refused login)
 */
export async function settled(reader: Reader, clock: Clock, patience: Patience): Promise<Row> {
  const start = clock.monotonic();
  let before = '';
  for (;;) {
    const row = await look(reader, patience.signal);
    const version = row?.['version'] ?? '';
    if (row && version !== '' && version === before) return row;
    before = version;
    if (clock.monotonic() - start + patience.every > patience.most) throw notUp(patience.most);
    await clock.sleep(patience.every, patience.signal);
  }
}

async function look(reader: Reader, signal: AbortSignal | undefined): Promise<Row | undefined> {
  try {
    const rows = await reader.read({ verb: 'read', menu: '/system/resource' }, { priority: 'person', ...(signal && { signal }) });
    return rows.length === 1 ? rows[0] : undefined;
  } catch (thrown) {
    // While it boots a menu may be missing, or a service may not be there yet.
    if (thrown instanceof RouterError || (thrown instanceof FleetError && thrown.retryable)) return undefined;
    if (thrown instanceof UnreachableError && thrown.code === 'NOT_A_ROUTER') return undefined;
    throw thrown;
  }
}

const notUp = (most: number): UnreachableError =>
  new UnreachableError('The router did not come up in time.', {
    code: 'TIMED_OUT',
    hint: 'Look at it: it may still be on its way.',
    details: { seconds: Math.round(most / 1_000) },
  });
