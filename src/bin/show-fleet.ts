import type { Operator } from '../lib/operator.ts';
import { printFleetOnce, runTui } from '../tui/index.ts';
import type { Answer, Context } from './command.ts';
import { settings } from './session.ts';

/** The terminal UI; where there is no terminal, the fleet as a table, once. */
export async function showFleet({ flags, io, takeOver }: Context, operator: Operator, title?: string): Promise<Answer> {
  if (!io.fullScreen) {
    await printFleetOnce(operator, process.stdout);
    return {};
  }
  const { config } = await settings(flags);
  // The screen gives the terminal back by itself, whatever ends it.
  takeOver();
  await runTui({
    operator,
    title: title ?? config.dataDir,
    pollEvery: config.poll.intervalSeconds * 1_000,
    env: flags.on('no-color') || io.plain ? { ...process.env, NO_COLOR: '1' } : process.env,
  });
  return {};
}
