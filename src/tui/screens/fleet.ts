import { type DeviceView, exposureOf, oneLine } from '../../lib/index.ts';
import { age, NONE, percent, plural, span2, spark } from '../parts/format.ts';
import { EMPTY, type Line, line, type Span, span } from '../parts/line.ts';
import { environmentSpan } from '../parts/words.ts';
import type { Level } from '../state/app.ts';
import { type ListState, passes } from '../state/list.ts';
import { listOf } from '../state/reduce.ts';
import { memoryShare, type Track } from '../state/samples.ts';
import type { Column, Scene, ScreenView } from './view.ts';

/** One column of the fleet: how wide, from which width of the terminal on, what it says and how it sorts. */
interface FleetColumn {
  readonly name: string;
  /** Where it is not the name. */
  readonly title?: string;
  readonly width: number;
  readonly from: number;
  readonly align?: 'right';
  /** Drawn only: the column beside it gives the order. */
  readonly drawn?: true;
  readonly cell: (device: DeviceView, track: Track | undefined, scene: Scene) => Span;
  /** Text sorts as text, numbers as numbers. */
  readonly rank: (device: DeviceView, track: Track | undefined) => string | number;
  /** The order changes with every sample. */
  readonly live?: true;
}

const BARS = 8;
/** Names and trends take what a wide screen has to spare, in fixed steps. */
const extra = (column: string, columns: number): number =>
  column === 'name' && columns >= 140 ? 12 : column.endsWith('trend') && columns >= 180 ? 12 : 0;
const bars = (values: readonly number[], { columns, glyphs }: Scene): string => spark(values, BARS + extra('trend', columns), glyphs.spark);

const COLUMNS: readonly FleetColumn[] = [
  { name: 'name', width: 15, from: 0, cell: nameSpan, rank: ({ name }) => name.toLowerCase() },
  {
    name: 'env',
    width: 7,
    from: 0,
    cell: ({ environment }) => environmentSpan(environment),
    rank: ({ environment }) => environment,
  },
  { name: 'status', width: 8, from: 0, cell: statusSpan, rank: (_device, track) => track?.last.status ?? 'unknown', live: true },
  {
    name: 'version',
    width: 8,
    from: 66,
    cell: ({ facts }, track) => span(oneLine(plainVersion(track?.known?.version ?? facts.version), 12)),
    rank: ({ facts }) => versionRank(facts.version),
  },
  {
    name: 'cpu',
    width: 4,
    from: 0,
    align: 'right',
    cell: (_device, track) => loadSpan(track?.known?.cpuLoad ?? null),
    rank: (_device, track) => track?.known?.cpuLoad ?? -1,
    live: true,
  },
  {
    name: 'cpu trend',
    title: 'trend',
    align: 'right',
    drawn: true,
    width: BARS,
    from: 100,
    cell: (_device, track, scene) => span(bars(track?.cpu ?? [], scene), 'info'),
    rank: (_device, track) => track?.known?.cpuLoad ?? -1,
    live: true,
  },
  {
    name: 'mem',
    width: 4,
    from: 0,
    align: 'right',
    cell: (_device, track) => loadSpan(memoryShare(track?.known)),
    rank: (_device, track) => memoryShare(track?.known) ?? -1,
    live: true,
  },
  {
    name: 'mem trend',
    title: 'trend',
    align: 'right',
    drawn: true,
    width: BARS,
    from: 100,
    cell: (_device, track, scene) => span(bars(track?.memory ?? [], scene), 'info'),
    rank: (_device, track) => memoryShare(track?.known) ?? -1,
    live: true,
  },
  {
    name: 'uptime',
    width: 7,
    from: 75,
    align: 'right',
    cell: (_device, track) => span(uptime(track?.known?.uptimeSeconds ?? null)),
    rank: (_device, track) => track?.known?.uptimeSeconds ?? -1,
    live: true,
  },
  {
    name: 'seen',
    width: 4,
    from: 80,
    align: 'right',
    cell: (_device, track, { state }) => span(track?.answeredAt == null ? NONE : age(state.now - track.answeredAt)),
    rank: (_device, track) => track?.answeredAt ?? 0,
    live: true,
  },
  { name: 'plans', width: 5, from: 0, cell: plansSpan, rank: () => 0, drawn: true },
  { name: 'board', width: 14, from: 120, cell: ({ facts }) => span(oneLine(facts.board, 24)), rank: ({ facts }) => facts.board },
  { name: 'address', width: 24, from: 160, cell: ({ address }) => span(oneLine(address, 60)), rank: ({ address }) => address },
];

/** A sign where anyone on the way could read along; the header says it in words, and so does the router's own page. */
function nameSpan(device: DeviceView, _track: Track | undefined, { state }: Scene): Span {
  const mark = state.marked.includes(device.id) ? '* ' : '';
  return exposureOf(device) === undefined
    ? span(`${mark}${device.name}`, mark === '' ? 'strong' : 'call')
    : span(`${mark}! ${device.name}`, 'bad');
}

function statusSpan(_device: DeviceView, track: Track | undefined, { glyphs }: Scene): Span {
  if (!track) return span(`${glyphs.unknown} asking`, 'dim');
  return track.last.status === 'up' ? span(`${glyphs.yes} up`, 'good') : span(`${glyphs.no} down`, 'bad');
}

function plansSpan({ id }: DeviceView, _track: Track | undefined, { state, memory, glyphs }: Scene): Span {
  const count = memory.openPlans(state.plans ?? []).get(id);
  if (!count) return span(NONE, 'dim');
  return count.waiting > 0 ? span(`${glyphs.call} ${count.waiting}`, 'call') : span(String(count.open), 'info');
}

const loadSpan = (share: number | null): Span =>
  span(percent(share), share !== null && share >= 90 ? 'bad' : share !== null && share >= 70 ? 'warn' : 'plain');
/** Seconds are left out: they would change with every poll. */
const uptime = (seconds: number | null): string =>
  seconds === null ? NONE : seconds < 60 ? '<1m' : span2(seconds < 3600 ? seconds - (seconds % 60) : seconds);
const plainVersion = (version: string): string => version.split(' ')[0] ?? '';
const versionRank = (version: string): string => plainVersion(version).replace(/\d+/g, (digits) => digits.padStart(4, '0'));

/** The fleet: one line per router. */
export function fleetView(level: Level, scene: Scene): ScreenView {
  const { state, samples, memory } = scene;
  const devices = state.devices ?? [];
  const list = listOf(level);
  const byId = memory.deviceById(devices);
  const ids = memory.order(orderKey(list, scene), () => ordered(devices, list, scene));
  const shown = COLUMNS.filter(({ from }) => scene.columns >= from);
  return {
    crumbs: ['Fleet'],
    note: note(ids.length, list, scene),
    intro: [],
    faded: false,
    body: {
      kind: 'table',
      columns: shown.map(
        (column): Column => ({ ...column, title: column.title ?? column.name, width: column.width + extra(column.name, scene.columns) }),
      ),
      ids,
      sortable: shown.filter(({ drawn }) => !drawn).map(({ name }) => name),
      cells: (id) => {
        const device = byId.get(id);
        return device ? shown.map(({ cell }) => cell(device, samples.of(id), scene)) : [];
      },
      fadedRow: (id) => {
        const track = samples.of(id);
        return track !== undefined && (track.last.status === 'down' || state.now - track.last.at > scene.staleAfter);
      },
      empty: emptyFleet(scene, list),
    },
  };
}

/** The order stays until one of these changes: filter, column, devices, and samples only where they decide. */
function orderKey(list: ListState, { state, samples }: Scene): readonly unknown[] {
  const live = list.filter !== '' || COLUMNS.some(({ name, live: moves }) => moves && name === list.sort);
  return ['fleet', state.devices, list.filter, list.sort, list.descending, live ? samples.version : 0];
}

function ordered(devices: readonly DeviceView[], list: ListState, { samples }: Scene): readonly string[] {
  const column = COLUMNS.find(({ name }) => name === list.sort) ?? COLUMNS[0];
  const rows = devices
    .filter((device) => list.filter === '' || passes(list.filter, searchText(device, samples.of(device.id))))
    .map((device) => ({ device, rank: column?.rank(device, samples.of(device.id)) ?? '' }));
  const turn = list.descending ? -1 : 1;
  rows.sort((a, b) => (a.rank < b.rank ? -turn : a.rank > b.rank ? turn : a.device.name < b.device.name ? -1 : 1));
  return rows.map(({ device }) => device.id);
}

function searchText(device: DeviceView, track: Track | undefined): string {
  const tags = Object.entries(device.tags).map(([name, value]) => `${name}=${value}`);
  return [
    device.name,
    device.environment,
    device.address,
    device.facts.identity,
    device.facts.board,
    device.facts.version,
    track?.last.status ?? 'asking',
    exposureOf(device) ?? '',
    ...tags,
  ].join(' ');
}

function note(shown: number, list: ListState, { state, samples }: Scene): Line {
  const total = state.devices?.length ?? 0;
  if (total === 0) return [];
  const count = list.filter === '' ? plural(total, 'router') : `${shown} of ${plural(total, 'router')}`;
  const asking = total - samples.up - samples.down;
  const exposed = exposedOf(state.devices ?? []);
  return [
    span(count),
    span(`, ${samples.up} up`, samples.up > 0 ? 'good' : 'plain'),
    ...(samples.down > 0 ? [span(`, ${samples.down} down`, 'bad')] : []),
    ...(asking > 0 ? [span(`, ${asking} not asked yet`, 'dim')] : []),
    ...(state.marked.length > 0 ? [span(`, ${state.marked.length} marked (*)`, 'call')] : []),
    ...(exposed > 0 ? [span(`, ${exposed} exposed (!)`, 'bad')] : []),
  ];
}

const EXPOSED = new WeakMap<readonly DeviceView[], number>();

/** Counted once for each list: it is drawn with every frame, and may be long. */
function exposedOf(devices: readonly DeviceView[]): number {
  const count = EXPOSED.get(devices) ?? devices.filter((device) => exposureOf(device) !== undefined).length;
  EXPOSED.set(devices, count);
  return count;
}

function emptyFleet({ state }: Scene, list: ListState): readonly Line[] {
  if (state.devices === null) return [line('Reading the list of routers.', 'dim')];
  if (list.filter !== '' && state.devices.length > 0) return [line(`No router matches /${list.filter}. Esc shows all.`)];
  return [
    line('No routers yet.', 'strong'),
    EMPTY,
    [span('Add one from a shell:           '), span('routeros-mcp device add', 'key')],
    [span('Or try the simulated fleet:     '), span('routeros-mcp demo', 'key')],
  ];
}
