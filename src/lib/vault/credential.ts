import type { Secret } from '../core/secret.ts';
import type { SealedCredential } from '../store/store.ts';
import type { Vault } from './vault.ts';

/** Where a device's password stands in the store: sealed for this place, it opens in no other. */
const TABLE = 'credentials';
const COLUMN = 'sealed';

/**
 * A device's password, ready for the store.
 *
 * @example
 * await ledger.commit([{ kind: 'credential-put', credential: sealCredential(vault, device.id, password) }], [entry]);
 */
export const sealCredential = (vault: Vault, deviceId: string, password: string | Secret): SealedCredential =>
  Object.freeze({ deviceId, sealed: vault.seal(TABLE, deviceId, COLUMN, password) });

/**
 * A device's password, as it came from the store.
 *
 * @throws ConfigError `KEY_MISSING` it was sealed with another key
 * @throws StoreError `STORE_FAILED` it was changed, or sealed for another device
 */
export const openCredential = (vault: Vault, credential: SealedCredential): Secret =>
  vault.open(TABLE, credential.deviceId, COLUMN, credential.sealed);
