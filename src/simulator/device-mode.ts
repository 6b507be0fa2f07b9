import { refuse } from './errors.ts';
import type { RouterState } from './state/router.ts';
import { rowsOf } from './state/tables.ts';
import { asText } from './values.ts';

/** Menus that belong to a feature of `/system/device-mode`, and everything below them. */
const FEATURES: readonly (readonly [menu: string, feature: string])[] = [
  ['/container', 'container'],
  ['/interface/l2tp-client', 'l2tp'],
  ['/interface/l2tp-server', 'l2tp'],
  ['/interface/pptp-client', 'pptp'],
  ['/interface/pptp-server', 'pptp'],
  ['/ip/hotspot', 'hotspot'],
  ['/ip/ipsec', 'ipsec'],
  ['/ip/proxy', 'proxy'],
  ['/ip/smb', 'smb'],
  ['/ip/socks', 'socks'],
  ['/partitions', 'partitions'],
  ['/system/routerboard/settings', 'routerboard'],
  ['/system/scheduler', 'scheduler'],
  ['/tool/e-mail', 'email'],
  ['/tool/romon', 'romon'],
  ['/tool/sniffer', 'sniffer'],
  ['/tool/traffic-generator', 'traffic-gen'],
  ['/zerotier', 'zerotier'],
];

/** What a flagged router refuses as well (RouterOS docs): measurements that load the net, and whatever an intruder would set up. */
const WHEN_FLAGGED = new Set('bandwidth-test traffic-gen sniffer scheduler socks pptp l2tp ipsec proxy smb'.split(' '));
const FLAGGED = 'failure: configuration flagged, check all router configuration for unauthorized changes and update device-mode';

/** Refuses what the router may not do. Versions without the field know no such limit. */
export function requireFeature(router: RouterState, feature: string): void {
  const mode = rowsOf(router, '/system/device-mode')[0] ?? {};
  if (mode[feature] === 'false') throw refuse('failure: not allowed by device-mode');
  if (mode['flagged'] === 'true' && WHEN_FLAGGED.has(feature)) throw refuse(FLAGGED);
}

/** Who may use a proxy can be written down on any router (measured on 7.22): only the proxy itself is a feature. */
const NO_FEATURE = /^\/ip\/(?:socks|proxy)\//;

const featureOf = (menu: string): string | undefined =>
  NO_FEATURE.test(menu) ? undefined : FEATURES.find(([top]) => menu === top || menu.startsWith(`${top}/`))?.[1];

const TRUE = /^(?:yes|true)$/;
const FALSE = /^(?:no|false)$/;

/** Something new. */
export function admitNew(router: RouterState, menu: string): void {
  const feature = featureOf(menu);
  if (feature !== undefined) requireFeature(router, feature);
}

/** Something that is switched on. What is there may still be switched off, changed while it is off, and taken away. */
export function admitFeature(router: RouterState, menu: string, body: Readonly<Record<string, unknown>>): void {
  const says = (name: string, pattern: RegExp): boolean => body[name] !== undefined && pattern.test(asText(body[name], name));
  if (says('enabled', TRUE) || says('disabled', FALSE)) admitNew(router, menu);
}
