import { address, duration, integer, oneOf, text, word } from './kinds.ts';
import { farEnd, openFlag } from './kinds-b.ts';

/** How an interface speaks ARP. */
export const arpFields = {
  arp: oneOf('disabled', 'enabled', 'local-proxy-arp', 'proxy-arp', 'reply-only')({ about: 'How ARP questions are answered.' }),
  arpTimeout: duration('auto')({ about: 'How long an ARP entry is kept.' }),
};

/** Loop protection of an interface. */
export const loopProtectFields = {
  loopProtect: oneOf('default', 'off', 'on')({ about: 'Watch for frames of our own that come back.' }),
  loopProtectDisableTime: duration()({ about: 'How long a looped port stays off.' }),
  loopProtectSendInterval: duration()({ about: 'Time between loop probes.' }),
  loopProtectStatus: text({ about: 'What loop protection has found.', readOnly: true, live: true }),
};

/** What the IP tunnels have in common. */
export const tunnelFields = {
  remoteAddress: farEnd({ about: 'Address of the far end.', required: true, column: 3 }),
  localAddress: address({ about: 'Own address of the tunnel.', column: 4 }),
  mtu: integer({ max: 65_535, words: ['auto'] })({ about: 'Largest packet in bytes.', column: 5 }),
  actualMtu: integer()({ about: 'Largest packet in force, in bytes.', readOnly: true, live: true }),
  allowFastPath: openFlag({ about: 'Let frames take the fast path.' }),
  clampTcpMss: openFlag({ about: 'Lower TCP segments so that they fit.' }),
  currentRemoteAddress: text({ about: 'Address of the far end in use.', readOnly: true, live: true }),
  dontFragment: oneOf('inherit', 'no')({ about: 'Whether packets may be cut on the way.' }),
  dscp: integer({ max: 63, words: ['inherit'] })({ about: 'DSCP of the outer packet.' }),
  ipsecSecret: text({ about: 'Secret of the IPsec around the tunnel.', secret: true }),
  keepalive: word({ about: 'Probe interval and tries, as 10s,10.' }),
};

/** Lists that RouterOS keeps itself. */
export const BUILTIN_LISTS: readonly string[] = ['all', 'none', 'dynamic', 'static'];

interface Sketch<Row extends object> {
  readonly before?: Row;
  readonly after?: Row;
}

/** Absence, an empty text and an empty list say the same; lists of these menus have no order. */
const said = (value: unknown): string => {
  const nothing = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return nothing ? '' : JSON.stringify(Array.isArray(value) ? value.map(String).sort() : value);
};

/** Does the change touch any of these fields? */
export const touches = <Row extends object>({ before, after }: Sketch<Row>, ...names: readonly (keyof Row & string)[]): boolean =>
  names.some((name) => said(before?.[name]) !== said(after?.[name]));

/** Does the change touch nothing but the note on the row? Adding and removing do more. */
export function isNote<Row extends object>({ before, after }: Sketch<Row>): boolean {
  if (before === undefined || after === undefined) return false;
  const had = new Map(Object.entries(before));
  const has = new Map(Object.entries(after));
  return [...had.keys(), ...has.keys()].every((name) => name === 'comment' || said(had.get(name)) === said(has.get(name)));
}
