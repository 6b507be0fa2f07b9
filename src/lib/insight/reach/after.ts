import * as catalog from '../../capability/catalog/index.ts';
import type { Decoded } from '../../capability/codec.ts';
import type { Capability } from '../../capability/define.ts';
import { canonical } from '../../core/canonical.ts';
import type { Reach } from './predict.ts';
import { isSet, textOf } from './rows.ts';
import { IPV4, IPV6, type ReachWorld, rowsIn } from './world.ts';

/** A menu with all its rows, as the planner keeps them. */
export interface WholeMenu {
  readonly capability: Capability;
  readonly rows: readonly Decoded[];
}

/** Menus that hold the interfaces of one kind, by what `/interface` calls the kind. */
const KINDS: Readonly<Record<string, string>> = {
  [catalog.bridge.id]: 'bridge',
  [catalog.vlan.id]: 'vlan',
  [catalog.ethernet.id]: 'ether',
  [catalog.bonding.id]: 'bond',
  [catalog.wireguard.id]: 'wg',
  [catalog.vxlan.id]: 'vxlan',
  [catalog.macvlan.id]: 'macvlan',
  [catalog.veth.id]: 'veth',
  [catalog.eoip.id]: 'eoip',
  [catalog.gre.id]: 'gre-tunnel',
  [catalog.ipip.id]: 'ipip-tunnel',
  [catalog.vrrp.id]: 'vrrp',
  [catalog.wireless.id]: 'wlan',
  [catalog.wifi.id]: 'wifi',
};

/** Menus whose rows others refer to by name. */
const NAMED: readonly string[] = [catalog.interfaces.id, catalog.interfaceList.id, ...Object.keys(KINDS)];

const sameMenu = (a: readonly Decoded[], b: readonly Decoded[]): boolean =>
  a.length === b.length && a.every((row, at) => row.id === b[at]?.id && canonical(row.content) === canonical(b[at]?.content ?? null));

/**
 * The world as a plan makes it.
 * @param menusAfter by capability id: the menus that the plan changes, whole, with all its changes made
 */
export function reachAfter(world: ReachWorld, menusAfter: ReadonlyMap<string, WholeMenu>): ReachWorld {
  const rows = new Map(world.rows);
  const unread = new Set(world.unread);
  const touched = new Set(world.touched);
  let { lists, renamed } = world;
  for (const [id, menu] of menusAfter) {
    if (sameMenu(rows.get(id) ?? [], menu.rows)) continue;
    renamed ||= hasRenamed(world, id, menu.rows);
    rows.set(id, menu.rows);
    unread.delete(id);
    touched.add(id);
    if (id === IPV4.addressList.id || id === IPV6.addressList.id) lists = null;
  }
  for (const id of menusAfter.keys()) if (touched.has(id)) mirror(rows, id, world);
  return Object.freeze({ ...world, rows, unread, touched, lists, renamed });
}

function hasRenamed(world: ReachWorld, id: string, rows: readonly Decoded[]): boolean {
  if (!NAMED.includes(id)) return false;
  const known = world.rows.get(KINDS[id] === undefined ? id : catalog.interfaces.id) ?? [];
  const before = new Map(known.map((row) => [row.id, textOf(row, 'name')]));
  return rows.some((row) => before.has(row.id) && before.get(row.id) !== textOf(row, 'name'));
}

/** An interface stands in two menus, under one id: what a plan changes in the menu of its kind shows in `/interface`. */
function mirror(rows: Map<string, readonly Decoded[]>, id: string, world: ReachWorld): void {
  const kind = KINDS[id];
  if (kind === undefined) return;
  const all = rows.get(catalog.interfaces.id) ?? [];
  const before = new Map(rowsIn(world, catalog.interfaces).map((row) => [row.id, row]));
  const there = new Map((rows.get(id) ?? []).map((row) => [row.id, row]));
  const left = all.filter((row) => textOf(row, 'type') !== kind || row.dynamic || there.has(row.id));
  const added = [...there.values()].filter((row) => !before.has(row.id));
  rows.set(catalog.interfaces.id, [
    ...left.map((row) => switchedAs(row, there.get(row.id), before.get(row.id))),
    ...added.map((row) => ({ ...row, item: { ...row.item, type: kind, running: true } })),
  ]);
}

/** Switched on or off where the other menu is no longer as it was; a menu that stayed as it was says nothing. */
const switchedAs = (row: Decoded, as: Decoded | undefined, was: Decoded | undefined): Decoded =>
  as && was && isSet(as, 'disabled') !== isSet(was, 'disabled') ? { ...row, item: { ...row.item, disabled: isSet(as, 'disabled') } } : row;
/**
 * Does a plan shut us out? Only a proof counts, and only what the plan itself brings about: a world that was `no` before is said.
 * @example if (worsened(predictReach(world, 'rest'), predictReach(reachAfter(world, menus), 'rest'))) ...
 */
export const worsened = (before: Reach, after: Reach): boolean => after.verdict === 'no' && before.verdict !== 'no';
