import { z } from 'zod';
import { networkOf, readAddress, readHost, readPrefix, readRange } from '../address.ts';
import { fieldOf, type Kind } from '../field.ts';

/** Addresses, networks, hosts and ports, each in the one spelling RouterOS stores. */

type Checked = 'address' | 'prefix' | 'network' | 'host' | 'ports';

const checked = (name: Checked, options: Omit<Kind<string>, 'shape' | 'schema' | 'encode'>): Kind<string> => ({
  ...options,
  shape: { name },
  schema: z.string().refine((value) => options.decode(value) !== undefined, options.allowed),
  encode: (value) => options.decode(value) ?? value,
});

/** An address without a length stands for itself alone. */
const readLengthened = (text: string): ReturnType<typeof readPrefix> =>
  readPrefix(text) ?? readPrefix(`${text}/${text.includes(':') ? 128 : 32}`);

export const addressKind = checked('address', {
  example: '192.0.2.1',
  allowed: 'an IP address',
  decode: readAddress,
});
export const prefixKind = checked('prefix', {
  example: '192.0.2.1/24',
  allowed: 'an IP address with its prefix length',
  decode: (text) => {
    const found = readLengthened(text);
    return found && `${found.address}/${found.length}`;
  },
});
/** What firewall lists and matchers take: an address, a network, a range, or (lists) a name to be resolved. Host bits mean nothing. */
export const networkKind = checked('network', {
  example: '198.51.100.0/24',
  allowed: 'an IP address, a prefix, a range a-b, or a host name',
  decode: (text) => {
    const prefix = readPrefix(text);
    if (!prefix) return readRange(text) ?? readHost(text);
    return prefix.length === (prefix.address.includes(':') ? 128 : 32) ? prefix.address : `${networkOf(prefix)}/${prefix.length}`;
  },
});
/** A word such as `none` or `any` that RouterOS writes in the place of a host is a name too. */
export const hostKind = checked('host', {
  example: 'ntp1.example.net',
  allowed: 'an IP address or a host name',
  decode: readHost,
});

/** `192.0.2.1`, `hq.example.net`, and either with the routing table it is reached by: `192.0.2.1@mgmt`. */
function readFarEnd(text: string): string | undefined {
  const at = text.indexOf('@');
  const host = readHost(at < 0 ? text : text.slice(0, at));
  if (at < 0 || host === undefined) return host;
  return at + 1 < text.length ? `${host}${text.slice(at)}` : undefined;
}

const farEndKind = checked('host', {
  example: '198.51.100.7',
  allowed: 'an IP address or a host name; @ and a routing table may follow',
  decode: readFarEnd,
});

const MAC = /^(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/;
const macKind: Kind<string> = {
  shape: { name: 'mac' },
  schema: z.string().regex(MAC),
  example: '48:A9:8A:10:20:00',
  allowed: 'a MAC address',
  decode: (text) => (MAC.test(text) ? text.toUpperCase() : undefined),
  encode: (value) => value.toUpperCase(),
};

function readPorts(text: string): string | undefined {
  const parts = text.split(',').map((part) => {
    const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const low = Number(from);
    const high = Number(to ?? from);
    if (!(low <= high && high <= 65_535)) return undefined;
    return low === high ? String(low) : `${low}-${high}`;
  });
  return parts.every((part) => part !== undefined) ? parts.join(',') : undefined;
}

export const portsKind = checked('ports', {
  example: '22,8000-8080',
  allowed: 'ports from 0 to 65535, ranges a-b, joined by commas',
  decode: readPorts,
});

/** An address or a network, whose host bits mean nothing and whose length is always written; any other text names an interface. */
function readQueueEnd(text: string): string {
  const prefix = readLengthened(text);
  return prefix ? `${networkOf(prefix)}/${prefix.length}` : text;
}

export const queueEndKind: Kind<string> = {
  shape: { name: 'text', max: 255 },
  schema: z.string().max(255),
  example: '192.168.88.0/24',
  allowed: 'an IP address, a prefix, or the name of an interface',
  absent: '',
  decode: readQueueEnd,
  encode: readQueueEnd,
};

export const address = fieldOf(addressKind);
export const prefix = fieldOf(prefixKind);
export const network = fieldOf(networkKind);
export const host = fieldOf(hostKind);
/** The other end of a tunnel. */
export const farEnd = fieldOf(farEndKind);
export const mac = fieldOf(macKind);
/** Ports and port ranges, comma-joined. */
export const ports = fieldOf(portsKind);
/** What a queue slows down: an address, a network or an interface. */
export const queueEnd = fieldOf(queueEndKind);
