import { ALLOWANCES, type DeviceView, ENVIRONMENTS } from '../../lib/index.ts';
import { type DeviceChange, type HopInput, hostOf, type Operator } from '../../lib/operator.ts';
import type { Flags } from '../argv.ts';
import type { Context, Run } from '../command.ts';
import { deviceJson, deviceSheet } from '../device-view.ts';
import { UsageError } from '../failure.ts';
import { readSecret } from '../secret-input.ts';
import { listed, oneOf, pairs } from '../values.ts';
import { acceptedFingerprint, givenTrust } from '../ways/certificate.ts';
import { hopMaker, requireHopsNamed } from '../ways/hops.ts';
import { sshInput, sshWish } from '../ways/router-ssh.ts';
import { readSshFiles } from '../ways/ssh-files.ts';
import { refusePassword } from './device-add.ts';

/** Changes what is said, and nothing else; a new way is gone once before it is kept. */
export const deviceUpdate: Run = async (context) => {
  const { args, flags, io, operator } = context;
  refusePassword(flags);
  requireOne(flags, 'no-ssh', ['ssh-port', 'host-key', 'ssh-key', 'ssh-agent']);
  requireOne(flags, 'no-via', ['via']);
  requireHopsNamed(context);
  const door = await operator();
  const device = await door.fleet.device(args[0] ?? '');
  const plain = plainChange(flags, device);
  const way = await wayChange(context, door, device);
  const password = await otherPassword(context, device);
  const change = { ...plain, ...way, ...(password && { password }) };
  if (Object.keys(change).length === 0)
    throw new UsageError(
      'Nothing is asked to be another way.',
      'Say what to change: --address, --tag, --allow, --rename ... (--help has all).',
    );
  const changed = await door.updateDevice(device.id, { ...change, revision: device.revision });
  return { data: deviceJson(changed), text: () => deviceSheet(io, changed), note: () => `Changed ${changed.name}.` };
};

function requireOne(flags: Flags, none: 'no-ssh' | 'no-via', some: readonly Parameters<Flags['on']>[0][]): void {
  const other = some.find((name) => flags.on(name));
  if (flags.on(none) && other !== undefined) throw new UsageError(`--${none} and --${other} are both given.`, 'Use one of them.');
}

/** What no router is asked about. Tags and allowances are added to and taken from those there are. */
function plainChange(flags: Flags, device: DeviceView): DeviceChange {
  const [name, environment, username] = [flags.text('rename'), flags.text('environment'), flags.text('username')];
  const words = (flag: 'allow' | 'forbid') => listed(flags.texts(flag)).map((word) => oneOf(flag, word, ALLOWANCES));
  const [allow, forbid] = [words('allow'), words('forbid')];
  const both = allow.find((word) => forbid.includes(word));
  if (both !== undefined) throw new UsageError(`${both} is allowed and forbidden at once.`, 'Decide for one.');
  const tags = pairs(flags.texts('tag'), 'tag');
  const untag = listed(flags.texts('untag'));
  const stray = untag.find((key) => device.tags[key] === undefined && tags[key] === undefined);
  if (stray !== undefined)
    throw new UsageError(`${device.name} has no such tag to take away.`, `Its tags: ${Object.keys(device.tags).join(', ') || 'none'}.`);
  const kept = Object.entries({ ...device.tags, ...tags }).filter(([key]) => !untag.includes(key));
  return {
    ...(name !== undefined && { name }),
    ...(username !== undefined && { username }),
    ...(environment !== undefined && { environment: oneOf('environment', environment, ENVIRONMENTS) }),
    ...((Object.keys(tags).length > 0 || untag.length > 0) && { tags: Object.fromEntries(kept) }),
    ...((allow.length > 0 || forbid.length > 0) && {
      allow: [...new Set([...device.allow, ...allow])].filter((word) => !forbid.includes(word)),
    }),
  };
}

/** How it is reached. Whoever is new on the way is looked at, and accepted, before anything is sent to it. */
async function wayChange(context: Context, door: Operator, device: DeviceView): Promise<DeviceChange> {
  const { flags, io } = context;
  const wish = sshWish(flags, device.ssh);
  const given = await givenTrust(flags);
  const files = await readSshFiles(flags);
  const hops = await hopMaker(context, door, files)(flags.texts('via'));
  const via: readonly HopInput[] | undefined = flags.on('no-via') ? [] : hops.length > 0 ? hops : undefined;
  const other = flags.text('address');
  const address = other ?? device.address;
  const asks = given === undefined && other !== undefined && /^https:/i.test(other) && !goesAlong(device);
  const look = wish || asks ? await door.seeDevice(device.id, { address, ...(via && { via }), ...(wish && { ssh: wish }) }) : undefined;
  const trust = asks && look?.certificate ? await acceptedFingerprint(context, { address, ...look.certificate }) : given;
  if (given?.insecure) io.warn(`Nobody checks that ${address} is the router: whoever is on the way can read the password.`);
  const seen = look?.hostKey;
  const before = device.ssh ? { before: device.ssh.hostKeys } : {};
  const ssh =
    wish && seen && (await sshInput(context, wish, { name: device.name, host: hostOf(address), hostKey: seen.seen, ...before }, files));
  return {
    ...trust,
    ...(other !== undefined && { address: other }),
    ...(flags.on('no-ssh') ? { ssh: null } : ssh && { ssh }),
    ...(flags.on('no-via') ? { via: null } : via && { via }),
  };
}

/** A certificate or an authority that was accepted is that of the router, wherever it is. */
const goesAlong = ({ trust }: DeviceView): boolean => trust.kind === 'pinned' || trust.kind === 'authority';

async function otherPassword(context: Context, { username, name }: DeviceView) {
  const { flags } = context;
  const question = `New password of ${flags.text('username') ?? username} on ${name}:`;
  return readSecret(context, { stdin: 'password-stdin', fd: 'password-fd', ...(flags.on('ask-password') && { question }) });
}
