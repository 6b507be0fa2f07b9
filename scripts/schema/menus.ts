/** Which menus the product speaks of, and the package that brings them. */

const TOPS = new Set(
  'system interface ip ipv6 routing queue tool ppp user certificate container snmp file log caps-man radius safe-mode console mpls zerotier'.split(
    ' ',
  ),
);
/** Large, and nothing we manage. */
const DROPPED = [
  '/tool/traffic-generator',
  '/tool/calea',
  '/interface/bridge/calea',
  '/ip/firewall/calea',
  '/interface/dot1x',
  '/interface/mesh',
  '/interface/wireless/nstreme-dual',
  '/interface/wifi/network',
  '/ip/kid-control',
  '/ip/socksify',
  '/ip/packing',
  '/routing/gmp',
  '/routing/fantasy',
  '/routing/stats',
  '/system/default-configuration',
  '/tool/sms',
];

export const PICKED = (menu: string): boolean =>
  menu === '/' || (TOPS.has(menu.split('/')[1] ?? '') && !DROPPED.some((top) => menu === top || menu.startsWith(`${top}/`)));

export const singletonHint = (type: string | undefined): boolean => type === 'Settings Directory';

/** Path -> package, and the first minor release in which it is one (7.13 took the legacy driver out of the base). */
const PACKAGES: readonly (readonly [string, string, number])[] = [
  ['/interface/wireless', 'wireless', 13],
  ['/caps-man', 'wireless', 13],
  ['/interface/wifiwave2', 'wifiwave2', 0],
  ['/container', 'container', 0],
  ['/system/gps', 'gps', 0],
];

export const packageOf = (menu: string, version: string): string | undefined =>
  PACKAGES.find(([top, , since]) => (menu === top || menu.startsWith(`${top}/`)) && Number(version.split('.')[1] ?? 0) >= since)?.[1];
