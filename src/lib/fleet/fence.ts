import { DeniedError, InputError } from '../core/errors.ts';
import type { Allowance, Device } from '../device/device.ts';
import { type Fence, fenced } from '../plan/policy.ts';
import type { Risk } from '../plan/types.ts';
import type { Context } from './context.ts';

/** What of a device and of this instance decides who may write. */
export const fenceOf = (context: Context, device: Device): Fence => ({
  environment: device.environment,
  allow: device.allow,
  environments: context.config.environments,
});

/** @throws DeniedError with every reason at once */
export function requireAllowed(context: Context, device: Device, risk: Risk, asks: readonly Allowance[]): void {
  const reasons = fenced(fenceOf(context, device), risk, asks);
  if (reasons.length === 0) return;
  throw new DeniedError(`Refused: ${reasons.join('; ')}.`, {
    hint: 'A person decides this when adding the device (--environment, --allow).',
    details: { risk, environment: device.environment, reasons },
  });
}

export const nothingAsked = (): InputError => new InputError('Nothing was asked for.', { hint: 'Name at least one change.' });
