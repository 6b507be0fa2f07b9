import type { LedgerRecord } from '../store/store.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { limitUpTo } from './limits.ts';
import type { HistoryRequest } from './types.ts';

const MOST = 1_000;

/** Ledger records, newest first unless asked otherwise; at most 1,000 at a time, 100 by default. */
export async function history(context: Context, request: HistoryRequest = {}): Promise<readonly LedgerRecord[]> {
  const { device, ...filter } = request;
  // A device that was removed still has its history, under its id.
  const deviceId =
    device === undefined
      ? filter.deviceId
      : ((await context.store.device(device))?.id ?? (isId(device) ? device : (await requireDevice(context, device)).id));
  return context.store.ledger({ ...filter, ...(deviceId !== undefined && { deviceId }), limit: limitUpTo(filter.limit, MOST) });
}

const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);
