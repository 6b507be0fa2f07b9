import { isIpv4, readRange } from '../capability/address.ts';
import type { Capability } from '../capability/define.ts';
import { InputError } from '../core/errors.ts';
import type { ReadRow } from './define.ts';

/** What recipes ask before they say what to do. */

/** @throws InputError nothing is asked to be another way */
export function somethingOf(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (Object.values(values).some((value) => value !== undefined)) return values;
  throw new InputError('Nothing is asked to be another way.', { hint: 'Name at least one field with its new value.' });
}

/**
 * Lists that tools fill by themselves are called so, and no others are touched by accident.
 * @throws InputError
 */
export function requireManaged(list: string): void {
  if (list.startsWith('mcp-')) return;
  throw new InputError('Only address lists that start with mcp- are managed here.', {
    hint: `For example mcp-${list.replaceAll(/[^\w-]/g, '').slice(0, 40) || 'blocked'}; any other list is a change of firewall-address-list.`,
  });
}

/** @throws InputError the router has no such menu */
export function requireMenu(capability: Capability, rows: readonly ReadRow[] | undefined): readonly ReadRow[] {
  if (rows) return rows;
  throw new InputError(`This router has no ${capability.menu}.`, {
    code: 'NOT_ON_THIS_ROUTER',
    hint: `Read ${capability.id} to see why.`,
  });
}

/**
 * The row of an id, which the router did not make itself.
 * @throws InputError
 */
export function requireRow(capability: Capability, rows: readonly ReadRow[] | undefined, id: unknown): ReadRow {
  const found = requireMenu(capability, rows).find((row) => row.id === String(id).toUpperCase());
  if (found && !found.dynamic) return found;
  throw new InputError(found ? `That row of ${capability.id} was made by the router itself.` : `No row of ${capability.id} has that id.`, {
    code: found ? 'READ_ONLY' : 'NO_SUCH_ROW',
    hint: `Read ${capability.id} to see the ids there are.`,
  });
}

/** @throws InputError the router has no interface of that name */
export function requireNamed(what: string, rows: readonly ReadRow[], name: unknown): ReadRow {
  const found = rows.find(({ item }) => item['name'] === name);
  if (found) return found;
  throw new InputError(`This router has no ${what} of that name.`, {
    code: 'NO_SUCH_ROW',
    hint: `Read ${what} to see the names there are.`,
  });
}

/** Values that were given: what is undefined is left out. */
export const given = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/**
 * First and last address of `a-b`.
 * @throws InputError
 */
export function requireIpv4Range(text: unknown): { readonly from: string; readonly to: string } {
  const [from, to = from] = (readRange(String(text)) ?? '').split('-');
  if (from !== undefined && to !== undefined && isIpv4(from)) return { from, to };
  throw new InputError('address-range is no range of IPv4 addresses.', { hint: 'For example address-range=192.168.88.100-192.168.88.199' });
}

const WITH_PORTS = ['tcp', 'udp', 'udp-lite', 'dccp', 'sctp', '6', '17', '33', '132', '136'];

/**
 * A firewall rule that RouterOS would take and that would not do what it says.
 * @throws InputError
 */
export function requireWhole(rule: Readonly<Record<string, unknown>>): void {
  if (rule['action'] === 'jump' && !rule['jumpTarget'])
    throw new InputError('A jump needs jump-target, the chain to jump to.', { hint: 'For example jump-target=icmp' });
  if (rule['dstPort'] && !WITH_PORTS.includes(String(rule['protocol'] ?? '')))
    throw new InputError('Ports need a protocol that has ports.', { hint: 'For example protocol=tcp' });
}
