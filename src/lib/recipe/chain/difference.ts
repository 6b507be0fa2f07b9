/** How a rule of a chain differs from the one that is wanted in its place. */

/** Canonical writable content of a rule: what RouterOS means by absence is left out. */
export type Content = Readonly<Record<string, string>>;

export type Difference =
  | 'none'
  /** Other than it was, for the same packets. */
  | 'same packets'
  /** For all packets that it was for, and others. */
  | 'more packets'
  /** For some of the packets that it was for, and no others. */
  | 'fewer packets'
  /** Nothing of the kind can be said. */
  | 'other packets';

/** What a rule does with a packet. All else is a matcher, and every matcher lets fewer packets through to the action. */
const EFFECTS: ReadonlySet<string> = new Set([
  'action',
  'comment',
  'log',
  'log-prefix',
  'jump-target',
  'reject-with',
  'address-list',
  'address-list-timeout',
  'to-addresses',
  'to-ports',
  'passthrough',
  'route-dst',
  'new-connection-mark',
  'new-packet-mark',
  'new-routing-mark',
  'new-dscp',
  'new-mss',
  'new-priority',
  'new-ttl',
  'sniff-id',
  'sniff-target',
  'sniff-target-port',
  'hw-offload',
  'randomise-ports',
  'same-not-by-dst',
  'socks5-server',
  'socks5-port',
  'socksify-service',
]);

/** Names of the fields in which two rules differ. */
export const differing = (a: Content, b: Content): readonly string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]);

export function differenceOf(is: Content, wanted: Content): Difference {
  const names = differing(is, wanted);
  if (names.length === 0) return 'none';
  // A rule that is switched off is for no packet at all.
  const [wasOff, willBeOff] = [is['disabled'] === 'yes', wanted['disabled'] === 'yes'];
  if (wasOff || willBeOff) return wasOff && willBeOff ? 'same packets' : wasOff ? 'more packets' : 'fewer packets';
  const matchers = names.filter((name) => !EFFECTS.has(name));
  if (matchers.length === 0) return 'same packets';
  if (matchers.every((name) => wanted[name] === undefined)) return 'more packets';
  return matchers.every((name) => is[name] === undefined) ? 'fewer packets' : 'other packets';
}
