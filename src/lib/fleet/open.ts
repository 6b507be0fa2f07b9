import { userInfo } from 'node:os';
import { type Actor, person } from '../core/actor.ts';
import { openContext } from './context.ts';
import { fleetOver } from './fleet.ts';
import type { FleetOptions } from './options.ts';
import type { Fleet } from './types.ts';

/** The operating-system user, through the library and without a terminal. */
export const libraryUser = (): Actor => person(userName(), 'library', false);

/** A container may run under a number that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}

/**
 * Opens the fleet for any caller: read, run, watch, plan, apply what is approved, history. It cannot approve.
 *
 * @throws ConfigError a setting is wrong, or the data directory is open to others
 * @throws StoreError the data directory cannot be read or written
 * @example
 * await using fleet = await openFleet();
 * const { items } = await fleet.read({ device: 'edge-1', capability: 'dns' });
 */
export async function openFleet(options: FleetOptions = {}): Promise<Fleet> {
  const context = await openContext(options);
  return fleetOver(context, options.actor ?? libraryUser(), () => context.close());
}
