import { ALLOWANCES, ENVIRONMENTS } from '../../lib/index.ts';
import { hostOf } from '../../lib/operator.ts';
import type { Flags } from '../argv.ts';
import type { Run } from '../command.ts';
import { deviceJson, deviceSheet } from '../device-view.ts';
import { UsageError } from '../failure.ts';
import { readSecret } from '../secret-input.ts';
import { listed, needed, oneOf, pairs } from '../values.ts';
import { acceptedFingerprint, givenTrust } from '../ways/certificate.ts';
import { hopMaker, requireHopsNamed } from '../ways/hops.ts';
import { sshInput, sshWish } from '../ways/router-ssh.ts';
import { readSshFiles } from '../ways/ssh-files.ts';

/** Checks the words first, then whom we meet on the way, then asks for the password: it goes nowhere before the router is trusted. */
export const deviceAdd: Run = async (context) => {
  const { args, flags, io, operator } = context;
  const wanted = whatIsWanted(args[0] ?? '', flags);
  requireHopsNamed(context);
  const wish = sshWish(flags);
  const given = await givenTrust(flags);
  const files = await readSshFiles(flags);
  const door = await operator();
  const via = await hopMaker(context, door, files)(flags.texts('via'));
  const trust =
    given ?? (/^https:/i.test(wanted.address) ? await acceptedFingerprint(context, await door.probe(wanted.address, { via })) : {});
  if (given?.insecure) io.warn(`Nobody checks that ${wanted.address} is the router: whoever is on the way can read the password.`);
  const host = wish ? hostOf(wanted.address) : '';
  const { port = 22, legacy = false } = wish ?? {};
  const ssh =
    wish &&
    (await sshInput(context, wish, { name: wanted.name, host, hostKey: await door.probeHostKey({ host, port, legacy, via }) }, files));
  const password = await readSecret(context, {
    stdin: 'password-stdin',
    fd: 'password-fd',
    question: `Password of ${wanted.username} on ${wanted.name}:`,
  });
  if (!password) throw new UsageError('There is no password.', 'Send it to --password-stdin.');
  const device = await door.addDevice({ ...wanted, ...trust, password, via, ...(ssh && { ssh }) });
  return { data: deviceJson(device), text: () => deviceSheet(io, device), note: () => `Enrolled ${device.name}.` };
};

function whatIsWanted(name: string, flags: Flags) {
  refusePassword(flags);
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

/** @throws UsageError */
export function refusePassword(flags: Flags): void {
  if (flags.text('password') === undefined) return;
  throw new UsageError(
    'A password on the command line can be read by everybody on this machine; it is not taken.',
    'Send it to --password-stdin or --password-fd, or leave both out and type it. If this password was real, change it.',
  );
}
