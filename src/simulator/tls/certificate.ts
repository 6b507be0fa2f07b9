import { generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bits, explicit, implicit, integer, nothing, octets, oid, sequence, set, time, utf8, yes } from './der.ts';

/** A certificate that vouches for itself, as most routers have one. */
export interface Certificate {
  readonly pem: string;
  /** SHA-256 as Node writes it: `AB:CD:…` */
  readonly fingerprint256: string;
}

export interface CertificateRequest {
  readonly name: string;
  readonly addresses: readonly string[];
  /** Eight hex digits at most; another number makes another certificate. */
  readonly serial: number;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly notBefore?: number;
  readonly notAfter?: number;
}

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const newKeyPair = (): KeyPair => generateKeyPairSync('ec', { namedCurve: 'P-256' });

let shared: KeyPair | undefined;

/** One key for all routers of a process: a thousand of them start without making a thousand keys. */
export function sharedKeyPair(): KeyPair {
  shared ??= newKeyPair();
  return shared;
}

/** The names of the signatures: ECDSA and RSA, both with SHA-256. */
const ALGORITHMS: Readonly<Record<string, () => Buffer>> = Object.freeze({
  ec: () => sequence(oid('1.2.840.10045.4.3.2')),
  rsa: () => sequence(oid('1.2.840.113549.1.1.11'), nothing()),
});

const extension = (id: string, critical: boolean, content: Buffer): Buffer =>
  sequence(oid(id), ...(critical ? [yes()] : []), octets(content));

/** An address as four bytes, anything else as a name. */
const alternativeName = (text: string): Buffer =>
  isIPv4(text) ? implicit(7, Buffer.from(text.split('.').map(Number))) : implicit(2, Buffer.from(text, 'ascii'));

function extensions(addresses: readonly string[]): Buffer {
  return sequence(
    extension('2.5.29.19', true, sequence()),
    // digitalSignature and keyEncipherment; serverAuth.
    extension('2.5.29.15', true, Buffer.from([0x03, 0x02, 0x05, 0xa0])),
    extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))),
    ...(addresses.length === 0 ? [] : [extension('2.5.29.17', false, sequence(...addresses.map(alternativeName)))]),
  );
}

const numberBytes = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

/** Signs a certificate with its own key. */
export function issueCertificate(request: CertificateRequest): Certificate {
  const { name, addresses, serial, privateKey, publicKey } = request;
  const algorithm = ALGORITHMS[privateKey.asymmetricKeyType ?? ''];
  if (!algorithm) throw new TypeError(`no certificate can be signed with a key of type ${privateKey.asymmetricKeyType}`);
  const named = sequence(set(sequence(oid('2.5.4.3'), utf8(name))));
  const toSign = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(numberBytes(serial)),
    algorithm(),
    named,
    sequence(time(request.notBefore ?? Date.UTC(2020, 0)), time(request.notAfter ?? Date.UTC(2049, 0))),
    named,
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, extensions(addresses)),
  );
  const der = sequence(toSign, algorithm(), bits(sign('sha256', toSign, privateKey)));
  const made = new X509Certificate(der);
  return Object.freeze({ pem: made.toString(), fingerprint256: made.fingerprint256 });
}
