import { X509Certificate } from 'node:crypto';
import type { Dial } from '../client/dial.ts';
import { plainHostKey } from '../client/host-key.ts';
import { seeHostKey } from '../client/ssh-connect.ts';
import { plainFingerprint, seeCertificate } from '../client/trust.ts';
import { InputError, UnreachableError } from '../core/errors.ts';
import { deviceAddress, isLoopback } from '../device/address.ts';
import type { Device, Hop, SshAccess, Trust } from '../device/device.ts';
import type { Credential, LoginSecrets } from '../vault/credential.ts';
import type { Context } from './context.ts';
import type { HopInput, HostKeyRequest, Probe, SshInput, TrustInput } from './device-types.ts';
import { hopsOf } from './line.ts';

/** What a router shows before anyone logs in. Nothing secret is sent to it; jump hosts are logged in to. */
export async function probe(context: Context, written: string, via: readonly HopInput[] = []): Promise<Probe> {
  const address = deviceAddress(written);
  if (address.startsWith('http:')) return { address, tls: false, trusted: isLoopback(address) };
  const { fingerprint, subject, validTo, trusted } = await through(context, via, (dial) => look(context, address, dial));
  return { address, tls: true, fingerprint, subject, validTo, trusted };
}

/** The host key a box shows, before any account is named there. */
export const probeHostKey = (context: Context, { host, port = 22, legacy = false, via = [] }: HostKeyRequest): Promise<string> =>
  through(context, via, (dial) => seeHostKey({ host, port, legacy, ...(dial && { dial }) }, context.routers.parts.ssh));

const look = (context: Context, address: string, dial: Dial | undefined) =>
  seeCertificate(address, context.routers.parts.rest.connect, dial);

/** Does something at the far end of the jump hosts, and leaves none of them open. */
export async function through<Result>(
  context: Context,
  via: readonly HopInput[],
  work: (dial: Dial | undefined) => Promise<Result>,
): Promise<Result> {
  if (via.length === 0) return work(undefined);
  const secrets = { hops: via.map(secretsOf) };
  const chain = context.routers.chains.take(hopsOf({ via: via.map(hopFrom) }, secrets, context.routers.parts.agent));
  try {
    return await work(chain.dial);
  } finally {
    await chain.close();
  }
}

/**
 * The certificate or the authority a person accepted, the system's authorities, or nothing on loopback; anything else stops here.
 * @throws UnreachableError `TLS_PIN_MISMATCH`, `TLS_UNTRUSTED` nothing secret was sent
 */
export async function trustFor(context: Context, address: string, input: TrustInput, via: readonly HopInput[]): Promise<Trust> {
  const { fingerprint, authority, insecure = false } = input;
  if ([fingerprint !== undefined, authority !== undefined, insecure].filter(Boolean).length > 1)
    throw new InputError('Only one of fingerprint, authority and insecure can be meant.', { hint: 'Prefer the fingerprint.' });
  if (address.startsWith('http:')) return plainHttp(address, input);
  if (insecure) return { kind: 'unchecked' };
  if (authority !== undefined) return authorityOf(authority);
  const seen = await through(context, via, (dial) => look(context, address, dial));
  if (fingerprint !== undefined) {
    if (plainFingerprint(fingerprint) === seen.fingerprint) return { kind: 'pinned', fingerprint: seen.fingerprint, pem: seen.pem };
    throw new UnreachableError('The router shows another certificate than the fingerprint given; nothing was sent.', {
      code: 'TLS_PIN_MISMATCH',
      retryable: false,
      hint: 'Compare it on the router: /certificate print detail.',
      details: { seen: seen.fingerprint },
    });
  }
  if (seen.trusted) return { kind: 'system' };
  throw new UnreachableError("Nobody vouches for the router's certificate, so nothing was sent.", {
    code: 'TLS_UNTRUSTED',
    retryable: false,
    hint: `If this is its fingerprint on the router, add the device with --fingerprint ${seen.fingerprint}`,
    details: { fingerprint: seen.fingerprint, validTo: seen.validTo },
  });
}

function plainHttp(address: string, { fingerprint, authority, insecure }: TrustInput): Trust {
  if (fingerprint !== undefined || authority !== undefined)
    throw new InputError('Plain HTTP has no certificate that could be checked.', { hint: 'Use https://, or leave it out.' });
  if (isLoopback(address) || insecure) return { kind: 'none' };
  throw new InputError('Plain HTTP would send the password readable by anyone on the way.', {
    hint: 'Use https:// (service www-ssl with a certificate), or say --insecure and live with it.',
  });
}

/** One or more certificates as PEM. */
function authorityOf(text: string): Trust {
  try {
    const { fingerprint256 } = new X509Certificate(text);
    return { kind: 'authority', fingerprint: plainFingerprint(fingerprint256), pem: text };
  } catch {
    throw new InputError('The authority is no certificate.', { hint: 'Give a file that starts with -----BEGIN CERTIFICATE-----' });
  }
}

/** @throws InputError a port or a key that is none */
export function sshFrom({ port = 22, hostKeys, agent = false, legacy = false }: SshInput): SshAccess {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new InputError('A port is a number from 1 to 65535.');
  const pins = hostKeys.map((written) => {
    const pin = plainHostKey(written);
    if (pin !== undefined) return pin;
    throw new InputError('This is no fingerprint of an SSH host key.', {
      hint: 'For example SHA256:, then 43 characters; ssh-keygen -lf prints it.',
    });
  });
  if (pins.length === 0)
    throw new InputError('SSH needs a host key that a person accepted.', { hint: 'Look at it first: probeHostKey, or device add asks.' });
  return { port, hostKeys: pins, agent, legacy };
}

/** @throws InputError */
export function hopFrom({ host, username, ...access }: HopInput): Hop {
  if (!/^[A-Za-z0-9._:-]{1,253}$/.test(host) || username === '')
    throw new InputError('A jump host has an address and a user.', {
      hint: 'For example { host: "bastion.example.net", username: "ann" }',
    });
  return { host, username, ...sshFrom(access) };
}

export const secretsOf = ({ key, password }: Pick<HopInput, 'key' | 'password'>): LoginSecrets => ({
  ...(password && { password }),
  ...(key && { key }),
});

/** The jump hosts of an enrolled device, with what proves us to each. */
export const hopInputs = (via: NonNullable<Device['via']>, { hops }: Pick<Credential, 'hops'>): readonly HopInput[] =>
  via.map((hop, nth) => ({ ...hop, ...hops[nth] }));
