import { insideIpv4, ipv4Number, isIpv4, readPrefix } from '../capability/address.ts';
import { dhcpServer } from '../capability/catalog/dhcp-server.ts';
import { dhcpServerNetwork } from '../capability/catalog/dhcp-server-network.ts';
import { interfaces } from '../capability/catalog/interface.ts';
import { ipAddress } from '../capability/catalog/ip-address.ts';
import { ipPool } from '../capability/catalog/ip-pool.ts';
import { address, addressSequence, network, word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import type { Intent } from '../plan/intent.ts';
import { given, requireIpv4Range, requireNamed } from './checks.ts';
import { defineRecipe, type ReadRow, type Rows } from './define.ts';

export const dhcpPoolCreate = defineRecipe({
  id: 'dhcp-pool-create',
  title: 'DHCP pool',
  about: 'Makes an address pool, what its clients are told, and with an interface the server that gives it out.',
  topic: 'dhcp',
  tool: 'plan_create_dhcp_pool',
  reads: { networks: dhcpServerNetwork, servers: dhcpServer, interfaces, addresses: ipAddress },
  input: {
    poolName: word({ about: 'Name of the pool.', required: true }),
    addressRange: word({ about: 'First and last address, as 192.168.88.100-192.168.88.199.', required: true }),
    network: network({ about: 'Network of the clients; else the one the router has an address in.' }),
    gateway: address({ about: 'Gateway of the clients, inside the network and outside the range.' }),
    dnsServers: addressSequence({ about: 'Name servers of the clients, in order.' }),
    interface: word({ about: 'Interface to serve; without it no server is made.' }),
  },
  intents: (input, rows) => {
    const { from, to } = requireIpv4Range(input['addressRange']);
    const inside = networkFor(input['network'], from, to, rows);
    requireGateway(input['gateway'], inside, from, to);
    const pool: Intent = {
      verb: 'add',
      capability: ipPool.id,
      values: { name: input['poolName'], ranges: [from === to ? from : `${from}-${to}`] },
    };
    return [pool, ...toldTo(inside, input, rows), ...servedAt(inside, input, rows)];
  },
  summary: ({ poolName, interface: name }) =>
    `Make the DHCP pool ${String(poolName)}${name === undefined ? '' : ` and serve ${String(name)}`}`,
});

interface Network {
  readonly address: string;
  readonly length: number;
}

/** The network that holds the whole range. */
function networkFor(wanted: unknown, from: string, to: string, { addresses = [] }: Rows): Network {
  const own = addresses.flatMap(({ item }) => readPrefix(String(item['address'] ?? '')) ?? []);
  const found = wanted === undefined ? own.find((prefix) => insideIpv4(from, prefix)) : readPrefix(String(wanted));
  if (!found) {
    throw new InputError('network is needed: the router has no address in the network of the range.', {
      hint: 'For example network=192.168.88.0/24',
    });
  }
  if (insideIpv4(from, found) && insideIpv4(to, found)) return found;
  throw new InputError('The range does not lie in the network.', { hint: `The network is ${found.address}/${found.length}.` });
}

function requireGateway(gateway: unknown, inside: Network, from: string, to: string): void {
  if (gateway === undefined) return;
  const text = String(gateway);
  if (!isIpv4(text) || !insideIpv4(text, inside))
    throw new InputError('The gateway does not lie in the network.', { hint: `The network is ${inside.address}/${inside.length}.` });
  if (ipv4Number(from) <= ipv4Number(text) && ipv4Number(text) <= ipv4Number(to))
    throw new InputError('The gateway lies in the range: a client could be given its address.', { hint: 'Leave it out of the range.' });
}

function toldTo(inside: Network, { gateway, dnsServers }: Readonly<Record<string, unknown>>, { networks = [] }: Rows): readonly Intent[] {
  const dns = Array.isArray(dnsServers) && dnsServers.length > 0 ? dnsServers : undefined;
  if (gateway === undefined && dns === undefined) return [];
  const name = prefixText(inside);
  const values = given({ gateway: gateway === undefined ? undefined : [gateway], dnsServer: dns });
  const there = networks.find(({ item, dynamic }) => !dynamic && item['address'] === name);
  if (!there) return [{ verb: 'add', capability: dhcpServerNetwork.id, values: { address: name, ...values } }];
  const other = Object.entries(values).find(([field, value]) => String(there.item[field] ?? '') !== String(value));
  if (!other) return [];
  throw new InputError('Clients of that network are told something else already.', {
    code: 'ALREADY_EXISTS',
    hint: 'Leave gateway and dns-servers out, or plan a change of dhcp-server-network.',
  });
}

const prefixText = ({ address: host, length }: Network): string => {
  const size = 2 ** (32 - length);
  const first = Math.floor(ipv4Number(host) / size) * size;
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${length}`;
};

function servedAt(inside: Network, { interface: name, poolName }: Readonly<Record<string, unknown>>, rows: Rows): readonly Intent[] {
  if (name === undefined) return [];
  requireNamed('interface', rows['interfaces'] ?? [], name);
  const serves = ({ item }: ReadRow): boolean => item['interface'] === name && item['relay'] === undefined;
  if ((rows['servers'] ?? []).some(serves))
    throw new InputError('That interface has a DHCP server already.', { code: 'ALREADY_EXISTS', hint: 'Read dhcp-server to see it.' });
  const has = ({ item }: ReadRow): boolean => item['interface'] === name && insideIpv4(String(item['address']).split('/')[0] ?? '', inside);
  if (!(rows['addresses'] ?? []).some(has))
    throw new InputError('That interface has no address in the network, so its server would answer nobody.', {
      hint: 'Add the address first.',
    });
  return [
    {
      verb: 'add',
      capability: dhcpServer.id,
      values: { name: `dhcp-${String(name)}`, interface: name, addressPool: poolName, disabled: false },
    },
  ];
}
