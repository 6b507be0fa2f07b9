import { agent, openFleet } from '../../lib/index.ts';
import { runMcp } from '../../mcp/index.ts';
import type { Run } from '../command.ts';
import { settings, userName } from '../session.ts';
import { oneOf } from '../values.ts';

/** stdout belongs to the protocol: nothing else is printed. */
export const mcp: Run = async ({ flags, takeOver }) => {
  const transport = oneOf('transport', flags.text('transport') ?? 'stdio', ['stdio']);
  const { config } = await settings(flags);
  await using fleet = await openFleet({ config, actor: agent('mcp', userName(), 'stdio') });
  takeOver();
  await runMcp({ fleet, transport });
  return {};
};
