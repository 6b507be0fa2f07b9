import { dhcpServer } from '../capability/catalog/dhcp-server.ts';
import { ipPool } from '../capability/catalog/ip-pool.ts';
import { pppProfile } from '../capability/catalog/ppp-profile.ts';
import { word } from '../capability/kinds.ts';
import { InputError } from '../core/errors.ts';
import { requireRow } from './checks.ts';
import { defineRecipe, type Rows } from './define.ts';

export const dhcpPoolRemove = defineRecipe({
  id: 'dhcp-pool-remove',
  title: 'Remove a DHCP pool',
  about: 'Removes an address pool, named by its id; one that is in use is refused.',
  topic: 'dhcp',
  tool: 'plan_remove_dhcp_pool',
  reads: { pools: ipPool, servers: dhcpServer, profiles: pppProfile },
  input: {
    poolId: word({ about: 'RouterOS id of the pool, as *1.', required: true }),
  },
  intents: ({ poolId }, rows) => {
    const row = requireRow(ipPool, rows['pools'], poolId);
    const user = userOf(rows, row.item['name']);
    if (user !== undefined) throw new InputError(`The pool is in use by ${user}.`, { hint: 'Take it away there first.' });
    return [{ verb: 'remove', capability: ipPool.id, where: { id: row.id } }];
  },
  summary: ({ poolId }) => `Remove DHCP pool ${String(poolId)}`,
});

function userOf({ pools = [], servers = [], profiles = [] }: Rows, name: unknown): string | undefined {
  if (servers.some(({ item }) => item['addressPool'] === name)) return 'a DHCP server';
  if (pools.some(({ item }) => item['nextPool'] === name)) return 'another pool, as the next one';
  return profiles.some(({ item }) => item['remoteAddress'] === name) ? 'a PPP profile' : undefined;
}
