import { type DeviceView, exposureOf, oneLine } from '../../lib/index.ts';
import { age, ago, clockTime, compact, NONE, percent, plural, span2, spark } from '../parts/format.ts';
import { type Line, labelled, line, span } from '../parts/line.ts';
import { stateSpan } from '../parts/words.ts';
import { memoryShare } from '../state/samples.ts';
import type { Scene } from './view.ts';

const LABEL = 13;

/** What is known about a router, on one page. */
export function overviewLines(device: DeviceView, scene: Scene): readonly Line[] {
  const row = (label: string, value: string): readonly Line[] => labelled(label, value, scene.columns, { indent: 3, label: LABEL });
  const { facts } = device;
  const tags = Object.entries(device.tags).map(([name, value]) => `${name}=${value}`);
  return [
    statusLine(device, scene),
    heading('Router'),
    ...row('identity', oneLine(facts.identity, 120) || NONE),
    ...row('board', text([facts.board, facts.architecture].filter(Boolean).join(', '))),
    ...row('version', text([facts.version, facts.channel && `(${facts.channel})`].filter(Boolean).join(' '))),
    ...row('hardware id', text(facts.hardwareId)),
    heading('Load'),
    ...loadLines(device, scene),
    heading('Access'),
    ...row('address', text(`${device.address} as ${device.username}`)),
    ...row('trust', trustText(device)),
    ...exposureLines(device),
    ...row('environment', text([device.environment, ...tags].join(', '))),
    ...row('allowed', device.allow.length === 0 ? 'no writes' : device.allow.join(', ')),
    ...row('enrolled', clockTime(device.enrolledAt)),
    heading('Open plans'),
    ...planLines(device, scene),
    heading('Ways and rights'),
    ...row('ssh', device.ssh ? accessText(device.ssh) : 'not set up'),
    ...(device.via ?? []).flatMap((hop, at) => row(at === 0 ? 'via' : '', text(`${hop.username}@${hop.host}, ${accessText(hop)}`))),
    ...surveyLines(device, row),
  ];
}

const heading = (title: string): Line => line(` ${title}`, 'title');
const text = (value: string): string => oneLine(value, 240) || NONE;

function statusLine(device: DeviceView, { samples, glyphs, state }: Scene): Line {
  const track = samples.of(device.id);
  if (!track) return [span(` ${glyphs.unknown} not asked yet`, 'dim')];
  const over = track.last.transport === 'ssh' ? ' over SSH: REST does not' : '';
  if (track.last.status === 'up') return [span(` ${glyphs.yes} up`, 'good'), span(`, answers in ${Math.round(track.last.took)} ms${over}`)];
  const since = track.answeredAt === null ? 'it never answered' : `last answer ${ago(state.now - track.answeredAt)}`;
  return [span(` ${glyphs.no} down`, 'bad'), span(`: ${track.last.code ?? 'UNREACHABLE'}, ${since}`)];
}

function loadLines(device: DeviceView, { samples, glyphs }: Scene): readonly Line[] {
  const track = samples.of(device.id);
  const known = track?.known;
  const row = (label: string, value: string, values: readonly number[] = []): Line => [
    span(`   ${label.padEnd(LABEL)} `, 'dim'),
    span(value.padEnd(values.length > 0 ? 14 : 0)),
    span(values.length > 1 ? spark(values, values.length, glyphs.spark) : '', 'info'),
  ];
  const memory =
    known?.memoryUsed == null || known.memoryTotal === null ? NONE : `${percent(memoryShare(known))} of ${compact(known.memoryTotal)}B`;
  return [
    row('processor', percent(known?.cpuLoad ?? null), track?.cpu),
    row('memory', memory, track?.memory),
    row(
      'uptime',
      known?.uptimeSeconds == null
        ? NONE
        : span2(known.uptimeSeconds < 3600 ? Math.floor(known.uptimeSeconds / 60) * 60 : known.uptimeSeconds),
    ),
  ];
}

function trustText({ trust }: DeviceView): string {
  if (trust.kind === 'none') return 'none: plain HTTP';
  if (trust.kind === 'unchecked') return 'none: the certificate is not checked';
  if (trust.kind === 'system') return "the system's certificate authorities";
  return `${trust.kind === 'authority' ? 'authority' : 'pinned certificate'} ${trust.fingerprint ?? ''}`.trim();
}

function exposureLines(device: DeviceView): readonly Line[] {
  const exposed = exposureOf(device);
  return exposed === undefined ? [] : [[span(`   ${'exposed'.padEnd(LABEL)} `, 'dim'), span(`! ${exposed}`, 'bad')]];
}

const accessText = ({ port, hostKeys, agent }: NonNullable<DeviceView['ssh']>): string =>
  [`port ${port}`, ...(agent ? ['by agent'] : []), `host key ${hostKeys.join(', ')}`].join(', ');

type MakeRow = (label: string, value: string) => readonly Line[];

/** The mode, and what it forbids: what is allowed is the rule. */
function modeText(values: Readonly<Record<string, string>> | null): string {
  if (!values) return '';
  const off = Object.keys(values).filter((name) => values[name] === 'false' || values[name] === 'no');
  return `${values['mode'] ?? '?'}${off.length > 0 ? `; off: ${off.join(', ')}` : ''}`;
}

/** What the router said of the account and of itself when it was last surveyed. */
function surveyLines({ facts: { survey } }: DeviceView, row: MakeRow): readonly Line[] {
  if (!survey) return [];
  const { account, deviceMode, license, clock } = survey;
  const pairs = (values: Readonly<Record<string, string>> | null): string =>
    text(
      Object.entries(values ?? {})
        .map(([name, value]) => `${name}=${value}`)
        .join(', '),
    );
  return [
    ...row('account', account ? text(`group ${account.group}`) : 'it may not see its own rights'),
    ...row('it may', account ? text(account.policies.join(', ')) : NONE),
    ...row('license', pairs(license)),
    ...row('device-mode', text(modeText(deviceMode))),
    ...row('clock', clock ? text(`${clock.timeZone}, NTP ${clock.ntp}`) : NONE),
  ];
}

function planLines(device: DeviceView, { state, glyphs }: Scene): readonly Line[] {
  const open = (state.plans ?? []).filter(
    ({ plan, state: at }) =>
      ['review', 'approved', 'executing', 'stuck'].includes(at) && plan.targets.some(({ deviceId }) => deviceId === device.id),
  );
  if (open.length === 0) return [line('   none', 'dim')];
  return open
    .slice(0, 5)
    .map(
      ({ plan, state: at }): Line => [
        span('   '),
        stateSpan(at, glyphs),
        span(`  ${oneLine(plan.summary, 100)}`),
        span(`  ${age(state.now - plan.createdAt)}, ${plural(plan.blastRadius.changes, 'change')}`, 'dim'),
      ],
    );
}
