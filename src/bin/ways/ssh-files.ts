import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { type KnownHost, readKnownHosts, readSshConfig, type SshConfig } from '../../lib/operator.ts';
import type { Flags } from '../argv.ts';
import { UsageError } from '../failure.ts';
import type { FlagName } from '../flags.ts';

/** What people keep about SSH hosts: where they are, and which keys they accepted before. */
export interface SshFiles {
  readonly config: SshConfig;
  readonly known: readonly KnownHost[];
}

/** The files that the flags name, or those of OpenSSH where they are there. */
export async function readSshFiles(flags: Flags): Promise<SshFiles> {
  const [config, known] = await Promise.all([
    textOf(flags, 'ssh-config', '~/.ssh/config'),
    textOf(flags, 'known-hosts', '~/.ssh/known_hosts'),
  ]);
  return { config: readSshConfig(config), known: readKnownHosts(known).hosts };
}

async function textOf(flags: Flags, flag: 'ssh-config' | 'known-hosts', usual: string): Promise<string> {
  const named = flags.text(flag);
  if (named !== undefined) return readNamed(flag, named);
  // Nobody has to have one.
  return readFile(atHome(usual), 'utf8').catch(() => '');
}

/** @throws UsageError the file cannot be read; its name is the only thing that is repeated */
export async function readNamed(flag: FlagName, name: string): Promise<string> {
  try {
    return await readFile(atHome(name), 'utf8');
  } catch {
    throw new UsageError(`The file of --${flag} cannot be read.`, 'Check its name and whether you may read it.', { file: name });
  }
}

export const atHome = (name: string): string => (name === '~' || name.startsWith('~/') ? path.join(homedir(), name.slice(1)) : name);
