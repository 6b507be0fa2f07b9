import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { ConfigError, StoreError } from '../core/errors.ts';
import { KEY_BYTES, parseKey } from './key-text.ts';

/** Rights of the group and of everybody else. */
const OTHERS = 0o077;
const OTHERS_MAY_WRITE = 0o022;
const HAS_RIGHTS = process.platform !== 'win32';
/** Longer than any key and its line feed. */
const LONGEST = 1024;

/**
 * The 32 bytes of a key file. With `create`, a missing file is made: 0600, complete from its first moment, and by one
 * process only; whoever comes second reads the first one's key.
 *
 * @param options.file the file; its directory is made 0700 if it is missing
 * @param options.create whether a missing file is made
 * @returns 32 bytes; never print or store them
 * @throws ConfigError `KEY_MISSING` there is no such file and `create` is false
 * @throws ConfigError the file is open to other users, or holds no key
 * @throws StoreError `STORE_FAILED` the disk refused
 * @example
 * const approvalKey = loadKeyFile({ file: `${dataDirectory}/approval.key`, create: false });
 */
export function loadKeyFile({ file, create }: { readonly file: string; readonly create: boolean }): Uint8Array {
  return read(file) ?? (create ? made(file) : missing(file));
}

function missing(file: string): never {
  throw new ConfigError(`There is no key file ${file}.`, {
    code: 'KEY_MISSING',
    hint: 'A person makes it by approving once, on a terminal; or give this instance the key file it should have.',
    details: { file },
  });
}

/** The key, or nothing where there is no file. */
function read(file: string): Uint8Array | undefined {
  try {
    // A pipe would hold us up for ever when it is opened.
    if (!statSync(file).isFile()) throw new ConfigError(`${file} is not a file, so it holds no key.`, { details: { file } });
    const handle = openSync(file, 'r');
    try {
      refuseWider(file, fstatSync(handle), OTHERS, '600');
      return fileKey(file, handle);
    } finally {
      closeSync(handle);
    }
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw failed(file, thrown);
  }
}

function fileKey(file: string, handle: number): Uint8Array {
  if (fstatSync(handle).size > LONGEST) throw notAKey(file);
  return parseKey(readFileSync(handle, 'latin1').trim()) ?? notAKey(file);
}

function notAKey(file: string): never {
  throw new ConfigError(`The file ${file} holds no key: a key is ${KEY_BYTES} bytes in base64 or hex.`, {
    hint: 'Restore it from a backup. What was sealed with a lost key must be entered again.',
    details: { file },
  });
}

/** Written under another name first, then linked: the name appears once, and never with half a key behind it. */
function made(file: string): Uint8Array {
  const draft = `${file}.${randomBytes(8).toString('hex')}.new`;
  try {
    const directory = directoryOf(file);
    makeDirectory(directory);
    refuseWider(directory, statSync(directory), OTHERS_MAY_WRITE, '700');
    writeKey(draft, randomBytes(KEY_BYTES));
    try {
      publish(draft, file);
    } finally {
      unlinkSync(draft);
    }
    keepDirectory(directory);
  } catch (thrown) {
    throw failed(file, thrown);
  }
  return read(file) ?? missing(file);
}

/**
 * Each missing directory with 0700. Not `recursive`: where a parent exists that takes no directories (`/proc`), Node 26 tries
 * for ever.
 */
function makeDirectory(directory: string): void {
  const parent = directoryOf(directory);
  if (parent === directory || existsSync(directory)) return;
  makeDirectory(parent);
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') throw thrown;
  }
}

function publish(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return;
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EMLINK'].includes(codeOf(thrown))) throw thrown;
    // A file system without links: made by one process only, though another may see it unfinished and refuse it.
    writeKey(file, Buffer.from(readFileSync(draft, 'latin1').trim(), 'base64'));
  }
}

function writeKey(file: string, key: Uint8Array): void {
  let handle: number;
  try {
    handle = openSync(file, 'wx', 0o600);
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return;
    throw thrown;
  }
  try {
    writeFileSync(handle, `${Buffer.from(key).toString('base64')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The new name itself must survive a loss of power, else what was sealed meanwhile is lost with it. */
function keepDirectory(directory: string): void {
  if (!HAS_RIGHTS) return;
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function directoryOf(file: string): string {
  const cut = Math.max(file.lastIndexOf('/'), HAS_RIGHTS ? -1 : file.lastIndexOf('\\'));
  return cut < 0 ? '.' : cut === 0 ? '/' : file.slice(0, cut);
}

function refuseWider(path: string, stats: { readonly mode: number }, unwanted: number, wanted: string): void {
  const rights = stats.mode & 0o777;
  if (!HAS_RIGHTS || (rights & unwanted) === 0) return;
  throw new ConfigError(`${path} is open to other users (${rights.toString(8)}), so no key can be kept there.`, {
    hint: `Run: chmod ${wanted} '${path}'; and make new keys if others may have read them.`,
    details: { path, rights: rights.toString(8), wanted },
  });
}

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';

function failed(file: string, thrown: unknown): Error {
  if (thrown instanceof ConfigError || thrown instanceof StoreError) return thrown;
  return new StoreError(`The key file ${file} cannot be used.`, {
    hint: 'Give this user read and write access to the file and its directory, and look whether the disk is full.',
    details: { file, reason: codeOf(thrown) },
    cause: thrown,
  });
}
