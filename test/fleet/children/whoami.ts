// Opens a fleet that is kept in memory, and says for whom.
import { openFleet } from '../../../src/lib/index.ts';
import { loadConfig } from '../../../src/lib/operator.ts';

const { config } = loadConfig({ env: { HOME: '/nonexistent' } });
const fleet = await openFleet({ config, store: 'memory' });
process.stdout.write(`${fleet.actor.id}\n`);
await fleet.close();
