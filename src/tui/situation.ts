import type { Capability, PlanView, View } from '../lib/index.ts';
import { capabilityOf } from './screens/device.ts';
import type { Scene, ScreenView } from './screens/view.ts';
import { viewOfPane } from './screens/view-pane.ts';
import { type Level, planOf, topOf } from './state/app.ts';
import { listOf } from './state/reduce.ts';

/** What a key finds when it is pressed: enough to say whether it can work, and why not. */
export interface Situation {
  readonly level: Level;
  readonly kind: Level['place']['kind'];
  readonly body: ScreenView['body'];
  readonly tabs: number;
  /** Identity of the selected row of a table. */
  readonly row: string | null;
  /** The plan on the screen, or the selected one. */
  readonly plan: PlanView | undefined;
  /** The router on the screen, or the selected one. */
  readonly deviceId: string | undefined;
  readonly capability: Capability | undefined;
  /** Several menus put together, where the pane shows that. */
  readonly view: View | undefined;
  /** Why nothing may be changed from here; undefined where it may. */
  readonly readOnly: string | undefined;
  readonly busy: string | undefined;
  readonly depth: number;
  /** Ids of the routers that are marked, where they are seen: in the fleet. */
  readonly marked: readonly string[];
  /** A filter hides rows: Esc takes it away first. */
  readonly filtered: boolean;
}

export function situationOf(view: ScreenView, scene: Scene, readOnly: string | undefined): Situation {
  const level = topOf(scene.state);
  const { place } = level;
  const row = view.body.kind === 'table' && view.body.ids.length > 0 ? selectedRow(level, view.body.ids) : null;
  const planId = place.kind === 'plan' ? place.planId : place.kind === 'plans' ? row : null;
  const plan = planId === null ? undefined : planOf(scene.state, planId);
  const shown = place.kind === 'device' || place.kind === 'plans' ? place.deviceId : undefined;
  return {
    level,
    kind: place.kind,
    body: view.body,
    tabs: view.tabs?.all.length ?? 0,
    row,
    plan,
    deviceId: place.kind === 'fleet' ? (row ?? undefined) : shown,
    capability: place.kind === 'device' ? capabilityOf(scene.catalog, level.pane) : undefined,
    view: place.kind === 'device' ? viewOfPane(level.pane)?.view : undefined,
    readOnly,
    busy: plan && scene.state.busy[plan.plan.id],
    depth: scene.state.stack.length,
    marked: place.kind === 'fleet' ? scene.state.marked : [],
    filtered: listOf(level).filter !== '',
  };
}

/** The selected row where it still exists, else the one in its place. */
function selectedRow(level: Level, ids: readonly string[]): string | null {
  const { selected, index } = listOf(level);
  if (selected !== null && ids.includes(selected)) return selected;
  return ids[Math.max(0, Math.min(index, ids.length - 1))] ?? null;
}
