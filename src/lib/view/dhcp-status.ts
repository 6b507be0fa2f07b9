import { insideIpv4, ipv4Number, isIpv4, readPrefix } from '../capability/address.ts';
import { dhcpServer } from '../capability/catalog/dhcp-server.ts';
import { dhcpServerLease } from '../capability/catalog/dhcp-server-lease.ts';
import { dhcpServerNetwork } from '../capability/catalog/dhcp-server-network.ts';
import { ipPool } from '../capability/catalog/ip-pool.ts';
import { ipPoolUsed } from '../capability/catalog/ip-pool-used.ts';
import { defineView } from './define.ts';
import { type Item, numberOf, orNull, type Parts, percentOf, rowsOf, totalOf } from './values.ts';

export const dhcpStatus = defineView({
  id: 'dhcp-status',
  title: 'DHCP status',
  about: 'DHCP servers with their pool, network, leases and how full each pool is.',
  topic: 'dhcp',
  tool: 'get_dhcp_status',
  input: {},
  parts: {
    servers: { read: dhcpServer },
    networks: { read: dhcpServerNetwork },
    pools: { read: ipPool },
    used: { read: ipPoolUsed, fields: ['pool'] },
    leases: { read: dhcpServerLease, fields: ['server', 'status'] },
    bound: { read: dhcpServerLease, where: () => ({ status: 'bound' }), limit: 0 },
  },
  compose: (parts) => ({
    servers: rowsOf(parts['servers']).map((row) => serverOf(row, parts)),
    leasesTotal: totalOf(parts['leases']),
    leasesBound: totalOf(parts['bound']),
    pools: rowsOf(parts['pools']).map((pool) => poolOf(pool, parts)),
  }),
});

function serverOf(row: Item, parts: Parts): Item {
  const pool = rowsOf(parts['pools']).find((one) => one['name'] === row['addressPool']);
  const first = spans(pool)[0]?.from;
  const network = rowsOf(parts['networks']).find((one) => {
    const prefix = readPrefix(String(one['address']));
    return prefix !== undefined && first !== undefined && insideIpv4(first, prefix);
  });
  const leases = wholeOf(parts, 'leases')?.filter((lease) => lease['server'] === row['name']);
  return {
    id: row['id'],
    name: orNull(row['name']),
    interface: orNull(row['interface']),
    disabled: orNull(row['disabled']),
    invalid: orNull(row['invalid']),
    leaseSeconds: orNull(row['leaseTime']),
    pool: orNull(row['addressPool']),
    network: orNull(network?.['address']),
    gateway: orNull(network?.['gateway']),
    dnsServers: orNull(network?.['dnsServer']),
    leases: leases?.length ?? null,
    leasesBound: leases?.filter((lease) => lease['status'] === 'bound').length ?? null,
  };
}

/** Rows of a part that was read whole; what was cut off cannot be counted by server. */
function wholeOf(parts: Parts, name: string): readonly Item[] | undefined {
  const part = parts[name];
  return part && part.missing === undefined && part.total <= part.items.length ? part.items : undefined;
}

/** Newer versions say how full a pool is; else its addresses are counted. */
function poolOf(pool: Item, parts: Parts): Item {
  const size = spans(pool).reduce((sum, { from, to }) => sum + ipv4Number(to) - ipv4Number(from) + 1, 0);
  const total = numberOf(pool['total']) ?? (size > 0 ? size : null);
  const used = numberOf(pool['used']) ?? wholeOf(parts, 'used')?.filter((row) => row['pool'] === pool['name']).length ?? null;
  return { name: orNull(pool['name']), ranges: orNull(pool['ranges']), total, used, usedPercent: percentOf(used, total) };
}

function spans(pool: Item | undefined): readonly { readonly from: string; readonly to: string }[] {
  const ranges = Array.isArray(pool?.['ranges']) ? pool['ranges'].map(String) : [];
  return ranges.flatMap((range) => {
    const [from = '', to = from] = range.split('-');
    return isIpv4(from) && isIpv4(to) ? [{ from, to }] : [];
  });
}
