import { canonical, sameDigest } from '../core/canonical.ts';
import { StoreError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import type { SealedPlanSecret } from '../store/store.ts';
import type { Vault } from './vault.ts';

/** The one place for which a secret of a plan is sealed; it opens for no other. */
export interface PlanSecretPlace {
  readonly planId: string;
  readonly deviceId: string;
  readonly menu: string;
  /** As the change names it: an id, `#n`, or empty for a singleton. */
  readonly row: string;
  readonly wire: string;
  readonly ref: string;
}

const TABLE = 'plan_secrets';
const DOMAIN = 'routeros-mcp plan secret';

const columnOf = ({ deviceId, menu, row, wire, ref }: PlanSecretPlace): string => canonical([deviceId, menu, row, wire, ref]);

/** A secret, ready for the store. */
export const sealPlanSecret = (vault: Vault, place: PlanSecretPlace, value: Secret): SealedPlanSecret =>
  Object.freeze({
    ref: place.ref,
    planId: place.planId,
    deviceId: place.deviceId,
    sealed: vault.seal(TABLE, place.planId, columnOf(place), value),
  });

/**
 * A secret, as it came from the store.
 * @param digest what the approved plan says of it: another value is not sent in its place
 * @throws ConfigError `KEY_MISSING` it was sealed with another key
 * @throws StoreError it was changed, or sealed for another place
 */
export function openPlanSecret(vault: Vault, place: PlanSecretPlace, sealed: string, digest: string): Secret {
  const value = vault.open(TABLE, place.planId, columnOf(place), sealed);
  if (sameDigest(planSecretDigest(vault, place, value), digest)) return value;
  throw new StoreError('A sealed secret is not the one that was planned.', {
    hint: 'Make the plan again; and find out who can write to the store.',
  });
}

/** By this a value is known again. The reference is part of it, so that equal secrets of two plans do not look equal. */
export const planSecretDigest = (vault: Vault, { deviceId, menu, row, wire, ref }: PlanSecretPlace, value: Secret): string =>
  vault.digest(DOMAIN, { deviceId, menu, row, wire, ref, value: value.reveal() });
