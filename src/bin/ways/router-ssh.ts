import type { DeviceView } from '../../lib/index.ts';
import type { SshInput } from '../../lib/operator.ts';
import type { Flags } from '../argv.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../failure.ts';
import type { FlagName } from '../flags.ts';
import { givenKeys, requireAccepted } from './host-key.ts';
import { readPrivateKey } from './private-key.ts';
import type { SshFiles } from './ssh-files.ts';

/** Each of these sets SSH to the router up. */
const SSH: readonly FlagName[] = ['ssh-port', 'host-key', 'ssh-key', 'ssh-agent'];

/** What is said about SSH to the router itself. */
export interface SshWish {
  readonly port: number;
  readonly legacy: boolean;
  readonly agent: boolean;
  readonly keyFile: string | undefined;
  readonly given: readonly string[];
}

/**
 * @param had as it is set up now, from which what was not said is taken
 * @returns undefined where nothing was said
 */
export function sshWish(flags: Flags, had?: DeviceView['ssh']): SshWish | undefined {
  const said = SSH.some((name) => flags.on(name) || flags.texts(name).length > 0);
  const legacy = flags.on('legacy-ssh');
  if (!said && legacy && flags.texts('via').length === 0 && !had)
    throw new UsageError('--legacy-ssh says nothing without SSH.', 'Add --ssh-port 22, or a jump host with --via.');
  if (flags.text('ssh-key-passphrase-fd') !== undefined && flags.text('ssh-key') === undefined)
    throw new UsageError('--ssh-key-passphrase-fd says nothing without --ssh-key.', 'Name the file of the key: --ssh-key FILE');
  if (!said && !(legacy && had)) return undefined;
  return {
    port: flags.whole('ssh-port', { min: 1, max: 65_535 }) ?? had?.port ?? 22,
    legacy: legacy || had?.legacy === true,
    agent: flags.on('ssh-agent') || had?.agent === true,
    keyFile: flags.text('ssh-key'),
    given: givenKeys(flags, 'host-key'),
  };
}

/** The whole of SSH to a router, once its host key was seen and accepted. Keys that were accepted before need no word. */
export async function sshInput(
  context: Context,
  wish: SshWish,
  seen: { readonly name: string; readonly host: string; readonly hostKey: string; readonly before?: readonly string[] },
  { known }: SshFiles,
): Promise<SshInput> {
  const { port, given, keyFile, agent, legacy } = wish;
  const { host, hostKey, before = [] } = seen;
  const whose = `${seen.name} (${host}:${port})`;
  const isOld = given.length === 0 && before.includes(hostKey);
  if (!isOld) await requireAccepted(context, { whose, host, port, seen: hostKey, flag: 'host-key', given, strict: true, known });
  return {
    port,
    hostKeys: isOld ? before : given.length > 0 ? given : [hostKey],
    ...(agent && { agent }),
    ...(legacy && { legacy }),
    ...(keyFile !== undefined && { key: await readPrivateKey(context, 'ssh-key', keyFile) }),
  };
}
