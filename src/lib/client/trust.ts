import { isIP } from 'node:net';
import * as tls from 'node:tls';
import { UnreachableError } from '../core/errors.ts';
import { hostOf } from '../device/address.ts';
import type { Trust } from '../device/device.ts';
import type { Dial } from './dial.ts';

/** SHA-256 of a certificate as 64 lower-case hex digits, however it was written. */
export const plainFingerprint = (text: string): string => text.replace(/[:\s]/g, '').toLowerCase();

class PinMismatch extends Error {
  readonly code = 'PIN_MISMATCH';
}

/**
 * TLS options that let no byte of a request out before the certificate was accepted.
 * A pinned certificate is its own authority and its fingerprint is compared as well, so that an impostor with another
 * certificate, or with a resumed session, never sees an `Authorization` header.
 */
export function tlsOptions(trust: Trust): tls.SecureContextOptions &
  Pick<tls.ConnectionOptions, 'checkServerIdentity' | 'rejectUnauthorized'> & {
    readonly allowPartialTrustChain?: boolean;
  } {
  if (trust.kind === 'unchecked') return { rejectUnauthorized: false };
  // Whoever signs for this device signs for no other: the system's authorities do not count here.
  if (trust.kind === 'authority') return { rejectUnauthorized: true, ca: [trust.pem], allowPartialTrustChain: true };
  if (trust.kind !== 'pinned') return { rejectUnauthorized: true };
  return {
    rejectUnauthorized: true,
    ca: [trust.pem],
    allowPartialTrustChain: true,
    checkServerIdentity: (_host, certificate) =>
      plainFingerprint(certificate.fingerprint256) === trust.fingerprint ? undefined : new PinMismatch('another certificate'),
  };
}

export interface SeenCertificate {
  readonly fingerprint: string;
  readonly pem: string;
  readonly subject: string;
  readonly validTo: string;
  /** It would do under `trust`. */
  readonly trusted: boolean;
}

/**
 * Looks at the certificate a router shows, and sends nothing else.
 * @param timeout milliseconds
 * @param dial through jump hosts; over TCP by default
 * @param trust what it is held against: the system's authorities and this host name by default
 * @throws UnreachableError nobody answers, or what answers does not speak TLS
 */
export async function seeCertificate(
  address: string,
  timeout: number,
  dial?: Dial,
  trust: Trust = { kind: 'system' },
): Promise<SeenCertificate> {
  const host = hostOf(address);
  const port = Number(new URL(address).port || 443);
  const way = dial ? { socket: await dial(host, port) } : { host, port };
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      ...way,
      ...tlsOptions(trust),
      rejectUnauthorized: false,
      timeout,
      ...(isIP(host) === 0 && { servername: host }),
    });
    const fail = (cause: unknown): void => {
      socket.destroy();
      reject(
        new UnreachableError('No TLS server answers at this address.', {
          code: 'UNREACHABLE',
          hint: 'Check address and port, and that www-ssl has a certificate.',
          cause,
        }),
      );
    };
    socket.once('close', () => way.socket?.destroy());
    socket.once('error', fail);
    socket.once('timeout', () => fail(new Error('time-out')));
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (!certificate) return fail(new Error('no certificate'));
      resolve({
        fingerprint: plainFingerprint(certificate.fingerprint256),
        pem: certificate.toString(),
        subject: certificate.subject,
        validTo: certificate.validTo,
        trusted: socket.authorized,
      });
    });
  });
}
