/** IP addresses and prefixes as text, without I/O: checked, and written the way RouterOS stores them. */

const OCTET = /^(?:0|[1-9]\d{0,2})$/;

/** Four numbers 0 to 255 without leading zeros. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => OCTET.test(part) && Number(part) <= 255);
}

/** Hexadecimal groups with at most one `::`; an IPv4 tail is allowed. */
export function isIpv6(text: string): boolean {
  if (!/^[0-9a-fA-F:.]+$/.test(text) || text.includes(':::')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const tail = text.endsWith('::') ? '' : (groups.at(-1) ?? '');
  const width = groups.length + (tail.includes('.') ? 1 : 0);
  const plain = tail.includes('.') ? groups.slice(0, -1) : groups;
  if (tail.includes('.') && !isIpv4(tail)) return false;
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? width <= 7 : width === 8;
}

/** The one text of an address: IPv6 in lower case, its longest run of zeros as `::`. Undefined when the text is no address. */
export function readAddress(text: string): string | undefined {
  if (isIpv4(text)) return text;
  return isIpv6(text) ? compressed(ipv6Groups(text)) : undefined;
}

function ipv6Groups(text: string): readonly number[] {
  const dotted = /[^:]+\.[^:]+$/.exec(text)?.[0];
  const tail = dotted === undefined ? 0 : ipv4Number(dotted);
  const plain =
    dotted === undefined ? text : `${text.slice(0, -dotted.length)}${(tail >>> 16).toString(16)}:${(tail & 0xffff).toString(16)}`;
  const [head = [], rest] = plain
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':').map((group) => Number.parseInt(group, 16))));
  return rest === undefined ? head : [...head, ...Array<number>(8 - head.length - rest.length).fill(0), ...rest];
}

function compressed(groups: readonly number[]): string {
  const text = groups.map((group) => group.toString(16)).join(':');
  const runs = [...text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g)];
  const longest = runs.reduce<RegExpExecArray | undefined>(
    (best, run) => (run[0].length > (best?.[0].length ?? 0) ? run : best),
    undefined,
  );
  if (!longest) return text;
  return `${text.slice(0, longest.index).replace(/:$/, '')}::${text.slice(longest.index + longest[0].length).replace(/^:/, '')}`;
}

/** `address/length`; undefined when the text is no prefix. */
export function readPrefix(text: string): { readonly address: string; readonly length: number } | undefined {
  const found = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = readAddress(found?.[1] ?? '');
  const length = Number(found?.[2]);
  if (address === undefined || length > (isIpv4(address) ? 32 : 128)) return undefined;
  return { address, length };
}

/** `a-b` of one family, rising. */
export function readRange(text: string): string | undefined {
  const [from, to, ...more] = text.split('-').map(readAddress);
  if (from === undefined || to === undefined || more.length > 0 || isIpv4(from) !== isIpv4(to)) return undefined;
  if (isIpv4(from) && ipv4Number(from) > ipv4Number(to)) return undefined;
  return from === to ? from : `${from}-${to}`;
}

const LABEL = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?';
const HOST_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*\\.?$`);

/** An address, or a host name; a name without any letter would be a mistyped address or range. */
export function readHost(text: string): string | undefined {
  const isName = text.length <= 253 && HOST_NAME.test(text) && /[A-Za-z]/.test(text);
  return readAddress(text) ?? (isName ? text : undefined);
}

/** An IPv4 address as a 32-bit number. */
export const ipv4Number = (text: string): number => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const ipv4Text = (number: number): string => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

/** The first address of an IPv4 network: that of `192.0.2.77/24` is `192.0.2.0`. IPv6 addresses stay as they are. */
export function networkOf({ address, length }: { readonly address: string; readonly length: number }): string {
  if (!isIpv4(address)) return address;
  const size = 2 ** (32 - length);
  return ipv4Text(Math.floor(ipv4Number(address) / size) * size);
}

/** Is the IPv4 address inside the IPv4 prefix? */
export function insideIpv4(address: string, prefix: { readonly address: string; readonly length: number }): boolean {
  if (!isIpv4(address) || !isIpv4(prefix.address)) return false;
  const size = 2 ** (32 - prefix.length);
  return Math.floor(ipv4Number(address) / size) === Math.floor(ipv4Number(prefix.address) / size);
}
