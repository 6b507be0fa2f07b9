import { type Allowance, ConfigError, type Environment, Secret } from '../../lib/index.ts';
import type { Operator } from '../../lib/operator.ts';
import { type SimulatedRouter, startSimulator } from '../../simulator/index.ts';
import type { Run } from '../command.ts';
import { deviceJson } from '../device-view.ts';
import { openSession, settings } from '../session.ts';
import { showFleet } from '../show-fleet.ts';

/** In turn: what may be done differs, so that each kind of approval can be tried. */
const MIX: readonly { readonly environment: Environment; readonly allow: readonly Allowance[] }[] = [
  { environment: 'lab', allow: ['advanced-writes', 'professional-workflows', 'firewall-writes'] },
  { environment: 'staging', allow: ['advanced-writes', 'firewall-writes'] },
  { environment: 'prod', allow: ['advanced-writes'] },
];
const SITES = ['prague', 'riga', 'lisbon'];

/** The terminal UI on simulated routers of this very process. */
export const demo: Run = async (context) => {
  const { flags, io } = context;
  const dataDir = flags.text('data-dir');
  await using simulator = await startSimulator({
    routers: flags.whole('routers', { min: 1, max: 200 }) ?? 6,
    latencyMs: flags.whole('latency', { min: 0, max: 60_000 }) ?? 20,
    seed: flags.whole('seed', { min: 0, max: 999_999_999 }) ?? 1,
  });
  await using operator = await openSession(flags, {
    terminal: io.fullScreen,
    origin: 'tui',
    store: dataDir === undefined ? 'memory' : 'file',
  });
  await clearEarlierDemo(operator);
  await Promise.all(simulator.routers.map((router, index) => enrol(operator, router, index)));
  if (io.json) return { data: { devices: (await operator.fleet.devices()).map(deviceJson) } };
  // Awaited here: routers and store must be there for as long as the screen is.
  return await showFleet(
    context,
    operator,
    dataDir === undefined ? 'demo' : `demo; join: ${joining((await settings(flags)).config.dataDir)}`,
  );
};

/** What a second process is started with; it may stand in another directory. */
const joining = (dataDir: string): string =>
  `ROUTEROS_MCP_DATA_DIR=${/^[\w./-]+$/.test(dataDir) ? dataDir : `'${dataDir}'`} routeros-mcp mcp`;

/** The routers of an earlier demo are gone with their ports. Real ones are left alone: this is then no place for a demo. */
async function clearEarlierDemo(operator: Operator): Promise<void> {
  const devices = await operator.fleet.devices();
  if (devices.some(({ address }) => !address.startsWith('http://127.0.0.1:'))) {
    throw new ConfigError('This data directory holds real routers; a demo would mix with them.', {
      hint: 'Give --data-dir an empty directory.',
    });
  }
  for (const { id } of devices) await operator.removeDevice(id);
}

async function enrol(operator: Operator, { name, url, username, password }: SimulatedRouter, index: number): Promise<void> {
  const { environment, allow } = MIX[index % MIX.length] ?? { environment: 'lab', allow: [] };
  const role = name.replace(/-\d+$/, '');
  const site = SITES[Math.floor(index / MIX.length) % SITES.length] ?? '';
  const tags = { role, site };
  await operator.addDevice({ name, address: url, username, password: new Secret(password), environment, allow, tags });
}
