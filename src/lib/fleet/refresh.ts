import type { Reader } from '../client/types.ts';
import { canonical } from '../core/canonical.ts';
import { UnreachableError } from '../core/errors.ts';
import type { Device, Facts } from '../device/device.ts';
import { readFacts } from '../insight/facts.ts';
import type { Context } from './context.ts';
import { entry, SYSTEM } from './record.ts';

/**
 * The router as it is today: it may have been upgraded since it was added. A plan made for the version of that day would be stale
 * for ever.
 * @throws UnreachableError `NOT_A_ROUTER` another box answers at its address
 */
export async function upToDate(context: Context, device: Device, reader: Reader): Promise<Device> {
  const facts = await readFacts(reader, context.store.now());
  if (facts.hardwareId !== device.facts.hardwareId) throw anotherBox();
  if (sameFacts(facts, device.facts)) return device;
  const now: Device = { ...device, facts };
  const details = { version: facts.version, was: device.facts.version };
  await context.ledger.commit([{ kind: 'device-put', device: now }], [entry(SYSTEM, 'device.update', 'ok', { device, details })]);
  return now;
}

const sameFacts = ({ readAt: _a, ...a }: Facts, { readAt: _b, ...b }: Facts): boolean => canonical(a) === canonical(b);

export const anotherBox = (): UnreachableError =>
  new UnreachableError('Another box answers at this address.', {
    code: 'NOT_A_ROUTER',
    retryable: false,
    hint: 'Remove the device and add it again.',
  });
