import { BlockList, isIP, isIPv4 } from 'node:net';

const PREFIX = /^([0-9A-Fa-f.:]+)(?:\/(\d{1,3}))?$/;

export interface Prefix {
  readonly address: string;
  readonly bits: number;
  readonly family: 4 | 6;
}

/** An address with or without a mask. */
export function parsePrefix(text: string): Prefix | undefined {
  const parts = PREFIX.exec(text);
  const address = parts?.[1] ?? '';
  const family = isIP(address);
  if (family !== 4 && family !== 6) return undefined;
  const width = family === 4 ? 32 : 128;
  const bits = parts?.[2] === undefined ? width : Number(parts[2]);
  return bits > width ? undefined : { address, bits, family };
}

const toNumber = (address: string): number => address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
const toAddress = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** The first address of an IPv4 network: `192.168.88.1/24` is in `192.168.88.0`. */
export function networkOf(prefix: Prefix): string {
  if (prefix.family === 6) return prefix.address;
  const size = 2 ** (32 - prefix.bits);
  return toAddress(Math.floor(toNumber(prefix.address) / size) * size);
}

/** Is the address in the comma list? An empty list takes everyone. */
export function contains(list: string, address: string): boolean {
  const prefixes = list
    .split(',')
    .filter(Boolean)
    .flatMap((text) => parsePrefix(text) ?? []);
  if (prefixes.length === 0) return true;
  const allowed = new BlockList();
  for (const { address: network, bits, family } of prefixes) allowed.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6');
  return allowed.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** Is the address in one network or range of the firewall: `10.0.0.0/8`, `10.0.0.1`, `10.0.0.1-10.0.0.9`? A name is no address. */
export function isWithin(text: string, address: string): boolean {
  const [first = '', last] = text.split('-');
  if (last === undefined) return parsePrefix(text) !== undefined && contains(text, address);
  if (!isIPv4(first) || !isIPv4(last) || !isIPv4(address)) return false;
  return toNumber(address) >= toNumber(first) && toNumber(address) <= toNumber(last);
}

/** Host addresses gain a mask where RouterOS keeps prefixes: `10.0.0.1` is stored as `10.0.0.1/32`. */
export function withMask(text: string): string | undefined {
  const prefix = parsePrefix(text);
  return prefix && `${prefix.address}/${prefix.bits}`;
}
