/**
 * A small program around the terminal UI, for tests in a real terminal: simulated routers, a store in a directory that the test can
 * open too, and the UI. It runs compiled code: `build.ts` says where that is.
 */
import type * as Lib from '../../src/lib/index.ts';
import type * as Doors from '../../src/lib/operator.ts';
import type * as Simulation from '../../src/simulator/index.ts';
import type * as Tui from '../../src/tui/index.ts';

const built = process.env['TUI_TEST_BUILD'] ?? '';
const dataDir = process.env['TUI_TEST_DATA'] ?? '';
const { person, Secret }: typeof Lib = await import(`${built}/lib/index.js`);
const { loadConfig, openOperator }: typeof Doors = await import(`${built}/lib/operator.js`);
const { startSimulator }: typeof Simulation = await import(`${built}/simulator/index.js`);
const { runTui }: typeof Tui = await import(`${built}/tui/index.js`);

const simulator = await startSimulator({ routers: Number(process.env['TUI_TEST_ROUTERS'] ?? 3), latencyMs: 2 });
const { config } = loadConfig({ env: {}, flags: { dataDir } });
const operator = await openOperator({ config, actor: person('ann', 'tui', true) });
const environments = ['lab', 'staging', 'prod'] as const;
for (const [index, router] of simulator.routers.entries()) {
  const hostile = process.env['TUI_TEST_IDENTITY'];
  if (hostile !== undefined) router.edit('/system/identity', undefined, { name: JSON.parse(hostile) });
  if (hostile !== undefined) router.edit('/ip/address', router.rows('/ip/address')[0]?.['.id'], { comment: JSON.parse(hostile) });
  await operator.addDevice({
    name: router.name,
    address: router.url,
    username: router.username,
    password: new Secret(router.password),
    environment: environments[index % 3] ?? 'lab',
    allow: ['advanced-writes', 'firewall-writes', 'professional-workflows'],
  });
}
if (process.env['TUI_TEST_CRASH'] !== undefined) {
  // Something breaks that nobody caught, while the screen is up; the program around it says so and ends, as ours does.
  process.on('uncaughtException', (problem) => {
    process.stderr.write(`${problem.message}\n`);
    process.exit(1);
  });
  setTimeout(() => {
    throw new Error('broken on purpose');
  }, 1000);
}
console.log('before the screen');
await runTui({ operator, title: 'test fleet', pollEvery: 500 });
await operator.close();
await simulator.close();
console.log('after the screen');
