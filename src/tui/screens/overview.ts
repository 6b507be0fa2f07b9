import { type DeviceView, oneLine } from '../../lib/index.ts';
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
    ...row('identity', text(facts.identity)),
    ...row('board', text([facts.board, facts.architecture].filter(Boolean).join(', '))),
    ...row('version', text([facts.version, facts.channel && `(${facts.channel})`].filter(Boolean).join(' '))),
    ...row('hardware id', text(facts.hardwareId)),
    heading('Load'),
    ...loadLines(device, scene),
    heading('Access'),
    ...row('address', text(`${device.address} as ${device.username}`)),
    ...row('trust', trustText(device)),
    ...row('environment', text([device.environment, ...tags].join(', '))),
    ...row('allowed', device.allow.length === 0 ? 'no writes' : device.allow.join(', ')),
    ...row('enrolled', clockTime(device.enrolledAt)),
    heading('Open plans'),
    ...planLines(device, scene),
  ];
}

const heading = (title: string): Line => line(` ${title}`, 'title');
const text = (value: string): string => oneLine(value, 120) || NONE;

function statusLine(device: DeviceView, { samples, glyphs, state }: Scene): Line {
  const track = samples.of(device.id);
  if (!track) return [span(` ${glyphs.unknown} not asked yet`, 'dim')];
  if (track.last.status === 'up') return [span(` ${glyphs.yes} up`, 'good'), span(`, answers in ${Math.round(track.last.took)} ms`)];
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
  return trust.kind === 'system' ? "the system's certificate authorities" : `pinned certificate ${trust.fingerprint ?? ''}`.trim();
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
