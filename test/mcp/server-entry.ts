/** A server process as the command line starts one: a real fleet on the data directory of the environment, MCP on stdin and stdout. */
import { openFleet } from '../../src/lib/index.ts';
import { runMcp } from '../../src/mcp/index.ts';

const fleet = await openFleet();
const running = runMcp({ fleet, transport: 'stdio' });
// What a careless dependency would do.
if (process.env['MCP_TEST_STRAY'] === '1') {
  console.log('stray line on stdout');
  process.stdout.write('another stray line\n');
}
await running;
await fleet.close();
