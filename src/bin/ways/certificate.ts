import { UnreachableError } from '../../lib/index.ts';
import type { Probe, TrustInput } from '../../lib/operator.ts';
import type { Flags } from '../argv.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../failure.ts';
import { confirm } from '../prompt.ts';
import { readNamed } from './ssh-files.ts';

/** What was said in advance about whom to trust; undefined where nothing was. */
export async function givenTrust(flags: Flags): Promise<TrustInput | undefined> {
  const [fingerprint, ca] = [flags.text('fingerprint'), flags.text('ca')];
  const insecure = flags.on('insecure');
  if ([fingerprint !== undefined, ca !== undefined, insecure].filter(Boolean).length > 1)
    throw new UsageError('Only one of --fingerprint, --ca and --insecure can be meant.', 'Prefer the fingerprint.');
  if (fingerprint !== undefined) return { fingerprint };
  if (ca !== undefined) return { authority: await readNamed('ca', ca) };
  return insecure ? { insecure } : undefined;
}

/** The fingerprint a person accepted, where the system does not vouch for the certificate. */
export async function acceptedFingerprint(
  { io }: Pick<Context, 'io'>,
  { address, fingerprint, trusted, validTo }: Omit<Probe, 'tls'>,
): Promise<TrustInput> {
  if (trusted || fingerprint === undefined) return {};
  if (!io.canAsk) throw untrusted('This system does not trust the certificate of the router.', address, fingerprint);
  io.warn(`The certificate of ${address} is not vouched for by this system.`);
  io.warn(`  SHA-256 ${fingerprint}`);
  if (validTo !== undefined) io.warn(`  valid to ${validTo}`);
  io.warn('Compare it with what the router shows: /certificate print detail');
  if (await confirm('Is it the same, and do you trust this router?')) return { fingerprint };
  throw untrusted('The certificate was not accepted; nothing was sent to the router.', address, fingerprint);
}

const untrusted = (message: string, address: string, fingerprint: string): UnreachableError =>
  new UnreachableError(message, {
    code: 'TLS_UNTRUSTED',
    retryable: false,
    hint: `Compare its SHA-256 fingerprint with what the router shows, then add --fingerprint ${fingerprint}`,
    details: { address, fingerprint },
  });
