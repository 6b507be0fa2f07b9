import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FleetError } from '../../src/lib/core/errors.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { loadKeyFile } from '../../src/lib/vault/key-file.ts';
import { loadKey } from '../../src/lib/vault/load-key.ts';
import { child } from '../store/children.ts';
import { scratch } from '../store/samples.ts';

const POSIX = process.platform !== 'win32';
const ROOT = process.getuid?.() === 0;
const NOBODY = 65534;

let place: ReturnType<typeof scratch>;
let file: string;
beforeEach(() => {
  place = scratch();
  file = place.file('encryption.key');
});
afterEach(() => {
  chmodSync(place.directory, 0o700);
  place.remove();
});

const hex = (key: Uint8Array) => Buffer.from(key).toString('hex');
const rights = (path: string) => (statSync(path).mode & 0o777).toString(8);
function refused(work: () => unknown): FleetError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof FleetError) return thrown;
    throw thrown;
  }
  throw new Error('it was not refused');
}

describe('a key file', () => {
  test('is made once, for its owner only, and read from then on', () => {
    const before = process.umask(0);
    try {
      file = place.file('new/deep/encryption.key');
      const key = loadKeyFile({ file, create: true });
      expect(key.byteLength).toBe(32);
      if (POSIX) expect([rights(file), rights(place.file('new')), rights(place.file('new/deep'))]).toEqual(['600', '700', '700']);
      expect(readdirSync(place.file('new/deep'))).toEqual(['encryption.key']);
      for (const create of [true, false]) expect(hex(loadKeyFile({ file, create }))).toBe(hex(key));
    } finally {
      process.umask(before);
    }
  });

  test('is random', () => {
    const keys = Array.from({ length: 50 }, (_, index) => hex(loadKeyFile({ file: place.file(`${index}.key`), create: true })));
    expect(new Set(keys).size).toBe(50);
  });

  test('is not made where nobody asked for it', () => {
    const error = refused(() => loadKeyFile({ file: place.file('approval.key'), create: false }));
    expect(error).toMatchObject({ name: 'ConfigError', code: 'KEY_MISSING' });
    expect(error.hint).toMatch(/^A person makes it by approving once/);
    expect(readdirSync(place.directory)).toEqual([]);
  });

  test.each([
    ['base64', (key: Buffer) => key.toString('base64')],
    ['base64 without padding, with a line feed', (key: Buffer) => `${key.toString('base64').replace('=', '')}\n`],
    ['base64url', (key: Buffer) => key.toString('base64url')],
    ['hex', (key: Buffer) => key.toString('hex')],
    ['hex in capitals, among blanks', (key: Buffer) => `  ${key.toString('hex').toUpperCase()}\r\n`],
  ])('may hold its key as %s', (_, write) => {
    const key = randomBytes(32);
    writeFileSync(file, write(key), { mode: 0o600 });
    expect(hex(loadKeyFile({ file, create: false }))).toBe(hex(key));
  });

  test.each([
    ['nothing', ''],
    ['half a key', Buffer.alloc(16, 7).toString('hex')],
    ['a longer key', randomBytes(33).toString('base64')],
    ['two keys', `${randomBytes(32).toString('hex')}\n${randomBytes(32).toString('hex')}`],
    ['zeros', '0'.repeat(64)],
    ['one byte over and over', 'ab'.repeat(32)],
    ['a password', 'changeme'],
    ['a book', 'x'.repeat(100_000)],
  ])('with %s in it is refused, not replaced, and not quoted', (_, content) => {
    writeFileSync(file, content, { mode: 0o600 });
    const error = refused(() => loadKeyFile({ file, create: true }));
    expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID' });
    expect(readFileSync(file, 'utf8')).toBe(content);
    if (content !== '') expect(inspect(error) + JSON.stringify(error)).not.toContain(content);
  });

  test('that is a directory is refused', () => {
    mkdirSync(file);
    expect(refused(() => loadKeyFile({ file, create: true }))).toMatchObject({ name: 'ConfigError' });
  });

  describe.runIf(POSIX)('and other users', () => {
    test.each(['601', '604', '610', '640', '644', '666', '440', '404'])(
      'with rights %s is refused, with the command that cures it',
      (wide) => {
        writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
        chmodSync(file, wide);
        const error = refused(() => loadKeyFile({ file, create: true }));
        expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID' });
        expect(error.hint).toContain(`Run: chmod 600 '${file}'`);
        expect(rights(file)).toBe(wide);
      },
    );

    test('a link to a file with wide rights is refused too', () => {
      const real = place.file('real');
      writeFileSync(real, randomBytes(32).toString('hex'), { mode: 0o644 });
      symlinkSync(real, file);
      expect(refused(() => loadKeyFile({ file, create: false })).hint).toContain('chmod 600');
    });

    test('no key is made where others may replace it', () => {
      chmodSync(place.directory, 0o777);
      expect(refused(() => loadKeyFile({ file, create: true }))).toMatchObject({ name: 'ConfigError', details: { wanted: '700' } });
      expect(readdirSync(place.directory)).toEqual([]);
    });

    test('a pipe does not hold us up', () => {
      execFileSync('/bin/sh', ['-c', 'mkfifo -m 600 "$1"', 'sh', file]);
      expect(refused(() => loadKeyFile({ file, create: true }))).toMatchObject({ name: 'ConfigError' });
    });

    test('a directory in which nothing can be made is a failure of the disk', async () => {
      if (ROOT) chownSync(place.directory, NOBODY, NOBODY);
      chmodSync(place.directory, 0o500);
      const { code, errors, lines } = await child('vault/children/key.ts', [file, '0'], ROOT ? { uid: NOBODY } : {});
      expect([code, lines]).toEqual([1, []]);
      expect(errors).toMatch(/StoreError: The key file .* cannot be used/);
      expect(readdirSync(place.directory)).toEqual([]);
    });
  });

  test.runIf(process.platform === 'linux')('in a place where no directory can be made is told, not tried for ever', () => {
    expect(refused(() => loadKeyFile({ file: '/proc/routeros-mcp/deep/encryption.key', create: true }))).toMatchObject({
      name: 'StoreError',
      code: 'STORE_FAILED',
    });
  });

  test('made by many processes at once is one key for all', async () => {
    for (let round = 0; round < 3; round += 1) {
      const contested = place.file(`${round}.key`);
      const moment = String(Date.now() + 700);
      const loaded = await Promise.all(Array.from({ length: 8 }, () => child('vault/children/key.ts', [contested, moment])));
      const keys = loaded.map(({ lines, errors }) => lines[0] ?? errors);
      expect(new Set(keys).size).toBe(1);
      expect(keys[0]).toBe(hex(loadKeyFile({ file: contested, create: false })));
    }
    expect(readdirSync(place.directory).toSorted()).toEqual(['0.key', '1.key', '2.key']);
  });

  test('is made as well where the file system has no links', async () => {
    const { lines, errors } = await child('vault/children/key.ts', [file, '0', 'no-links']);
    expect(errors).toBe('');
    expect(lines[0]).toBe(hex(loadKeyFile({ file, create: false })));
    if (POSIX) expect(rights(file)).toBe('600');
    expect(readdirSync(place.directory)).toEqual(['encryption.key']);
  });
});

describe('the key of the vault', () => {
  test('is the text that was given, and no file is made', () => {
    const key = randomBytes(32);
    for (const value of [key.toString('base64'), key.toString('hex'), ` ${key.toString('base64url')}\n`]) {
      expect(hex(loadKey({ file, given: new Secret(value) }))).toBe(hex(key));
    }
    expect(readdirSync(place.directory)).toEqual([]);
  });

  test('may begin with a slash and is no path then', () => {
    const key = Buffer.concat([Buffer.from([0xff, 0xf0]), randomBytes(30)]);
    expect(key.toString('base64')).toMatch(/^\//);
    expect(hex(loadKey({ file, given: new Secret(key.toString('base64')) }))).toBe(hex(key));
  });

  test('is in the file that was named, which must be there', () => {
    const named = place.file('named.key');
    const error = refused(() => loadKey({ file, givenFile: named }));
    expect(error).toMatchObject({ name: 'ConfigError', code: 'KEY_MISSING' });
    const key = loadKeyFile({ file: named, create: true });
    expect(hex(loadKey({ file, givenFile: named }))).toBe(hex(key));
    expect(readdirSync(place.directory)).toEqual(['named.key']);
  });

  test('is made in its own file where nothing was given', () => {
    const key = loadKey({ file });
    expect(hex(loadKeyFile({ file, create: false }))).toBe(hex(key));
    expect(hex(loadKey({ file }))).toBe(hex(key));
  });

  test.each([
    '',
    '   ',
    'changeme',
    '0'.repeat(64),
    'A'.repeat(43),
    Buffer.alloc(31, 7).toString('base64'),
    Buffer.alloc(16, 7).toString('hex'),
  ])('is never guessed from %j, which is not quoted either', (value) => {
    const error = refused(() => loadKey({ file, given: new Secret(value) }));
    expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID' });
    if (value.trim() !== '') expect(inspect(error) + JSON.stringify(error)).not.toContain(value);
    expect(readdirSync(place.directory)).toEqual([]);
  });
});
