import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Typed } from './typed.ts';

/** Candidates that are no part of the catalog: routers of the store, recordings, files. What cannot be had is left out. */

/** Nothing is made, unlocked or asked for the sake of a press of Tab: a store that is not there, or has no key at hand, has no names. */
export async function deviceNames({ flags }: Typed): Promise<readonly string[]> {
  const text = (name: string): string | undefined => flags.findLast((flag) => flag.name === name)?.value;
  const { settings, userName } = await import('./session.ts');
  const { config } = await settings({ text });
  const keyAtHand =
    config.encryptionKey !== undefined || existsSync(config.encryptionKeyFile ?? path.join(config.dataDir, 'encryption.key'));
  if (!keyAtHand || !existsSync(path.join(config.dataDir, 'fleet.db'))) return [];
  const { openFleet, person } = await import('../lib/index.ts');
  await using fleet = await openFleet({ config, actor: person(userName(), 'cli', false) });
  return (await fleet.devices()).map(({ name }) => name);
}

export async function recordings(): Promise<readonly string[]> {
  const { recordedRouters } = await import('../simulator/fixtures.ts');
  return recordedRouters();
}

/** Files and folders that begin as the word does; a folder ends in a slash. */
export function files(word: string): readonly string[] {
  const folder = word.slice(0, word.lastIndexOf('/') + 1);
  const at = folder.startsWith('~/') ? path.join(homedir(), folder.slice(2)) : folder || '.';
  return readdirSync(at, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') || word.slice(folder.length).startsWith('.'))
    .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`);
}
