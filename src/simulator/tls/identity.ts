import type { Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { hash } from '../noise.ts';
import { serviceRow } from '../skins/service.ts';
import type { RouterState } from '../state/router.ts';
import { newId, rowsOf } from '../state/tables.ts';
import { type Certificate, issueCertificate, newKeyPair, sharedKeyPair } from './certificate.ts';

/** Who a router says it is on `www-ssl`. */
export interface TlsIdentity {
  readonly certificate: Certificate;
  /** Makes another one, and answers it. */
  replace(): Certificate;
  /** Takes a connection; the certificate is the router's own unless a fault says otherwise. */
  secure(raw: Socket, wrong?: { readonly expired?: boolean }): Socket;
}

export interface TlsParts {
  readonly name: string;
  readonly host: string;
  readonly ownKeys: boolean;
  state(): RouterState;
}

const YESTERYEAR = { notBefore: Date.UTC(2020, 0), notAfter: Date.UTC(2021, 0) };

/** The table tells the same fingerprint as the handshake. */
function enter(router: RouterState, certificate: Certificate): void {
  const name = serviceRow(router, 'www-ssl')?.['certificate'];
  const row = rowsOf(router, '/certificate').find((one) => one['name'] === name);
  if (row) row['fingerprint'] = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}

export function tlsIdentity({ name, host, ownKeys, state }: TlsParts): TlsIdentity {
  const keys = ownKeys ? newKeyPair() : sharedKeyPair();
  const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  let serial = hash(state().seed, 'certificate');
  const issue = (more = {}): Certificate => {
    serial = (serial + 1) >>> 0;
    return issueCertificate({ name, addresses: [host], serial, ...keys, ...more });
  };
  let certificate = issue();
  enter(state(), certificate);
  const contexts = new Map<string, SecureContext>();
  const contextFor = (shown: Certificate | undefined): SecureContext => {
    const only12 = serviceRow(state(), 'www-ssl')?.['tls-version'] === 'only-1.2';
    const kind = `${shown?.fingerprint256} ${only12}`;
    const known = contexts.get(kind);
    if (known) return known;
    const made = createSecureContext({
      // Without a certificate there is nothing to agree on, and every handshake fails.
      ...(shown ? { cert: shown.pem, key } : {}),
      minVersion: 'TLSv1.2',
      maxVersion: only12 ? 'TLSv1.2' : 'TLSv1.3',
    });
    contexts.set(kind, made);
    return made;
  };
  const wrongs = new Map<boolean, Certificate>();
  const wrongOne = (expired: boolean): Certificate => {
    const made = wrongs.get(expired) ?? issue(expired ? YESTERYEAR : {});
    wrongs.set(expired, made);
    return made;
  };
  return {
    get certificate() {
      return certificate;
    },
    replace: () => {
      certificate = issue();
      enter(state(), certificate);
      return certificate;
    },
    secure: (raw, wrong) => {
      const none = (serviceRow(state(), 'www-ssl')?.['certificate'] ?? 'none') === 'none';
      const shown = none ? undefined : wrong ? wrongOne(wrong.expired === true) : certificate;
      const secure = new TLSSocket(raw, { isServer: true, secureContext: contextFor(shown) });
      // A client that turns away from the certificate breaks the handshake: that is what it is there for.
      secure.on('error', () => raw.destroy());
      return secure;
    },
  };
}

/** Puts a certificate on `www-ssl` and opens the door, where the recording has it shut. */
export function enableTls(router: RouterState): void {
  const row = serviceRow(router, 'www-ssl');
  if (!row) return;
  row['disabled'] = 'false';
  const given = row['certificate'] ?? 'none';
  const name = given === 'none' ? 'rest-api' : given;
  row['certificate'] = name;
  const certificates = rowsOf(router, '/certificate');
  if (certificates.some((one) => one['name'] === name)) return;
  certificates.push({
    '.id': newId(router, '/certificate'),
    'common-name': router.name,
    'digest-algorithm': 'sha256',
    'key-size': 'prime256v1',
    'key-type': 'ec',
    'key-usage': 'digital-signature,key-encipherment,tls-server',
    name,
    'private-key': 'true',
    trusted: 'false',
  });
}
