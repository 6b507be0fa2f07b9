import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '../core/errors.ts';

/** Rights of the group and of everybody else. */
const OTHERS = 0o077;
const HAS_RIGHTS = process.platform !== 'win32';

/**
 * Makes sure that a file exists and that only its owner can read it: the directory 0700, the file 0600, both created
 * so. On Windows, where the profile directory is private, nothing is checked.
 *
 * @throws ConfigError somebody else has rights on the directory or the file; the hint is the command to run
 * @throws Error of `node:fs`, with its `code`
 */
export function privateFile(file: string): void {
  const directory = dirname(file);
  makeDirectory(directory);
  refuseWider(directory, '700', 'directory');
  createEmpty(file);
  refuseWider(file, '600', 'file');
}

/**
 * Each missing directory with 0700; what exists keeps its rights and is checked. Not `recursive`: where a parent exists that
 * takes no directories (`/proc`), Node 26 tries for ever.
 */
function makeDirectory(directory: string): void {
  const parent = dirname(directory);
  if (parent === directory || existsSync(directory)) return;
  makeDirectory(parent);
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (thrown) {
    if (!isTaken(thrown)) throw thrown;
  }
}

const isTaken = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST';

function createEmpty(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (thrown) {
    if (!isTaken(thrown)) throw thrown;
  }
}

function refuseWider(path: string, wanted: string, what: string): void {
  if (!HAS_RIGHTS) return;
  const rights = statSync(path).mode & 0o777;
  if ((rights & OTHERS) === 0) return;
  throw new ConfigError(`The ${what} ${path} is open to other users (${rights.toString(8)}).`, {
    hint: `Run: chmod ${wanted} '${path}'`,
    details: { path, rights: rights.toString(8), wanted },
  });
}
