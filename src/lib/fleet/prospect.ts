import { interfaces } from '../capability/catalog/interface.ts';
import { user } from '../capability/catalog/user.ts';
import { readCallOf } from '../capability/read-call.ts';
import type { Link } from '../client/types.ts';
import type { Device } from '../device/device.ts';
import { reachAfter, worsened } from '../insight/reach/after.ts';
import { criticalRows } from '../insight/reach/critical.ts';
import { predictReach } from '../insight/reach/predict.ts';
import { readReachWorld } from '../insight/reach/read.ts';
import type { ReachWorld } from '../insight/reach/world.ts';
import type { Critical } from '../plan/base.ts';
import { type Menu, menuOf } from '../plan/menu.ts';
import type { Draft } from '../plan/planner.ts';
import { menuAfter } from '../plan/sketch.ts';
import type { Reach } from '../plan/types.ts';
import type { Context } from './context.ts';

/** Of these the prediction reads a few fields only; a base has all of them. */
const PARTLY: readonly string[] = [interfaces.id, user.id];

/** What a plan says of the way to its router: whether it stays open, and which rows it hangs on. */
export interface Outlook {
  readonly reach: readonly Reach[];
  readonly critical: readonly Critical[];
  /** It touches a row that our way hangs on, and nobody can tell whether we keep the way. */
  readonly doubtful: boolean;
}

/**
 * Looks at everything our way to a router hangs on, before and after a draft.
 * @throws UnreachableError the line broke; what the router does not show makes the prediction unknown
 */
export async function outlookOf(
  context: Context,
  device: Device,
  link: Link,
  menus: ReadonlyMap<string, Menu>,
  draft: Draft,
): Promise<Outlook> {
  const before = await readReachWorld(link, { device });
  const after = reachAfter(before, menusAfter(menus, draft));
  const transports = device.ssh ? (['rest', 'ssh'] as const) : (['rest'] as const);
  const reach = transports.map((transport) => said(predictReach(before, transport), predictReach(after, transport)));
  const hangsOn = new Map(criticalRows(before).map(({ capability, ids }) => [capability, ids]));
  const touches = draft.changes.some(({ capability, row }) => hangsOn.get(capability)?.includes(row));
  return {
    reach,
    critical: await criticalOf(context, device, link, menus, before),
    doubtful: touches && reach.some(({ verdict }) => verdict === 'unknown'),
  };
}

/** We are connected: a world that says no already now was not understood, and proves nothing. */
function said(before: Reach, after: Reach): Reach {
  if (after.verdict !== 'no' || worsened(before, after)) return after;
  return { ...after, verdict: 'unknown', why: `it is not clear how we come in now: ${after.why}` };
}

const menusAfter = (menus: ReadonlyMap<string, Menu>, draft: Draft): ReadonlyMap<string, Menu> =>
  new Map(
    [...menus].map(([id, menu]) => [
      id,
      draft.changes.filter((change) => change.capability === id).reduce((now, change) => menuAfter(now, change), menu),
    ]),
  );

async function criticalOf(
  context: Context,
  device: Device,
  link: Link,
  menus: ReadonlyMap<string, Menu>,
  world: ReachWorld,
): Promise<readonly Critical[]> {
  const { version } = device.facts;
  const found: Critical[] = [];
  for (const { capability: id, ids } of criticalRows(world)) {
    if (ids.length === 0) continue;
    const capability = context.catalog.capability(id);
    const partly = PARTLY.includes(id) ? menuOf(capability, version, await link.read(readCallOf(capability, version))) : undefined;
    const menu = menus.get(id) ?? partly ?? { capability, version, rows: world.rows.get(id) ?? [] };
    found.push({ menu, ids });
  }
  return found;
}
