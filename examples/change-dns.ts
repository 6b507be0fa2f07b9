// One change, all the way, through the package's three doors: simulated routers, an agent that plans, a person who approves.
// Run it with: node examples/change-dns.ts
import { agent, FleetError, person, Secret } from 'routeros-mcp';
import { openOperator } from 'routeros-mcp/operator';
import { startSimulator } from 'routeros-mcp/simulator';

await using simulator = await startSimulator({ routers: 1 });
// A library call has no terminal: in `lab` that is enough for a person's approval, elsewhere it is not.
await using operator = await openOperator({ store: 'memory', actor: person('ann', 'library', false) });
const [router] = simulator.routers;
if (!router) throw new Error('the simulator has no router');

const device = await operator.addDevice({
  name: 'edge-1',
  address: router.url,
  username: router.username,
  password: new Secret(router.password),
  environment: 'lab',
  allow: ['advanced-writes'],
});
console.log(`enrolled ${device.name}: RouterOS ${device.facts.version}`);

// What an MCP client may do, and no more.
const client = operator.fleet.as(agent('example-client', 'ann', 'stdio'));
const { view } = await client.plan({
  device: 'edge-1',
  intents: [{ verb: 'set', capability: 'dns', values: { servers: ['192.0.2.53', '198.51.100.53'] } }],
});
if (!view) throw new Error('there was nothing to change');
console.log(`planned ${view.plan.id}: ${view.plan.summary}, risk ${view.plan.risk}, state ${view.state}`);

try {
  await client.apply({ planId: view.plan.id });
} catch (error) {
  if (!(error instanceof FleetError)) throw error;
  console.log(`refused: ${error.code}`);
}

await operator.approve(view.plan.id);
const done = await client.apply({ planId: view.plan.id });
console.log(`state ${done.state}: ${done.targets[0]?.outcome?.summary ?? ''}`);
console.log(`servers now: ${router.rows('/ip/dns')[0]?.['servers'] ?? ''}`);

try {
  await client.apply({ planId: view.plan.id });
} catch (error) {
  if (!(error instanceof FleetError)) throw error;
  console.log(`refused: ${error.code}`);
}
const { ok, records } = await operator.fleet.verifyLedger();
console.log(`ledger ${ok ? 'verifies' : 'is broken'}: ${records} records`);
