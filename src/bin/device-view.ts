import { type DeviceView, iso } from '../lib/index.ts';
import type { Io } from './io.ts';
import { sheet } from './text-table.ts';

/** A router as `--json` prints it: times as ISO 8601. */
export const deviceJson = (device: DeviceView): Readonly<Record<string, unknown>> => ({
  ...device,
  facts: { ...device.facts, readAt: iso(device.facts.readAt) },
  enrolledAt: iso(device.enrolledAt),
});

export const tagText = (tags: Readonly<Record<string, string>>): string =>
  Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

export const deviceSheet = (io: Io, device: DeviceView): string =>
  sheet(io, [
    ['name', device.name],
    ['id', device.id],
    ['address', device.address],
    ['environment', device.environment],
    ['tags', tagText(device.tags) || '-'],
    ['allowed', device.allow.join(', ') || 'reading only'],
    ['username', device.username],
    ['certificate', device.trust.fingerprint ? `pinned, SHA-256 ${device.trust.fingerprint}` : TRUST[device.trust.kind]],
    ['identity', device.facts.identity],
    ['board', device.facts.board],
    ['version', `${device.facts.version}${device.facts.channel === '' ? '' : ` (${device.facts.channel})`}`],
    ['serial', device.facts.hardwareId],
    ['packages', device.facts.packages.join(', ') || '-'],
    ['enrolled', iso(device.enrolledAt)],
  ]);

const TRUST: Readonly<Record<DeviceView['trust']['kind'], string>> = {
  none: 'none: plain HTTP',
  unchecked: 'NOT CHECKED',
  system: 'trusted by the system',
  authority: 'vouched for by its own authority',
  pinned: 'pinned',
};
