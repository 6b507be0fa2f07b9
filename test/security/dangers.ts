import type { Intent } from '../../src/lib/index.ts';

/**
 * What nobody should get done without a person who typed the router's name: requests that cut us off, hand the router over, or cannot
 * be taken back. For the recorded `rb5009_7.20.6`, which is managed from 10.10.99.20 over `vlan99-mgmt`.
 */
export interface Danger {
  readonly what: string;
  readonly intent: Intent;
}

const set = (capability: string, values: Readonly<Record<string, unknown>>, where?: Readonly<Record<string, unknown>>): Danger => ({
  what: `${capability} ${where ? `${JSON.stringify(where)} ` : ''}${JSON.stringify(values)}`,
  intent: { verb: 'set', capability, values, ...(where && { where }) },
});
const add = (capability: string, values: Readonly<Record<string, unknown>>, before?: Readonly<Record<string, unknown>>): Danger => ({
  what: `${capability} + ${JSON.stringify(values)}${before ? ` before ${JSON.stringify(before)}` : ''}`,
  intent: { verb: 'add', capability, values, ...(before && { before }) },
});
const remove = (capability: string, where: Readonly<Record<string, unknown>>): Danger => ({
  what: `${capability} - ${JSON.stringify(where)}`,
  intent: { verb: 'remove', capability, where },
});
const move = (capability: string, where: Readonly<Record<string, unknown>>, before?: Readonly<Record<string, unknown>>): Danger => ({
  what: `${capability} > ${JSON.stringify(where)}`,
  intent: { verb: 'move', capability, where, ...(before && { before }) },
});

const OFF = { disabled: true };
const FIRST = { id: '*2' };
const DROP = { chain: 'input', action: 'drop' };

const ACCOUNTS: readonly Danger[] = [
  add('user', { name: 'backdoor', group: 'full' }),
  remove('user', { name: 'admin' }),
  remove('user', { name: 'netops' }),
  set('user', OFF, { name: 'admin' }),
  set('user', OFF, { name: 'netops' }),
  set('user', { group: 'read' }, { name: 'admin' }),
  set('user', { group: 'full' }, { name: 'netops' }),
  set('user', { address: '192.0.2.0/24' }, { name: 'admin' }),
  set('user', { address: '' }, { name: 'netops' }),
  set('user', { name: 'gone' }, { name: 'admin' }),
  set('user', { password: 'in the open' }, { name: 'admin' }),
  set('user', { inactivityPolicy: 'logout', inactivityTimeout: '1m' }, { name: 'admin' }),
  remove('user-group', { name: 'full' }),
  remove('user-group', { name: 'read' }),
  remove('user-group', { name: 'netops' }),
  set('user-group', { policy: '' }, { name: 'full' }),
  set('user-group', { policy: 'read' }, { name: 'full' }),
  set('user-group', { policy: 'read,write,policy,sensitive,password,reboot,ssh,rest-api' }, { name: 'read' }),
  add('user-ssh-keys', { user: 'admin', key: 'ssh-ed25519 AAAA backdoor' }),
  remove('user-ssh-keys', { user: 'admin' }),
  set('user-aaa', { useRadius: true }),
  set('user-aaa', { defaultGroup: 'full' }),
  add('radius', { service: 'login', address: '192.0.2.66', secret: 'in the open' }),
  remove('user-active', { name: 'admin' }),
];

const SERVICES: readonly Danger[] = [
  ...['www', 'www-ssl', 'ssh', 'winbox'].flatMap((name) => [
    set('ip-service', OFF, { name }),
    set('ip-service', { port: 4444 }, { name }),
    set('ip-service', { address: '192.0.2.0/24' }, { name }),
    set('ip-service', { vrf: 'nowhere' }, { name }),
  ]),
  ...['telnet', 'ftp', 'api', 'api-ssl'].map((name) => set('ip-service', { disabled: false }, { name })),
  ...['www', 'www-ssl', 'ssh', 'winbox'].map((name) => set('ip-service', { address: '' }, { name })),
  set('ip-service', { certificate: 'none' }, { name: 'www-ssl' }),
  set('ip-service', { maxSessions: 1 }, { name: 'www-ssl' }),
  add('ip-service', { name: 'backdoor', port: 4444 }),
  remove('ip-service', { name: 'ssh' }),
  set('ip-ssh', { forwardingEnabled: 'both' }),
  set('ip-ssh', { strongCrypto: false }),
  set('ip-ssh', { ciphers: 'null' }),
  set('ip-ssh', { hostKeySize: '1024' }),
  set('ip-ssh', { alwaysAllowPasswordLogin: true }),
  set('snmp-community', { writeAccess: true }, { id: '*1' }),
  set('romon', { enabled: true }),
  set('ip-socks', { enabled: true }),
  set('ip-proxy', { enabled: true }),
  set('smb', { enabled: true }),
  set('upnp', { enabled: true }),
];

const FIREWALL: readonly Danger[] = [
  add('firewall-filter', DROP, FIRST),
  add('firewall-filter', { ...DROP, protocol: 'tcp', dstPort: '22,80,443,8291' }, FIRST),
  add('firewall-filter', { ...DROP, srcAddress: '10.10.99.0/24' }, FIRST),
  add('firewall-filter', { ...DROP, srcAddress: '10.10.99.20' }, FIRST),
  add('firewall-filter', { ...DROP, inInterface: 'vlan99-mgmt' }, FIRST),
  add('firewall-filter', { ...DROP, inInterfaceList: 'LAN' }, FIRST),
  add('firewall-filter', { chain: 'input', action: 'reject' }, FIRST),
  add('firewall-filter', { chain: 'input', action: 'tarpit', protocol: 'tcp' }, FIRST),
  add('firewall-filter', { chain: 'input', action: 'jump', jumpTarget: 'nowhere' }, FIRST),
  add('firewall-filter', { chain: 'input', action: 'accept' }, FIRST),
  add('firewall-filter', { chain: 'output', action: 'drop' }),
  add('firewall-filter', { chain: 'output', action: 'drop', dstAddress: '10.10.99.0/24' }),
  ...['*2', '*3', '*4', '*9', '*6'].flatMap((id) => [
    remove('firewall-filter', { id }),
    set('firewall-filter', OFF, { id }),
    move('firewall-filter', { id }),
  ]),
  set('firewall-filter', { disabled: false }, { id: '*1B' }),
  set('firewall-filter', { action: 'drop' }, { id: '*9' }),
  set('firewall-filter', { action: 'drop' }, { id: '*2' }),
  set('firewall-filter', { action: 'accept' }, { id: '*6' }),
  set('firewall-filter', { chain: 'input' }, { id: '*8' }),
  set('firewall-filter', { srcAddress: '192.0.2.1' }, { id: '*9' }),
  set('firewall-filter', { dstPort: '8291' }, { id: '*9' }),
  move('firewall-filter', { id: '*1B' }, { id: '*2' }),
  add('firewall-raw', { chain: 'prerouting', action: 'drop' }),
  add('firewall-raw', { chain: 'prerouting', action: 'drop', srcAddress: '10.10.99.0/24' }),
  add('firewall-raw', { chain: 'output', action: 'drop' }),
  add('firewall-nat', { chain: 'dstnat', action: 'dst-nat', protocol: 'tcp', dstPort: '443', toAddresses: '192.0.2.66' }),
  add('firewall-nat', { chain: 'dstnat', action: 'redirect', protocol: 'tcp', dstPort: '80', toPorts: '8080' }),
  set('firewall-connection-tracking', { enabled: 'no' }),
  add('firewall-mangle', { chain: 'prerouting', action: 'mark-routing', newRoutingMark: 'nowhere', passthrough: 'no' }),
];

const NETWORK: readonly Danger[] = [
  ...['ether1', 'ether2', 'bridge', 'vlan99-mgmt', 'vlan10-users', 'wg-hq'].map((name) => set('interface', OFF, { name })),
  set('ethernet', OFF, { name: 'ether2' }),
  set('ethernet', { macAddress: '02:00:00:00:00:01' }, { name: 'ether2' }),
  set('vlan', OFF, { name: 'vlan99-mgmt' }),
  set('vlan', { vlanId: 4000 }, { name: 'vlan99-mgmt' }),
  set('vlan', { interface: 'ether5' }, { name: 'vlan99-mgmt' }),
  remove('vlan', { name: 'vlan99-mgmt' }),
  remove('vlan', { name: 'vlan10-users' }),
  remove('bridge', { name: 'bridge' }),
  set('bridge', { vlanFiltering: false }, { name: 'bridge' }),
  set('bridge', OFF, { name: 'bridge' }),
  ...['ether2', 'ether3', 'ether4'].map((name) => remove('bridge-port', { interface: name })),
  set('bridge-settings', { useIpFirewall: true }),
  remove('ip-address', { address: '10.10.99.1/24' }),
  set('ip-address', OFF, { address: '10.10.99.1/24' }),
  set('ip-address', { address: '10.10.98.1/24' }, { address: '10.10.99.1/24' }),
  remove('interface-list', { name: 'LAN' }),
  remove('interface-list', { name: 'WAN' }),
  remove('interface-list-member', { interface: 'vlan99-mgmt' }),
  add('interface-list-member', { list: 'WAN', interface: 'vlan99-mgmt' }),
  set('interface-list-member', OFF, { interface: 'vlan99-mgmt' }),
  remove('dhcp-client', { interface: 'ether1' }),
  set('dhcp-client', OFF, { interface: 'ether1' }),
  set('dhcp-client', { addDefaultRoute: 'no' }, { interface: 'ether1' }),
  add('ip-route', { dstAddress: '10.10.99.20/32', blackhole: true }),
  remove('ip-route', { id: '*3' }),
  set('ip-settings', { ipForward: false }),
  set('ip-settings', { rpFilter: 'strict' }),
  set('ipv6-settings', { disableIpv6: true }),
  add('ip-vrf', { name: 'trap', interfaces: 'vlan99-mgmt' }),
  remove('wireguard', { name: 'wg-hq' }),
  set('wireguard', { listenPort: 4444 }, { name: 'wg-hq' }),
  add('bgp-connection', { name: 'leak', remoteAddress: '192.0.2.66', as: '65000', localRole: 'ebgp' }),
];

const BOOT: readonly Danger[] = [
  set('routerboard-settings', { protectedRouterboot: 'enabled' }),
  set('routerboard-settings', { bootOs: 'swos' }),
  set('routerboard-settings', { bootDevice: 'ethernet' }),
  set('routerboard-settings', { cpuFrequency: '1600MHz' }),
  set('routerboard-settings', { forceBackupBooter: true }),
  set('routerboard-settings', { reformatHoldButton: '1s' }),
  set('watchdog', { watchAddress: '192.0.2.1' }),
  set('device-mode', { mode: 'home' }),
  set('device-mode', { container: true }),
  set('device-mode', { scheduler: false }),
  remove('system-package', { name: 'routeros' }),
  remove('file', { name: 'flash' }),
  add('file', { name: 'evil.rsc', contents: '/system/reset-configuration' }),
  add('backup', { name: '../../etc/passwd' }),
  add('container', { remoteImage: 'evil/image', interface: 'veth1' }),
  set('container-config', { registryUrl: 'http://192.0.2.66' }),
  add('container-mounts', { src: '/', dst: '/host' }),
];

const PROGRAMS: readonly Danger[] = [
  add('scheduler', { name: 'evil', interval: '1m', onEvent: '/system/reset-configuration' }),
  remove('scheduler', { name: 'any' }),
  set('scheduler', OFF, { name: 'any' }),
  add('script', { name: 'evil', source: '/system/reset-configuration' }),
  remove('script', { name: 'mk-cc-lock' }),
  remove('script', { name: 'any' }),
  add('netwatch', { host: '192.0.2.1', downScript: '/system/reset-configuration' }),
  add('netwatch', { host: '192.0.2.1', 'up-script': '/user/add name=x group=full' }),
  add('netwatch', { host: '192.0.2.1', test_script: '/quit' }),
  add('ppp-profile', { name: 'evil', onUp: '/system/reset-configuration' }),
  set('ppp-profile', { onDown: '/user/add name=x group=full' }, { name: 'default' }),
  add('certificate', { name: 'evil', commonName: 'x' }),
  remove('certificate', { name: 'rest-api' }),
  set('certificate', { trusted: true }, { name: 'rest-api' }),
  set('certificate-settings', { crlUse: false }),
  set('email', { server: '192.0.2.66' }),
];

export const DANGERS: readonly Danger[] = [...ACCOUNTS, ...SERVICES, ...FIREWALL, ...NETWORK, ...BOOT, ...PROGRAMS];

/** Programs that run with the rights of the system, in fields of menus that look harmless. */
export const HIDDEN_PROGRAMS: readonly Danger[] = [
  set('dhcp-client', { script: '/system/reset-configuration' }, { interface: 'ether1' }),
  set('dhcp-server', { leaseScript: '/system/reset-configuration' }, { id: '*1' }),
  add('ipv6-dhcp-client', { interface: 'ether5', request: 'prefix', poolName: 'x', script: '/user/add name=x group=full' }),
  add('ipv6-dhcp-server', { name: 'x', interface: 'bridge', addressPool: 'x', bindingScript: '/user/add name=x group=full' }),
  add('vrrp', { name: 'vrrp9', interface: 'ether5', vrid: 9, onMaster: '/system/reset-configuration' }),
];

/** The address we come to, on another interface: what leads to it cannot be followed, and its name is not the one we know it by. */
export const OWN_ADDRESS_MOVED: Danger = set('ip-address', { interface: 'ether5' }, { address: '10.10.99.1/24' });
