import { type DeviceView, UnreachableError } from '../../lib/index.ts';
import { type DeviceChange, type DeviceSight, hostOf, type SshInput } from '../../lib/operator.ts';
import type { Context, Run } from '../command.ts';
import { deviceJson, trustText } from '../device-view.ts';
import { UsageError } from '../failure.ts';
import { askText } from '../prompt.ts';
import { sheet } from '../text-table.ts';
import { givenTrust } from '../ways/certificate.ts';
import { givenKeys } from '../ways/host-key.ts';

/** What was accepted and what is shown now, side by side; what differs is accepted by a person or by a flag. */
export const deviceTrust: Run = async (context) => {
  const { args, flags, io, operator } = context;
  const given = await givenTrust(flags);
  const keys = givenKeys(flags, 'host-key');
  const door = await operator();
  const sight = await door.seeDevice(args[0] ?? '');
  const { device } = sight;
  if (keys.length > 0 && !device.ssh)
    throw new UsageError(`SSH is not set up for ${device.name}.`, 'Set it up: routeros-mcp device update NAME --ssh-port 22');
  if (!io.json) io.warn(comparison(context, sight));
  const trust = given ?? (sight.certificate && !sight.certificate.accepted ? { fingerprint: sight.certificate.fingerprint } : undefined);
  const ssh = otherKey(sight, keys);
  if (!trust && !ssh)
    return { data: { device: deviceJson(device), changed: false, ...shown(sight) }, text: () => `${device.name}: the same as accepted.` };
  const isAsked = (trust !== undefined && given === undefined) || (ssh !== undefined && keys.length === 0);
  if (isAsked) await requireYes(context, sight, given !== undefined);
  const change: DeviceChange = { ...trust, ...(ssh && { ssh }), revision: device.revision };
  const now = await door.updateDevice(device.id, change);
  return {
    data: { device: deviceJson(now), changed: true, ...shown(sight) },
    text: () => `${now.name}: ${trustText(now)}${now.ssh ? `; SSH host key ${now.ssh.hostKeys.join(', ')}` : ''}`,
    note: () => `${now.name} answered under what is accepted now.`,
  };
};

/** SSH as it was, with another host key; undefined where the key is the same and none was given. */
function otherKey({ device: { ssh }, hostKey }: DeviceSight, given: readonly string[]): SshInput | undefined {
  if (!ssh || !hostKey || (hostKey.accepted && given.length === 0)) return undefined;
  if (given.length > 0 && !given.includes(hostKey.seen)) {
    throw new UnreachableError('The router shows another SSH host key than the one given; nothing was sent.', {
      code: 'HOST_KEY_CHANGED',
      retryable: false,
      hint: 'Compare it on the router: /ip/ssh/export-host-key.',
      details: { seen: hostKey.seen },
    });
  }
  const { port, agent, legacy } = ssh;
  return { port, agent, legacy, hostKeys: given.length > 0 ? given : [hostKey.seen] };
}

/** Only a whole `yes`: what comes after sends the password to whoever showed this. */
async function requireYes({ io }: Context, sight: DeviceSight, certificateGiven: boolean): Promise<void> {
  const { device, certificate, hostKey } = sight;
  const isCertificate = certificate !== undefined && !certificate.accepted && !certificateGiven;
  if (io.canAsk) {
    if (io.json) io.warn(comparison({ io }, sight));
    if ((await askText('Compare it with the router itself. Type yes to accept what it shows now:')) === 'yes') return;
  }
  const flags = [
    ...(isCertificate ? [`--fingerprint ${certificate.fingerprint}`] : []),
    ...(hostKey && !hostKey.accepted ? [`--host-key ${hostKey.seen}`] : []),
  ];
  throw new UnreachableError(`What ${device.name} shows now was not accepted; nothing was sent to it.`, {
    code: isCertificate ? 'TLS_PIN_MISMATCH' : 'HOST_KEY_CHANGED',
    retryable: false,
    hint: `A reset or new hardware changes it, and so does an impostor. If it is right: routeros-mcp device trust ${device.name} ${flags.join(' ')}`,
    details: { ...(certificate && { fingerprint: certificate.fingerprint }), ...(hostKey && { hostKey: hostKey.seen }) },
  });
}

const shown = ({ certificate, hostKey }: DeviceSight) => ({ ...(certificate && { certificate }), ...(hostKey && { hostKey }) });

function comparison({ io }: Pick<Context, 'io'>, { device, certificate, hostKey }: DeviceSight): string {
  const verdict = (same: boolean): string => (same ? io.paint('green', 'the same') : io.paint('red', 'ANOTHER ONE'));
  return sheet({ ...io, plain: false }, [
    ['address', device.address],
    ['certificate accepted', trustText(device)],
    ['certificate shown', certificate ? `SHA-256 ${certificate.fingerprint}, valid to ${certificate.validTo}` : 'none: plain HTTP'],
    ...(certificate ? ([['', verdict(certificate.accepted)]] as const) : []),
    ...hostKeyRows(device, hostKey, verdict),
  ]);
}

function hostKeyRows(
  { ssh, address }: DeviceView,
  hostKey: DeviceSight['hostKey'],
  verdict: (same: boolean) => string,
): readonly (readonly [string, string])[] {
  if (!ssh || !hostKey) return [['SSH', 'not set up']];
  return [
    ['host key accepted', ssh.hostKeys.join(', ')],
    ['host key shown', `${hostKey.seen} at ${hostOf(address)}:${ssh.port}`],
    ['', verdict(hostKey.accepted)],
  ];
}
