import { StoreError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import type { SealedCredential } from '../store/store.ts';
import type { Vault } from './vault.ts';

/** What proves an account on an SSH server. */
export interface LoginSecrets {
  readonly password?: Secret;
  /** A private key as OpenSSH or PEM writes it. */
  readonly key?: { readonly text: Secret; readonly passphrase?: Secret };
}

/** Everything secret it takes to reach a router: its account, and those of the jump hosts on the way, in their order. */
export interface Credential extends LoginSecrets {
  readonly password: Secret;
  readonly hops: readonly LoginSecrets[];
}

/** Where it stands in the store: sealed for this place, it opens in no other. */
const TABLE = 'credentials';
const COLUMN = 'sealed';

/** As it is sealed. */
interface Written {
  readonly password?: string;
  readonly key?: { readonly text: string; readonly passphrase?: string };
}

/**
 * A device's credential, ready for the store.
 *
 * @example
 * await ledger.commit([{ kind: 'credential-put', credential: sealCredential(vault, device.id, { password, hops: [] }) }], [entry]);
 */
export function sealCredential(vault: Vault, deviceId: string, credential: Credential): SealedCredential {
  const text = JSON.stringify({ ...written(credential), hops: credential.hops.map(written) });
  return Object.freeze({ deviceId, sealed: vault.seal(TABLE, deviceId, COLUMN, text) });
}

/**
 * A device's credential, as it came from the store.
 *
 * @throws ConfigError `KEY_MISSING` it was sealed with another key
 * @throws StoreError `STORE_FAILED` it was changed, or sealed for another device
 */
export function openCredential(vault: Vault, { deviceId, sealed }: SealedCredential): Credential {
  const opened = parsed(vault.open(TABLE, deviceId, COLUMN, sealed).reveal());
  const { password, ...rest } = read(opened);
  if (!password) throw unreadable();
  return { password, ...rest, hops: (opened.hops ?? []).map(read) };
}

const written = ({ password, key }: LoginSecrets): Written => ({
  ...(password && { password: password.reveal() }),
  ...(key && { key: { text: key.text.reveal(), ...(key.passphrase && { passphrase: key.passphrase.reveal() }) } }),
});

const read = ({ password, key }: Written): LoginSecrets => ({
  ...(password !== undefined && { password: new Secret(password) }),
  ...(key && { key: { text: new Secret(key.text), ...(key.passphrase !== undefined && { passphrase: new Secret(key.passphrase) }) } }),
});

/** What the vault opens is what we sealed; a text of an older program is not, and must not be quoted. */
function parsed(text: string): Written & { readonly hops?: readonly Written[] } {
  try {
    const sealedByUs: Written & { readonly hops?: readonly Written[] } = JSON.parse(text);
    return sealedByUs;
  } catch {
    throw unreadable();
  }
}

const unreadable = (): StoreError =>
  new StoreError('The credential of this device cannot be read.', { hint: 'Remove the device and add it again.' });
