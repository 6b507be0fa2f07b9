import type { Intent } from '../../../src/lib/index.ts';
import type { SimulatedRouter } from '../../../src/simulator/index.ts';

/** A change that really cuts us off, on a router of any recording. */
export interface WayOut {
  readonly name: string;
  /** What somebody did to the router before. */
  prepare?(router: SimulatedRouter): void;
  /** Recordings on which nobody can prove that it cuts us off: the prediction says that it cannot tell. */
  readonly unproven?: readonly string[];
  intents(router: SimulatedRouter): readonly Intent[];
  /** Recordings that have what it takes, and where it cuts us off; all by default. */
  readonly only?: readonly string[];
  /** Menus that must be as they were, order included. */
  readonly menus: readonly string[];
}

const named = (router: SimulatedRouter, menu: string, field: string, wanted: (value: string) => boolean) =>
  router.rows(menu).find((row) => row['dynamic'] !== 'true' && wanted(row[field] ?? ''));

/** The network our station is on, in every recording. */
const OUR_NET = '10.10.99.0/24';
const LISTS = '/ip/firewall/address-list';

/** Where our station comes in: the interface that the way back to it leads through. */
function ownInterface(router: SimulatedRouter): string {
  const connected = router.rows('/ip/route').find((row) => row['dst-address'] === OUR_NET && row['active'] === 'true');
  return connected?.['gateway'] ?? '';
}

/** The router's own address on that interface. */
const ownAddress = (router: SimulatedRouter) =>
  router.rows('/ip/address').find((row) => row['interface'] === ownInterface(router) && row['dynamic'] !== 'true');

const FILTER = '/ip/firewall/filter';
const VLANS = '/interface/bridge/vlan';

/** The VLAN we come in by on a bridge that tells VLANs apart, with the bridge and the row that lets it up to the router. */
function ownVlan(router: SimulatedRouter) {
  const vlan = router.rows('/interface/vlan').find((row) => row['name'] === ownInterface(router));
  const bridge = router.rows('/interface/bridge').find((row) => row['name'] === vlan?.['interface']);
  const member = router.rows(VLANS).find((row) => row['dynamic'] !== 'true' && row['vlan-ids'] === vlan?.['vlan-id']);
  return { bridge: bridge?.['.id'] ?? '', member: member?.['.id'] ?? '' };
}

const ON_A_BRIDGE = ['rb5009_7.20.6', 'hap-ax3_7.22.1', 'hex-poe_7.16.2'];

const FIREWALL: readonly WayOut[] = [
  {
    name: 'a drop rule for our source, first in the input chain',
    intents: (router) => {
      const first = named(router, FILTER, 'chain', () => true)?.['.id'] ?? '';
      const values = { chain: 'input', action: 'drop', srcAddress: OUR_NET, comment: 'keep out' };
      return [{ verb: 'add', capability: 'firewall-filter', values, before: { id: first } }];
    },
    menus: [FILTER],
  },
  {
    name: 'the rule that lets us in removed, and a drop put last',
    only: ['rb5009_7.20.6', 'chr_7.24', 'hap-ax3_7.22.1', 'hex-poe_7.16.2'],
    intents: (router) => {
      const ours = named(router, FILTER, 'comment', (value) => /^(?:mgmt|management)/.test(value))?.['.id'] ?? '';
      return [
        { verb: 'add', capability: 'firewall-filter', values: { chain: 'input', action: 'drop', comment: 'all the rest' } },
        { verb: 'remove', capability: 'firewall-filter', where: { id: ours } },
      ];
    },
    menus: [FILTER],
  },
  {
    name: 'a drop moved before the rule that lets us in',
    prepare: (router) => {
      router.edit(FILTER, undefined, { chain: 'input', action: 'drop', 'src-address': OUR_NET, comment: 'last' });
    },
    intents: (router) => {
      const first = named(router, FILTER, 'chain', (value) => value === 'input')?.['.id'] ?? '';
      return [{ verb: 'move', capability: 'firewall-filter', where: { comment: 'last' }, before: { id: first } }];
    },
    menus: [FILTER],
    // Elsewhere nothing lets us in before the last rule, so that we would be cut off from the start.
    only: ['chr_7.24', 'hap-ax3_7.22.1', 'hex-poe_7.16.2'],
  },
  {
    name: 'our network taken off the list of those who may come in',
    prepare: (router) => {
      if (!named(router, LISTS, 'list', (value) => value === 'mgmt')) router.edit(LISTS, undefined, { list: 'mgmt', address: OUR_NET });
      router.edit('/ip/firewall/raw', undefined, { chain: 'prerouting', action: 'drop', 'src-address-list': '!mgmt' });
    },
    intents: (router) => {
      const ours = named(router, LISTS, 'list', (value) => value === 'mgmt')?.['.id'] ?? '';
      return [{ verb: 'remove', capability: 'firewall-address-list', where: { id: ours } }];
    },
    menus: [LISTS, '/ip/firewall/raw'],
  },
];

const DOORS: readonly WayOut[] = [
  {
    name: 'the service www off',
    intents: () => [{ verb: 'set', capability: 'ip-service', where: { name: 'www' }, values: { disabled: true } }],
    menus: ['/ip/service'],
  },
  {
    name: 'the service www on another port',
    intents: () => [{ verb: 'set', capability: 'ip-service', where: { name: 'www' }, values: { port: 8080 } }],
    menus: ['/ip/service'],
  },
  {
    name: 'the service www for others only',
    intents: () => [{ verb: 'set', capability: 'ip-service', where: { name: 'www' }, values: { address: '192.0.2.0/24' } }],
    menus: ['/ip/service'],
  },
  {
    name: 'our account for others only',
    intents: (router) => [{ verb: 'set', capability: 'user', where: { name: router.username }, values: { address: '192.0.2.0/24' } }],
    menus: ['/user'],
  },
];

const ROADS: readonly WayOut[] = [
  {
    name: 'the address we call removed',
    // Where the router has several, nothing shows which one we call.
    unproven: ['chr_7.24', 'hap-ac2_7.12.1'],
    intents: (router) => [{ verb: 'remove', capability: 'ip-address', where: { id: ownAddress(router)?.['.id'] ?? '' } }],
    menus: ['/ip/address'],
  },
  {
    name: 'the interface we come in by off',
    intents: (router) => [{ verb: 'set', capability: 'interface', where: { name: ownInterface(router) }, values: { disabled: true } }],
    menus: ['/interface'],
  },
  {
    name: 'our VLAN no longer let up to the router',
    only: ON_A_BRIDGE,
    intents: (router) => [{ verb: 'set', capability: 'bridge-vlan', where: { id: ownVlan(router).member }, values: { disabled: true } }],
    menus: [VLANS],
  },
  {
    name: 'VLAN filtering on, where our VLAN is on no list',
    only: ON_A_BRIDGE,
    prepare: (router) => {
      const { bridge, member } = ownVlan(router);
      router.edit('/interface/bridge', bridge, { 'vlan-filtering': 'false' });
      router.edit(VLANS, member, { disabled: 'true' });
    },
    intents: (router) => [{ verb: 'set', capability: 'bridge', where: { id: ownVlan(router).bridge }, values: { vlanFiltering: true } }],
    menus: ['/interface/bridge', VLANS],
  },
  {
    name: 'the route back to us gone',
    // Through a tunnel: what that stands on is not judged.
    unproven: ['hap-ac2_7.12.1'],
    intents: (router) => {
      const route = named(router, '/ip/route', 'dst-address', (value) => value === OUR_NET);
      if (route) return [{ verb: 'remove', capability: 'ip-route', where: { id: route['.id'] ?? '' } }];
      // We are on a network of the router's own: a narrower route takes its answers elsewhere.
      return [{ verb: 'add', capability: 'ip-route', values: { dstAddress: '10.10.99.20/32', blackhole: true, comment: 'away' } }];
    },
    menus: ['/ip/route'],
  },
];

/** Every way to saw off the branch we sit on. */
export const WAYS_OUT: readonly WayOut[] = [...FIREWALL, ...DOORS, ...ROADS];
