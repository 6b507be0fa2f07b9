import { seeCertificate } from '../client/trust.ts';
import { deviceAddress, hostOf } from '../device/address.ts';
import type { Device } from '../device/device.ts';
import type { Context } from './context.ts';
import type { DeviceSight, HopInput, SightRequest } from './device-types.ts';
import { deviceView, requireDevice } from './devices.ts';
import { hopInputs, probe, probeHostKey, through } from './trust.ts';

/**
 * What an enrolled router shows now, through the jump hosts that are kept for it, or by another way it is to have. Nothing secret is
 * sent to the router itself.
 */
export async function seeDevice(context: Context, idOrName: string, other: SightRequest = {}): Promise<DeviceSight> {
  const device = await requireDevice(context, idOrName);
  context.routers.requireTouchable(device.environment);
  const address = other.address === undefined ? device.address : deviceAddress(other.address);
  const via = other.via ?? (device.via ? hopInputs(device.via, await context.routers.credential(device)) : []);
  const certificate = await certificateOf(context, device, address, via);
  const ssh = other.ssh ?? device.ssh;
  const seen = ssh && (await probeHostKey(context, { host: hostOf(address), port: ssh.port, ...(ssh.legacy && { legacy: true }), via }));
  return {
    device: deviceView(device),
    ...(certificate && { certificate }),
    ...(seen !== undefined && { hostKey: { seen, accepted: device.ssh?.hostKeys.includes(seen) ?? false } }),
  };
}

async function certificateOf(
  context: Context,
  { trust }: Device,
  address: string,
  via: readonly HopInput[],
): Promise<DeviceSight['certificate']> {
  const { tls, fingerprint, subject, validTo, trusted } = await probe(context, address, via);
  if (!tls || fingerprint === undefined || subject === undefined || validTo === undefined) return undefined;
  const about = { fingerprint, subject, validTo, trusted };
  if (trust.kind === 'pinned') return { ...about, accepted: trust.fingerprint === fingerprint };
  if (trust.kind !== 'authority') return { ...about, accepted: trust.kind === 'unchecked' || trusted };
  const { connect } = context.routers.parts.rest;
  return { ...about, accepted: await through(context, via, async (dial) => (await seeCertificate(address, connect, dial, trust)).trusted) };
}
