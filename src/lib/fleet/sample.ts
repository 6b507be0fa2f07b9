import { systemResource } from '../capability/catalog/system-resource.ts';
import { decodeRow } from '../capability/codec.ts';
import { transportOf } from '../client/fallback.ts';
import { asFleetError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import type { Context } from './context.ts';
import { keepUpToDate } from './refresh.ts';
import type { DeviceSample } from './types.ts';

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const string = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** One look at one router: up with its measurements, or down with the code that says why. Never throws for a router's sake. */
export async function sample(context: Context, device: Device, signal?: AbortSignal): Promise<DeviceSample> {
  const started = context.clock.monotonic();
  const options = { priority: 'poll' as const, ...(signal && { signal }) };
  try {
    const link = await context.routers.reading(device);
    const rows = await link.read({ verb: 'read', menu: systemResource.menu }, options);
    const row = rows[0] ?? {};
    const name = (await link.read({ verb: 'read', menu: '/system/identity' }, options))[0]?.['name'];
    const took = context.clock.monotonic() - started;
    keepUpToDate(context, device);
    const { item } = decodeRow(systemResource, row, device.facts.version);
    const [free, total] = [number(item['freeMemory']), number(item['totalMemory'])];
    return {
      deviceId: device.id,
      at: context.store.now(),
      status: 'up',
      transport: transportOf(rows) ?? 'rest',
      cpuLoad: number(item['cpuLoad']),
      memoryUsed: free === null || total === null ? null : total - free,
      memoryTotal: total,
      uptimeSeconds: number(item['uptime']),
      identity: name ?? null,
      version: string(item['version']),
      board: string(item['boardName']),
      took,
    };
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    return {
      deviceId: device.id,
      at: context.store.now(),
      status: 'down',
      transport: null,
      code: asFleetError(thrown).code,
      cpuLoad: null,
      memoryUsed: null,
      memoryTotal: null,
      uptimeSeconds: null,
      identity: null,
      version: null,
      board: null,
      took: context.clock.monotonic() - started,
    };
  }
}
