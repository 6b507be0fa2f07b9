/** The MCP face: tools over the library's Door 1, for clients that a program steers. Nothing here can approve. */
import process from 'node:process';
import type { Fleet } from '../lib/index.ts';
import { clientActor } from './client-name.ts';
import { registry } from './registry.ts';
import { runStdio, type StdioHost } from './stdio.ts';

export type { ToolResult } from './answer.ts';
export { callTool } from './call.ts';
export { registry } from './registry.ts';

export interface McpOptions {
  /** Stays open: closing it is for whoever opened it. */
  readonly fleet: Fleet;
  readonly transport: 'stdio';
  /** Whose standard streams and signals are taken: this process's by default. */
  readonly host?: StdioHost;
}

/** Clients of one connection that are remembered; a hostile one may call itself anything, each time. */
const MOST_CLIENTS = 16;

/**
 * Serves MCP until the client closes its end, and finishes what is being applied.
 *
 * @example
 * await using fleet = await openFleet();
 * await runMcp({ fleet, transport: 'stdio' });
 */
export async function runMcp({ fleet, host = process }: McpOptions): Promise<void> {
  const fleets = new Map<string, Fleet>();
  const fleetFor = (clientName: string | undefined): Fleet => {
    const actor = clientActor(clientName, fleet.actor, 'stdio');
    const known = fleets.get(actor.id);
    if (known) return known;
    if (fleets.size >= MOST_CLIENTS) fleets.clear();
    const mine = fleet.as(actor);
    fleets.set(actor.id, mine);
    return mine;
  };
  await runStdio({ registry, fleetFor, host, fleet });
}
