import * as catalog from '../../capability/catalog/index.ts';
import type { Decoded } from '../../capability/codec.ts';
import { type Finding, shut, unclear } from './finding.ts';
import { isOn, isSet, listOf, textOf } from './rows.ts';
import { type ReachWorld, rowsIn, type Way } from './world.ts';

const isIn = (ids: readonly string[], vlan: string): boolean =>
  ids.some((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    return Number(vlan) >= first && Number(vlan) <= last;
  });

/** Rows that say by which ports a bridge carries a VLAN. */
export const vlanRows = (world: Pick<ReachWorld, 'rows'>, bridge: string, vlan: string): readonly Decoded[] =>
  rowsIn(world, catalog.bridgeVlan).filter((row) => isOn(row) && textOf(row, 'bridge') === bridge && isIn(listOf(row, 'vlanIds'), vlan));

export const bridgeNamed = (world: Pick<ReachWorld, 'rows'>, name: string): Decoded | undefined =>
  rowsIn(world, catalog.bridge).find((row) => textOf(row, 'name') === name);

export const portNamed = (world: Pick<ReachWorld, 'rows'>, name: string): Decoded | undefined =>
  rowsIn(world, catalog.bridgePort).find((row) => textOf(row, 'interface') === name);

/** Without a number of its own a bridge or a port has VLAN 1. */
export const pvidOf = (row: Decoded): string => textOf(row, 'pvid') || '1';

/**
 * Does a bridge bring our frames up to the interface above it?
 * @param vlan the VLAN interface on the bridge by which they come; missing where the bridge itself is our interface
 */
export function bridgeFinding(world: ReachWorld, way: Way, bridge: Decoded, vlan: string | undefined): Finding | undefined {
  const name = textOf(bridge, 'name');
  const port = way.port === undefined ? undefined : portNamed(world, way.port);
  if (way.port !== undefined) {
    if (!port) return shut('The port we come in by is no longer part of the bridge.', bridge);
    if (!isOn(port)) return shut('The bridge port we come in by is switched off.', port);
    if (textOf(port, 'bridge') !== name) return shut('The port we come in by is part of another bridge.', port);
  }
  if (!isSet(bridge, 'vlanFiltering')) {
    return world.ground.filtering.includes(name) ? unclear('The bridge we come in by no longer forwards by VLAN.', bridge) : undefined;
  }
  const id = vlan ?? pvidOf(bridge);
  const rows = vlanRows(world, name, id);
  const named = (row: Decoded, member: string): boolean => [...listOf(row, 'tagged'), ...listOf(row, 'untagged')].includes(member);
  // RouterOS lets in by itself what is untagged in the VLAN of a port or of the bridge.
  const isUp = vlan === undefined || rows.some((row) => listOf(row, 'tagged').includes(name));
  if (!isUp) return shut('The bridge does not bring the VLAN we come by up to the router.', rows[0] ?? bridge);
  if (port && pvidOf(port) !== id && !rows.some((row) => named(row, textOf(port, 'interface')))) {
    return shut('The bridge does not carry the VLAN we come by on our port.', port);
  }
  if (vlan === undefined && textOf(bridge, 'frameTypes') === 'admit-only-vlan-tagged') {
    return unclear('The bridge takes only tagged frames, and our interface is the bridge itself.', bridge);
  }
  return port ? frameFinding(rows, port, id) : undefined;
}

/** Which frames a port lets in, and whether ours are among them. */
function frameFinding(rows: readonly Decoded[], port: Decoded, id: string): Finding | undefined {
  const types = textOf(port, 'frameTypes') || 'admit-all';
  const name = textOf(port, 'interface');
  const tagged = rows.some((row) => listOf(row, 'tagged').includes(name));
  if (types === 'admit-only-vlan-tagged' && !tagged) return shut('The port we come in by takes only tagged frames of other VLANs.', port);
  if (types === 'admit-only-untagged-and-priority-tagged' && pvidOf(port) !== id) {
    return shut('The port we come in by takes only untagged frames of another VLAN.', port);
  }
  // What comes in untagged may come with a tag as well, and the other way round: one of the two still fits.
  return tagged && pvidOf(port) === id ? unclear('Nothing shows whether we come to the port with a tag or without.', port) : undefined;
}
