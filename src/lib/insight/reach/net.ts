import { isIpv4, readAddress } from '../../capability/address.ts';

/** An address as a number, for comparing. */
interface Numbered {
  readonly width: 32 | 128;
  readonly value: bigint;
}

const MAPPED = 0xffffn << 32n;

const joined = (parts: readonly number[], bits: bigint): bigint => parts.reduce((sum, part) => (sum << bits) + BigInt(part), 0n);

/** Undefined for what is no address. A zone (`%ether1`) is left out, and an IPv4 address in IPv6 clothes is taken for what it is. */
function numbered(text: string): Numbered | undefined {
  const address = readAddress(text.split('%')[0] ?? '');
  if (address === undefined) return undefined;
  if (isIpv4(address)) return { width: 32, value: joined(address.split('.').map(Number), 8n) };
  const [head = [], tail] = address
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':').map((group) => Number.parseInt(group, 16))));
  const zeros = tail === undefined ? [] : Array<number>(8 - head.length - tail.length).fill(0);
  const value = joined([...head, ...zeros, ...(tail ?? [])], 16n);
  return value >> 32n === MAPPED >> 32n ? { width: 32, value: value & 0xffffffffn } : { width: 128, value };
}

/** The one text of an address without its zone; undefined for what is no address. */
export function plainAddress(text: string): string | undefined {
  const found = numbered(text);
  if (found?.width !== 32) return readAddress(text.split('%')[0] ?? '');
  return [24n, 16n, 8n, 0n].map((shift) => String((found.value >> shift) & 0xffn)).join('.');
}

export const isV6 = (address: string): boolean => numbered(address)?.width === 128;

/**
 * Is the address in an address, a prefix or a range, as the firewall writes them?
 * @returns undefined where the text is none of these (a name that the router resolves)
 */
export function holds(text: string, address: string): boolean | undefined {
  const asked = numbered(address);
  const [first = '', last, ...more] = text.split('-');
  const to = last === undefined ? undefined : numbered(last);
  if (to && more.length === 0) {
    const from = numbered(first);
    return from && asked && from.width === asked.width && to.width === asked.width && asked.value >= from.value && asked.value <= to.value;
  }
  const [network = '', length] = text.split('/');
  const base = numbered(network);
  if (!base || !asked || (length !== undefined && !/^\d+$/.test(length))) return undefined;
  if (base.width !== asked.width) return false;
  const rest = BigInt(base.width) - BigInt(length ?? base.width);
  return rest < 0n ? undefined : base.value >> rest === asked.value >> rest;
}

/** Number of fixed bits in a prefix, by which the best of several is chosen. */
export const lengthOf = (prefix: string): number => Number(prefix.split('/')[1] ?? (prefix.includes(':') ? 128 : 32));
