// Applies plans of a data directory, one after the other, and says what each came to. Arguments: data directory, plans.
import { agent, asFleetError, openFleet } from '../../../src/lib/index.ts';
import { loadConfig } from '../../../src/lib/operator.ts';

const [dataDir = '', ...plans] = process.argv.slice(2);
const { config } = loadConfig({ env: { HOME: dataDir, XDG_CONFIG_HOME: dataDir }, flags: { dataDir } });
const fleet = await openFleet({ config, actor: agent('child', 'ann', 'stdio') });
for (const planId of plans) {
  const said = await fleet.apply({ planId }).then(
    (view) => view.state,
    (thrown: unknown) => asFleetError(thrown).code,
  );
  process.stdout.write(`${said}\n`);
}
await fleet.close();
