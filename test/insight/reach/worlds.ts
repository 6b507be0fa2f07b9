import type { Row } from '../../../src/lib/client/types.ts';
import { groundNow } from '../../../src/lib/insight/reach/path.ts';
import { predictReach } from '../../../src/lib/insight/reach/predict.ts';
import type { Transport } from '../../../src/lib/insight/reach/service.ts';
import type { ReachWorld } from '../../../src/lib/insight/reach/world.ts';
import { menuOf } from './rig.ts';

export type Rows = Readonly<Record<string, readonly Row[]>>;

/**
 * A small router: we come from 192.0.2.20 to 192.0.2.1 on `mgmt`, VLAN 99 on a bridge that filters, through its port ether2. Nothing is
 * in the firewall.
 */
export const SMALL: Rows = {
  'ip-service': [
    { '.id': '*1', name: 'www', port: '80', disabled: 'false' },
    { '.id': '*2', name: 'ssh', port: '22', disabled: 'false' },
  ],
  user: [{ '.id': '*1', name: 'ann' }],
  interface: [
    { '.id': '*1', name: 'ether1', type: 'ether', running: 'true' },
    { '.id': '*2', name: 'ether2', type: 'ether', running: 'true' },
    { '.id': '*3', name: 'bridge', type: 'bridge', running: 'true' },
    { '.id': '*4', name: 'mgmt', type: 'vlan', running: 'true' },
  ],
  vlan: [{ '.id': '*4', name: 'mgmt', 'vlan-id': '99', interface: 'bridge' }],
  bridge: [{ '.id': '*3', name: 'bridge', 'vlan-filtering': 'true' }],
  'bridge-port': [{ '.id': '*1', interface: 'ether2', bridge: 'bridge', pvid: '99' }],
  'bridge-vlan': [{ '.id': '*1', bridge: 'bridge', 'vlan-ids': '90-99', tagged: 'bridge', untagged: '' }],
  'interface-list': [
    { '.id': '*10', name: 'LAN' },
    { '.id': '*11', name: 'WAN' },
    { '.id': '*12', name: 'ALL', include: 'LAN,WAN' },
    { '.id': '*13', name: 'REST', include: 'ALL', exclude: 'LAN' },
  ],
  'interface-list-member': [
    { '.id': '*1', list: 'LAN', interface: 'mgmt' },
    { '.id': '*2', list: 'WAN', interface: 'ether1' },
  ],
  'ip-address': [
    { '.id': '*1', address: '192.0.2.1/24', interface: 'mgmt' },
    { '.id': '*2', address: '198.51.100.1/24', interface: 'ether1' },
  ],
  'ip-route': [{ '.id': '*1', 'dst-address': '0.0.0.0/0', gateway: '198.51.100.254', distance: '1', static: 'true' }],
  'firewall-address-list': [
    { '.id': '*1', list: 'ours', address: '192.0.2.0/24' },
    { '.id': '*2', list: 'others', address: '203.0.113.0/24' },
    { '.id': '*3', list: 'names', address: 'office.example.net' },
    { '.id': '*4', list: 'soon-over', address: '192.0.2.20', dynamic: 'true', timeout: '5m' },
  ],
};

/** The small router with some menus replaced, as if it was just read. */
export function worldWith(rows: Rows = {}, more: Partial<ReachWorld> = {}): ReachWorld {
  const all = new Map(Object.entries({ ...SMALL, ...rows }).map(([id, some]) => [id, menuOf(id, some, '7.20.6').rows]));
  return {
    rows: all,
    unread: new Set(),
    touched: new Set(),
    lists: null,
    ways: [{ source: '192.0.2.20', destination: '192.0.2.1', interface: 'mgmt', port: 'ether2' }],
    ground: groundNow({ rows: all }),
    username: 'ann',
    secure: false,
    ports: { rest: 80, ssh: 22 },
    certificate: '',
    renamed: false,
    ...more,
  };
}

export const verdict = (world: ReachWorld, transport: Transport = 'rest') => predictReach(world, transport).verdict;

/** Rules of the input chain, numbered from *1. */
export const rules = (...some: readonly Row[]): Rows => ({
  'firewall-filter': some.map((row, at) => ({ '.id': `*${at + 1}`, chain: 'input', action: 'drop', ...row })),
});
