import { ALLOWANCES, ENVIRONMENTS, UnreachableError } from '../../lib/index.ts';
import type { Operator, Probe } from '../../lib/operator.ts';
import type { Flags } from '../argv.ts';
import type { Context, Run } from '../command.ts';
import { deviceJson, deviceSheet } from '../device-view.ts';
import { UsageError } from '../failure.ts';
import { confirm } from '../prompt.ts';
import { readSecret } from '../secret-input.ts';
import { listed, needed, oneOf, pairs } from '../values.ts';

/** Checks the words first, then the certificate, then asks for the password: it goes nowhere before the router is trusted. */
export const deviceAdd: Run = async (context) => {
  const { args, flags, io, operator } = context;
  const wanted = whatIsWanted(args[0] ?? '', flags);
  const door = await operator();
  const fingerprint = flags.text('fingerprint') ?? (await acceptedFingerprint(context, door, wanted.address));
  const password = await readSecret(context, {
    stdin: 'password-stdin',
    fd: 'password-fd',
    question: `Password of ${wanted.username} on ${wanted.name}:`,
  });
  if (!password) throw new UsageError('There is no password.', 'Send it to --password-stdin.');
  const device = await door.addDevice({ ...wanted, password, ...(fingerprint === undefined ? {} : { fingerprint }) });
  return { data: deviceJson(device), text: () => deviceSheet(io, device), note: () => `Enrolled ${device.name}.` };
};

function whatIsWanted(name: string, flags: Flags) {
  if (flags.text('password') !== undefined) {
    throw new UsageError(
      'A password on the command line can be read by everybody on this machine; it is not taken.',
      'Send it to --password-stdin or --password-fd, or leave both out and type it. If this password was real, change it.',
    );
  }
  const environments = ENVIRONMENTS.join(', ');
  return {
    name,
    address: needed('address', flags.text('address'), 'Say where the router answers: --address https://192.0.2.1'),
    username: needed('username', flags.text('username'), 'Say which account to use: --username api'),
    environment: oneOf(
      'environment',
      needed('environment', flags.text('environment'), `Say what it is part of, for what may be done depends on it: ${environments}.`),
      ENVIRONMENTS,
    ),
    tags: pairs(flags.texts('tag'), 'tag'),
    allow: listed(flags.texts('allow')).map((word) => oneOf('allow', word, ALLOWANCES)),
  };
}

/** The fingerprint a person accepted, where the system does not vouch for the certificate. */
async function acceptedFingerprint({ io }: Context, door: Operator, address: string): Promise<string | undefined> {
  if (!/^https:/i.test(address)) return undefined;
  const probe = await door.probe(address);
  if (!probe.tls || probe.trusted || probe.fingerprint === undefined) return undefined;
  const { fingerprint } = probe;
  if (!io.canAsk) throw untrusted('This system does not trust the certificate of the router.', probe);
  io.warn(`The certificate of ${address} is not vouched for by this system.`);
  io.warn(`  SHA-256 ${fingerprint}`);
  if (probe.validTo !== undefined) io.warn(`  valid to ${probe.validTo}`);
  io.warn('Compare it with what the router shows: /certificate print detail');
  if (await confirm('Is it the same, and do you trust this router?')) return fingerprint;
  throw untrusted('The certificate was not accepted; nothing was sent to the router.', probe);
}

const untrusted = (message: string, probe: Probe): UnreachableError =>
  new UnreachableError(message, {
    code: 'TLS_UNTRUSTED',
    retryable: false,
    hint: `Compare its SHA-256 fingerprint with what the router shows, then add --fingerprint ${probe.fingerprint}`,
    details: { address: probe.address, fingerprint: probe.fingerprint },
  });
