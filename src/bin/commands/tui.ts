import type { Run } from '../command.ts';
import { deviceJson } from '../device-view.ts';
import { openSession } from '../session.ts';
import { showFleet } from '../show-fleet.ts';

/** What runs without a word: the terminal UI, or one look at the fleet where there is no terminal. */
export const tui: Run = async (context) => {
  const { flags, io } = context;
  await using operator = await openSession(flags, { terminal: io.fullScreen, origin: 'tui' });
  if (io.json) return { data: { devices: (await operator.fleet.devices()).map(deviceJson) } };
  // Awaited here: the store must be open for as long as the screen is.
  return await showFleet(context, operator);
};
