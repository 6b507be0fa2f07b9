import { type Capability, type Catalog, type DeviceView, missingBecause, type View } from '../../lib/index.ts';
import { ago } from '../parts/format.ts';
import { type Line, line, sentence, span } from '../parts/line.ts';
import { type AppState, deviceOf, type Level, type ReadState, readKey } from '../state/app.ts';
import { listOf } from '../state/reduce.ts';
import { itemsTable } from './items.ts';
import { overviewLines } from './overview.ts';
import { singleLines } from './record.ts';
import type { Body, Scene, ScreenView, Tab } from './view.ts';
import { viewLines, viewOfPane } from './view-pane.ts';

export const OVERVIEW = 'overview';

/** What people look at every day, in this order; everything else is reached by its name. */
const EVERYDAY = [
  'interface',
  'ip-address',
  'ip-route',
  'firewall-filter',
  'firewall-nat',
  'firewall-address-list',
  'dns',
  'ntp-client',
  'dhcp-server-lease',
  'wifi-registration',
  'wifiwave2-registration',
  'wireless-registration',
  'bridge-port',
  'neighbor',
  'log',
];

/** Every page a router can have, the everyday ones first. */
export function pageNames(catalog: Catalog): readonly string[] {
  const ids = catalog.capabilities.map(({ id }) => id);
  return [...EVERYDAY.filter((id) => ids.includes(id)), ...ids.filter((id) => !EVERYDAY.includes(id))];
}

/**
 * The panes of a router: the overview, the everyday ones it has, and last the one that is open where it is none of these.
 * `state` and `device` say what the router lacks; without them it lacks nothing.
 */
export function deviceTabs(catalog: Catalog, open = OVERVIEW, state?: AppState, device?: DeviceView): readonly Tab[] {
  const everyday = EVERYDAY.flatMap((id) => catalog.capabilities.find((one) => one.id === id) ?? []);
  const had = everyday.filter((one) => one.id === open || !(device && state && isLacking(one, state, device)));
  const ids = [OVERVIEW, ...had.map(({ id }) => id)];
  const tabs = ids.map((id) => ({ id, label: id }));
  const view = viewOfPane(open);
  if (view) return [...tabs, { id: open, label: view.view.id }];
  return ids.includes(open) || !capabilityOf(catalog, open) ? tabs : [...tabs, { id: open, label: open }];
}

/** The router said so, or is known not to have it. */
const isLacking = (capability: Capability, { reads }: AppState, { id, facts }: DeviceView): boolean =>
  missingBecause(capability, facts) !== undefined || reads[readKey(id, capability.id)]?.missing !== undefined;

/** The capability of a pane; undefined on the overview. */
export const capabilityOf = (catalog: Catalog, pane: string): Capability | undefined => catalog.capabilities.find(({ id }) => id === pane);

/** One router: its panes. */
export function deviceView(level: Level, scene: Scene): ScreenView {
  const place = level.place;
  const device = place.kind === 'device' ? deviceOf(scene.state, place.deviceId) : undefined;
  const capability = capabilityOf(scene.catalog, level.pane);
  const view = viewOfPane(level.pane)?.view;
  const active = capability || view ? level.pane : OVERVIEW;
  const tabs = { all: deviceTabs(scene.catalog, level.pane, scene.state, device), active };
  if (!device)
    return {
      crumbs: ['Fleet', 'router'],
      note: [],
      intro: [],
      faded: false,
      body: text([line(' This router is no longer enrolled. Esc goes back.')]),
    };
  const shown = capability ?? view;
  if (!shown) {
    const track = scene.samples.of(device.id);
    const note: Line = track ? [span(`asked ${ago(scene.state.now - track.last.at)}`, 'dim')] : [];
    return {
      crumbs: ['Fleet', device.name],
      note,
      tabs,
      intro: [],
      faded: false,
      body: text(overviewLines(device, scene)),
    };
  }
  const read = scene.state.reads[readKey(device.id, level.pane)];
  return {
    crumbs: ['Fleet', device.name, shown.title],
    note: readNote(read, scene),
    tabs,
    intro: troubleLines(read, scene),
    faded: isOld(read, scene),
    body: bodyOf({ device, shown, read, level, scene }),
  };
}

/** Why the router did not answer the last time; what it said before stays below. */
function troubleLines(read: ReadState | undefined, { columns }: Scene): readonly Line[] {
  if (!read?.trouble) return [];
  const { text: what, hint } = read.trouble;
  return [...sentence(what, columns, { sign: '!', tone: 'bad' }), ...(hint === '' ? [] : sentence(hint, columns, { indent: 3 }))];
}

const text = (lines: readonly Line[]): Body => ({ kind: 'text', lines });

const isOld = (read: ReadState | undefined, { state, staleAfter }: Scene): boolean =>
  read?.readAt != null && (read.trouble !== undefined || state.now - read.readAt > staleAfter * 2);

function readNote(read: ReadState | undefined, { state }: Scene): Line {
  if (read?.readAt == null) return [];
  const asking = read.asked > read.answered && state.now - read.readAt > 15_000;
  const when = span(`read ${ago(state.now - read.readAt)}${asking ? ', asking again' : ''}`, read.trouble ? 'warn' : 'dim');
  return read.overSsh ? [span('over SSH, REST does not answer', 'warn'), span(', ', 'dim'), when] : [when];
}

interface Reading {
  readonly device: DeviceView;
  readonly shown: Capability | View;
  readonly read: ReadState | undefined;
  readonly level: Level;
  readonly scene: Scene;
}

function bodyOf({ device, shown, read, level, scene }: Reading): Body {
  if (read?.readAt == null) return text(read?.trouble ? [] : [line(` Reading ${shown.title} from ${device.name}.`, 'dim')]);
  if (!('shape' in shown)) return text(viewLines(shown, read, scene));
  return capabilityBody(shown, read, level, scene);
}

function capabilityBody(capability: Capability, read: ReadState, level: Level, scene: Scene): Body {
  if (read.missing !== undefined) return text(sentence(`${capability.title}: ${read.missing}.`, scene.columns));
  const [only] = read.items;
  if (capability.shape === 'singleton' || (capability.shape === 'table' && capability.key.length === 0 && read.items.length === 1)) {
    return text(only ? singleLines(capability, only, scene) : [line(' Nothing is set.', 'dim')]);
  }
  return itemsTable({ capability, items: read.items, list: listOf(level), scene });
}
