import { type DeviceView, exposureOf, iso } from '../lib/index.ts';
import type { Io } from './io.ts';
import { sheet } from './text-table.ts';

/** A router as `--json` prints it: times as ISO 8601, and what anyone on the way could do where that is anything. */
export function deviceJson(device: DeviceView): Readonly<Record<string, unknown>> {
  const { facts } = device;
  const exposed = exposureOf(device);
  return {
    ...device,
    ...(exposed !== undefined && { exposed }),
    facts: {
      ...facts,
      readAt: iso(facts.readAt),
      ...(facts.survey && { survey: { ...facts.survey, readAt: iso(facts.survey.readAt) } }),
    },
    enrolledAt: iso(device.enrolledAt),
  };
}

export const tagText = (tags: Readonly<Record<string, string>>): string =>
  Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

export function deviceSheet(io: Io, device: DeviceView): string {
  const { facts, ssh, via = [] } = device;
  const exposed = exposureOf(device);
  return sheet(io, [
    ['name', device.name],
    ['id', device.id],
    ['address', device.address],
    ['environment', device.environment],
    ['tags', tagText(device.tags) || '-'],
    ['allowed', device.allow.join(', ') || 'reading only'],
    ['username', device.username],
    ['certificate', trustText(device)],
    ...(exposed === undefined ? [] : ([['EXPOSED', exposed]] as const)),
    ['ssh', ssh ? accessText(ssh) : '-'],
    ...via.map((hop, at) => ['via', `${at + 1}. ${hop.username}@${hop.host}, ${accessText(hop)}`] as const),
    ['identity', facts.identity],
    ['board', facts.board],
    ['version', `${facts.version}${facts.channel === '' ? '' : ` (${facts.channel})`}`],
    ['serial', facts.hardwareId],
    ['packages', facts.packages.join(', ') || '-'],
    ...surveyRows(facts.survey),
    ['enrolled', iso(device.enrolledAt)],
  ]);
}

/** Everything but the password, which is always kept. */
const accessText = ({ port, hostKeys, agent, legacy }: NonNullable<DeviceView['ssh']>): string =>
  [`port ${port}`, `host key ${hostKeys.join(', ')}`, ...(agent ? ['by agent'] : []), ...(legacy ? ['old algorithms too'] : [])].join(', ');

function surveyRows(survey: DeviceView['facts']['survey']): readonly (readonly [string, string])[] {
  if (!survey) return [];
  const { account, deviceMode, license, clock } = survey;
  return [
    ['account', account ? `group ${account.group}; may: ${account.policies.join(', ')}` : 'it may not see its own rights'],
    ['device-mode', modeText(deviceMode)],
    ['license', pairsText(license)],
    ['clock', clock ? `${clock.timeZone}, NTP ${clock.ntp}` : '-'],
    ['surveyed', iso(survey.readAt)],
  ];
}

const pairsText = (values: Readonly<Record<string, string>> | null): string => (values && tagText(values)) || '-';

/** The mode, and what it forbids: what is allowed is the rule. */
function modeText(values: Readonly<Record<string, string>> | null): string {
  if (!values) return '-';
  const off = Object.keys(values).filter((name) => values[name] === 'false' || values[name] === 'no');
  return `${values['mode'] ?? '?'}${off.length > 0 ? `; off: ${off.join(', ')}` : ''}`;
}

/** How the box is known to be the right one. */
export function trustText({ trust }: Pick<DeviceView, 'trust'>): string {
  if (trust.kind === 'pinned') return `pinned, SHA-256 ${trust.fingerprint ?? ''}`;
  if (trust.kind === 'authority') return `of its own authority, SHA-256 ${trust.fingerprint ?? ''}`;
  return TRUST[trust.kind];
}

/** The same in a cell of a table: what is wrong comes before how it came to be. */
export const trustWord = (device: DeviceView): string => exposureOf(device) ?? WORD[device.trust.kind];

const WORD: Readonly<Record<DeviceView['trust']['kind'], string>> = {
  none: 'this machine',
  unchecked: 'certificate not checked',
  system: 'system',
  authority: 'authority',
  pinned: 'pinned',
};

const TRUST = {
  none: 'none: plain HTTP',
  unchecked: 'NOT CHECKED',
  system: 'trusted by the system',
} as const;
