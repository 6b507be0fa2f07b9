import { InputError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import type { Context } from './context.ts';
import type { DeviceView } from './device-types.ts';

/** @throws InputError `UNKNOWN_DEVICE` with the names there are */
export async function requireDevice(context: Context, idOrName: string): Promise<Device> {
  const device = await context.store.device(idOrName);
  if (device) return device;
  const names = (await context.store.devices()).map((one) => one.name).slice(0, 50);
  throw new InputError('There is no device of that name or id.', {
    code: 'UNKNOWN_DEVICE',
    hint: names.length > 0 ? `Known devices: ${names.join(', ')}.` : 'Add one with: routeros-mcp device add.',
    details: { known: names },
  });
}

/** What faces may see of a device. */
export function deviceView(device: Device): DeviceView {
  const { trust, ...rest } = device;
  return { ...rest, trust: { kind: trust.kind, ...('fingerprint' in trust && { fingerprint: trust.fingerprint }) } };
}
