import { readSshConfig, sshHost } from '../../src/lib/client/ssh-config.ts';
import { type ReadInventoryOptions, readInventory } from '../../src/lib/device/inventory/read.ts';
import type { SshHosts } from '../../src/lib/device/inventory/ssh-config.ts';
import type { Inventory } from '../../src/lib/device/inventory/types.ts';

/** The reader of SSH configurations that the program has. */
export function readSsh(text: string): SshHosts {
  const config = readSshConfig(text);
  return {
    patterns: config.blocks.flatMap(({ patterns }) => patterns),
    skipped: config.skipped,
    host: (name) => sshHost(config, name),
  };
}

export const read = (text: string, options: ReadInventoryOptions = {}): Inventory => readInventory(text, { readSsh, ...options });

/** What is wrong, in short: `2 name: The name …`. */
export const wrongs = ({ problems }: Inventory): readonly string[] =>
  problems.map(({ line, field, problem }) => `${line ?? '-'} ${field ?? '-'}: ${problem}`);
