import { ipPool } from '../capability/catalog/ip-pool.ts';
import { text, word } from '../capability/kinds.ts';
import { given, requireIpv4Range, requireRow, somethingOf } from './checks.ts';
import { defineRecipe } from './define.ts';

export const dhcpPoolModify = defineRecipe({
  id: 'dhcp-pool-modify',
  title: 'Change a DHCP pool',
  about: 'Changes an address pool, named by its id; leases that were given out stay.',
  topic: 'dhcp',
  tool: 'plan_modify_dhcp_pool',
  reads: { pools: ipPool },
  input: {
    poolId: word({ about: 'RouterOS id of the pool, as *1.', required: true }),
    addressRange: word({ about: 'First and last address, as 192.168.88.100-192.168.88.199.' }),
    nextPool: word({ about: 'Pool to go on with when this one is empty.' }),
    comment: text({ about: 'Note kept on the router.' }),
  },
  intents: ({ poolId, addressRange, nextPool, comment }, { pools }) => {
    const row = requireRow(ipPool, pools, poolId);
    const span = addressRange === undefined ? undefined : requireIpv4Range(addressRange);
    const ranges = span && [span.from === span.to ? span.from : `${span.from}-${span.to}`];
    return [{ verb: 'set', capability: ipPool.id, where: { id: row.id }, values: somethingOf(given({ ranges, nextPool, comment })) }];
  },
  summary: ({ poolId }) => `Change DHCP pool ${String(poolId)}`,
});
