import * as catalog from '../../capability/catalog/index.ts';
import type { Decoded } from '../../capability/codec.ts';
import { type Match, some, told } from './match.ts';
import { holds, isV6 } from './net.ts';
import { isOn, isSet, listOf, textOf } from './rows.ts';
import { IPV4, IPV6, type ReachWorld, rowsIn } from './world.ts';

/** Lists within lists deeper than this are not followed. */
const DEEPEST = 8;

/** Is the interface on the list: a member, or on a list that it includes, and on none that it excludes? */
export function inInterfaceList(world: ReachWorld, list: string, name: string, depth = 0): Match {
  if (list === 'all') return 'yes';
  if (list === 'none') return 'no';
  if (list === 'dynamic' || list === 'static') {
    const row = rowsIn(world, catalog.interfaces).find((one) => textOf(one, 'name') === name);
    return row ? told(row.dynamic === (list === 'dynamic')) : 'maybe';
  }
  const row = rowsIn(world, catalog.interfaceList).find((one) => textOf(one, 'name') === list);
  if (!row || depth > DEEPEST) return 'maybe';
  const among = (field: string): Match => some(listOf(row, field).map((other) => inInterfaceList(world, other, name, depth + 1)));
  const out = among('exclude');
  if (out === 'yes') return 'no';
  const member = rowsIn(world, catalog.interfaceListMember).some(
    (one) => isOn(one) && textOf(one, 'list') === list && textOf(one, 'interface') === name,
  );
  const inside = member ? 'yes' : among('include');
  return out === 'maybe' && inside === 'yes' ? 'maybe' : inside;
}

/** An entry that goes by itself says nothing of tomorrow, and a name says nothing before it is resolved. */
function entryHolds(entry: Decoded, address: string): Match {
  const inside = told(holds(textOf(entry, 'address'), address));
  return inside === 'yes' && entry.dynamic && entry.item['timeout'] !== undefined ? 'maybe' : inside;
}

/** Do rules put addresses on this list while packets pass? Then who is not on it now may be when it is asked. */
function isFilled(world: ReachWorld, list: string): boolean {
  const menus = [IPV4.filter, IPV4.raw, IPV4.nat, IPV6.filter, IPV6.raw, IPV6.nat];
  return menus
    .flatMap((menu) => rowsIn(world, menu))
    .some((rule) => isOn(rule) && textOf(rule, 'action').startsWith('add-') && textOf(rule, 'addressList') === list);
}

/** Is the address on the list? */
export function inAddressList(world: ReachWorld, list: string, address: string): Match {
  const { addressList } = isV6(address) ? IPV6 : IPV4;
  if (world.unread.has(addressList.id) || (world.lists && !world.lists.has(list))) return 'maybe';
  const entries = rowsIn(world, addressList).filter((entry) => isOn(entry) && textOf(entry, 'list') === list);
  const found = some(entries.map((entry) => entryHolds(entry, address)));
  return found === 'no' && isFilled(world, list) ? 'maybe' : found;
}

/** Is the interface known to the router? */
export const isInterface = (world: ReachWorld, name: string): boolean =>
  rowsIn(world, catalog.interfaces).some((row) => textOf(row, 'name') === name && !isSet(row, 'inactive'));
