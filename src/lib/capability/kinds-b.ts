import { z } from 'zod';
import { readHost } from './address.ts';
import { fieldOf, type Kind } from './field.ts';

/** Kinds of interfaces, bridges and wireless menus. Each says a shape the kit knows, so that forms and generated values follow. */

const VLAN = { min: 1, max: 4094 };

/** One VLAN number, or a rising range of them. */
function readVlans(text: string): number | string | undefined {
  const [, from, to] = /^(\d+|0x[0-9a-fA-F]+)(?:-(\d+))?$/.exec(text) ?? [];
  const [low, high] = [Number(from), Number(to ?? from)];
  if (!(low >= VLAN.min && high <= VLAN.max && low <= high)) return undefined;
  return low === high ? low : `${low}-${high}`;
}

const VLANS = `VLAN numbers from ${VLAN.min} to ${VLAN.max} and ranges a-b, joined by commas`;

/** VLAN numbers and ranges. Their order means nothing: they are written sorted as text, each once. */
const vlanIdsKind: Kind<readonly (number | string)[]> = {
  shape: { name: 'list', of: { name: 'integer', ...VLAN, words: [] }, sequence: false },
  schema: z.array(z.union([z.number(), z.string()]).refine((member) => readVlans(String(member)) === member, VLANS)).readonly(),
  example: '10,20-29',
  allowed: VLANS,
  absent: '',
  decode: (text) => {
    if (text === '') return [];
    const members = text.split(',').map((part) => readVlans(part.trim()));
    return members.every((member) => member !== undefined) ? members : undefined;
  },
  encode: (value) => [...new Set(value.map(String))].sort().join(','),
};

/**
 * Yes, no, or not said, where not saying is not a no: the router takes yes for what a new row leaves out, or a wireless profile leaves
 * it to another one.
 */
const openFlagKind: Kind<string> = {
  shape: { name: 'enum', values: ['no', 'yes'] },
  schema: z.enum(['no', 'yes']),
  example: 'yes',
  allowed: 'yes or no',
  decode: (text) => (text === 'true' || text === 'yes' ? 'yes' : text === 'false' || text === 'no' ? 'no' : undefined),
  encode: (value) => value,
};

/** Name of a wireless network. A radio without one has none, which is not the same as an empty one. */
const ssidKind: Kind<string> = {
  shape: { name: 'text', min: 1, max: 32 },
  schema: z.string().min(1).max(32),
  example: 'Office',
  allowed: 'the name of a wireless network, 1 to 32 characters',
  decode: (text) => text || undefined,
  encode: (value) => value,
};

/** `192.0.2.1`, `hq.example.net`, and either with the routing table it is reached by: `192.0.2.1@mgmt`. */
function readFarEnd(text: string): string | undefined {
  const at = text.indexOf('@');
  const host = readHost(at < 0 ? text : text.slice(0, at));
  if (at < 0 || host === undefined) return host;
  return at + 1 < text.length ? `${host}${text.slice(at)}` : undefined;
}

/** The other end of a tunnel. */
const farEndKind: Kind<string> = {
  shape: { name: 'host' },
  schema: z.string().refine((value) => readFarEnd(value) !== undefined, 'an IP address or a host name'),
  example: '198.51.100.7',
  allowed: 'an IP address or a host name; @ and a routing table may follow',
  decode: readFarEnd,
  encode: (value) => readFarEnd(value) ?? value,
};

export const vlanIds = fieldOf(vlanIdsKind);
export const openFlag = fieldOf(openFlagKind);
export const ssid = fieldOf(ssidKind);
export const farEnd = fieldOf(farEndKind);
