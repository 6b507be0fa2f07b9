import type { Capability, Catalog, DeviceView } from '../../lib/index.ts';
import { ago } from '../parts/format.ts';
import { type Line, line, sentence, span } from '../parts/line.ts';
import { deviceOf, type Level, type ReadState, readKey } from '../state/app.ts';
import { listOf } from '../state/reduce.ts';
import { itemsTable } from './items.ts';
import { overviewLines } from './overview.ts';
import { singleLines } from './record.ts';
import type { Body, Scene, ScreenView, Tab } from './view.ts';

export const OVERVIEW = 'overview';

/** What people look at most comes first; what the catalog adds later follows by name. */
const FIRST = ['interface', 'ip-address', 'firewall-filter', 'firewall-address-list', 'dns', 'ntp-client'];

/** The panes of a router: the overview, then every capability of the catalog. */
export function deviceTabs(catalog: Catalog): readonly Tab[] {
  const place = (id: string): number => (FIRST.includes(id) ? FIRST.indexOf(id) : FIRST.length);
  const rest = [...catalog.capabilities].sort((a, b) => place(a.id) - place(b.id) || (a.id < b.id ? -1 : 1));
  return [{ id: OVERVIEW, label: OVERVIEW }, ...rest.map(({ id }) => ({ id, label: id }))];
}

/** The capability of a pane; undefined on the overview. */
export const capabilityOf = (catalog: Catalog, pane: string): Capability | undefined => catalog.capabilities.find(({ id }) => id === pane);

/** One router: its panes. */
export function deviceView(level: Level, scene: Scene): ScreenView {
  const place = level.place;
  const device = place.kind === 'device' ? deviceOf(scene.state, place.deviceId) : undefined;
  const capability = capabilityOf(scene.catalog, level.pane);
  const tabs = { all: deviceTabs(scene.catalog), active: capability ? capability.id : OVERVIEW };
  if (!device)
    return {
      crumbs: ['Fleet', 'router'],
      note: [],
      intro: [],
      faded: false,
      body: text([line(' This router is no longer enrolled. Esc goes back.')]),
    };
  if (!capability) {
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
  const read = scene.state.reads[readKey(device.id, capability.id)];
  return {
    crumbs: ['Fleet', device.name, capability.title],
    note: readNote(read, scene),
    tabs,
    intro: troubleLines(read, scene),
    faded: isOld(read, scene),
    body: capabilityBody({ device, capability, read, level, scene }),
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
  readonly capability: Capability;
  readonly read: ReadState | undefined;
  readonly level: Level;
  readonly scene: Scene;
}

function capabilityBody({ device, capability, read, level, scene }: Reading): Body {
  if (read?.readAt == null) return text(read?.trouble ? [] : [line(` Reading ${capability.title} from ${device.name}.`, 'dim')]);
  if (read.missing !== undefined) return text(sentence(`${capability.title}: ${read.missing}.`, scene.columns));
  const [only] = read.items;
  if (capability.shape === 'singleton' || (capability.shape === 'table' && capability.key.length === 0 && read.items.length === 1)) {
    return text(only ? singleLines(capability, only, scene) : [line(' Nothing is set.', 'dim')]);
  }
  return itemsTable({ capability, items: read.items, list: listOf(level), scene });
}
