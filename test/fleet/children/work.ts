// Applies a plan of a data directory, or takes up what others left, and says what came of it. Arguments: data directory, `apply` or
// `recover`, plan. Its waits are a hundredth of what they should be.
import { agent, asFleetError, openFleet } from '../../../src/lib/index.ts';
import { loadConfig } from '../../../src/lib/operator.ts';
import { testClock } from '../clocks.ts';

const [dataDir = '', what = '', planId = ''] = process.argv.slice(2);
const { config } = loadConfig({ env: { HOME: dataDir, XDG_CONFIG_HOME: dataDir }, flags: { dataDir } });
const fleet = await openFleet({ config, actor: agent('child', 'ann', 'stdio'), clock: testClock() });
const work = what === 'apply' ? fleet.apply({ planId }).then(({ state }) => state) : fleet.recover().then((taken) => taken.join());
process.stdout.write(`${await work.catch((thrown: unknown) => asFleetError(thrown).code)}\n`);
await fleet.close();
