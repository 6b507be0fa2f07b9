import { userInfo } from 'node:os';
import type { FleetOptions } from '../lib/index.ts';
import type { LoadedConfig, Operator } from '../lib/operator.ts';
import type { Flags } from './argv.ts';

/** The settings in force for this call. */
export async function settings(flags: Pick<Flags, 'text'>): Promise<LoadedConfig> {
  const { loadConfig } = await import('../lib/operator.ts');
  const file = flags.text('config');
  const dataDir = flags.text('data-dir');
  return loadConfig({ env: process.env, ...(file === undefined ? {} : { file }), flags: dataDir === undefined ? {} : { dataDir } });
}

/** Both doors, as the person who runs this program. */
export async function openSession(
  flags: Flags,
  who: { readonly terminal: boolean; readonly origin?: 'cli' | 'tui'; readonly store?: FleetOptions['store'] },
): Promise<Operator> {
  const { openOperator } = await import('../lib/operator.ts');
  const { person } = await import('../lib/index.ts');
  const { config } = await settings(flags);
  const actor = person(userName(), who.origin ?? 'cli', who.terminal);
  return openOperator({ config, actor, ...(who.store === undefined ? {} : { store: who.store }) });
}

/** The operating-system user; a container may run under a number that has no name. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
