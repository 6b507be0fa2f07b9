import type { LedgerEntry } from '../audit/seal.ts';
import type { Actor } from '../core/actor.ts';
import { asFleetError, DeniedError } from '../core/errors.ts';
import { newRequestId } from '../core/ids.ts';
import type { Device } from '../device/device.ts';
import type { Context } from './context.ts';

/** What this program does by itself, on nobody's behalf. */
export const SYSTEM: Actor = { id: 'system', origin: 'system', roles: [], terminal: false };

export interface About {
  readonly device?: Pick<Device, 'id' | 'environment'> | undefined;
  readonly plan?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly requestId?: string;
}

/** A ledger entry of ours: who, what, on which router, with which result. */
export function entry(actor: Actor, operation: string, result: LedgerEntry['result'], about: About = {}): LedgerEntry {
  return {
    actor: actor.id,
    ...(actor.onBehalfOf !== undefined && { onBehalfOf: actor.onBehalfOf }),
    origin: actor.origin,
    ...(about.device && { device: about.device.id, environment: about.device.environment }),
    operation,
    ...(about.plan !== undefined && { plan: about.plan }),
    result,
    requestId: about.requestId ?? newRequestId(),
    details: about.details ?? {},
  };
}

/** Does the work; a denial is in the ledger, with its reason, before the caller hears of it. */
export async function auditDenial<Result>(
  context: Context,
  actor: Actor,
  operation: string,
  about: About,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof DeniedError) {
      const { code, message } = asFleetError(thrown);
      await context.ledger.commit(
        [],
        [entry(actor, operation, 'denied', { ...about, details: { ...about.details, code, reason: message } })],
      );
    }
    throw thrown;
  }
}
