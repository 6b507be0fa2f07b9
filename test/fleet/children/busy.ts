// Plans, approves and applies, again and again, on routers that others work on as well. Arguments: data directory, a name, how often,
// routers. Says what became of each plan, one line of JSON each. Its waits are a hundredth of what they should be.
import { asFleetError, person } from '../../../src/lib/index.ts';
import { loadConfig, openOperator } from '../../../src/lib/operator.ts';
import { testClock } from '../clocks.ts';

const [dataDir = '', name = '', times = '', ...devices] = process.argv.slice(2);
const { config } = loadConfig({ env: { HOME: dataDir, XDG_CONFIG_HOME: dataDir }, flags: { dataDir } });
const operator = await openOperator({ config, actor: person(name, 'cli', true), clock: testClock() });

async function once(device: string, mark: string) {
  const values = { list: mark, address: '198.51.100.9', comment: mark };
  const intents = [{ verb: 'add', capability: 'firewall-address-list', values }] as const;
  const { view } = await operator.fleet.plan({ device, intents });
  const planId = view?.plan.id ?? '';
  try {
    await operator.approve(planId, { typedName: device });
    return { planId, end: (await operator.fleet.apply({ planId })).state };
  } catch (thrown) {
    return { planId, end: asFleetError(thrown).code };
  }
}

for (let at = 0; at < Number(times); at += 1) {
  const device = devices[at % devices.length] ?? '';
  const mark = `${name}-${at}`;
  const said = await once(device, mark).catch((thrown: unknown) => ({ planId: '', end: asFleetError(thrown).code }));
  process.stdout.write(`${JSON.stringify({ device, mark, ...said })}\n`);
}
await operator.close();
