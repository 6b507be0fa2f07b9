import type { Reader } from '../client/types.ts';
import { oneLine } from '../core/clean.ts';
import type { Device } from '../device/device.ts';
import type { HistoryNote } from '../plan/types.ts';

const MOST = 20;
const LONGEST = 200;

/** What others did lately, newest first, as the router's own history has it; at most 20 actions. Empty where it cannot be read. */
export async function routerHistory(reader: Reader, device: Pick<Device, 'username'>): Promise<readonly HistoryNote[]> {
  try {
    const rows = await reader.read({ verb: 'read', menu: '/system/history', fields: ['action', 'by', 'time'] });
    return rows
      .filter((row) => row['by'] !== device.username)
      .slice(0, MOST)
      .map((row) => ({
        by: oneLine(row['by'] ?? '', LONGEST),
        action: oneLine(row['action'] ?? '', LONGEST),
        time: oneLine(row['time'] ?? '', LONGEST),
      }));
  } catch {
    // Evidence for a person, and no more: a router that does not tell is stale all the same.
    return [];
  }
}
