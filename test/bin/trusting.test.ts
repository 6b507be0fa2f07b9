import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { heard, holding, keyOf, pinOf, portOf, startYard, type Yard } from './yard.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard();
});
afterAll(() => yard[Symbol.asyncDispose]());

const remove = async (name: string): Promise<void> => void (await yard.run(['device', 'remove', name, '--yes', '--json']));
const ssh = () => ['--fingerprint', pinOf(yard.edge), '--ssh-port', portOf(yard.edge)];

describe('whom to trust', () => {
  test('nobody vouches, and nobody can be asked: the fingerprint to give is said, and nothing was sent', async () => {
    const before = heard(yard.edge);
    const { code, json } = await yard.add('edge', []);
    expect([code, json.error.code]).toEqual([2, 'TLS_UNTRUSTED']);
    expect(json.error.hint).toContain(`--fingerprint ${pinOf(yard.edge).replaceAll(':', '').toLowerCase()}`);
    expect(heard(yard.edge)).toBe(before);
  });

  test('another fingerprint than the router shows', async () => {
    const before = heard(yard.edge);
    const { code, json } = await yard.add('edge', ['--fingerprint', 'ab'.repeat(32)]);
    expect([code, json.error.code, heard(yard.edge)]).toEqual([2, 'TLS_PIN_MISMATCH', before]);
  });

  test('--ca: an authority of its own; one that did not sign is refused, and so is a text that is none', async () => {
    const good = yard.write('ca.pem', yard.edge.certificate?.pem ?? '');
    const bad = yard.write('other.pem', yard.outer.certificate?.pem ?? '');
    const none = yard.write('none.pem', 'not a certificate');
    const before = heard(yard.edge);
    expect((await yard.add('edge', ['--ca', bad])).json.error.code).toBe('TLS_UNTRUSTED');
    expect((await yard.add('edge', ['--ca', none])).json.error).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'The authority is no certificate.',
    });
    expect((await yard.add('edge', ['--ca', '/nowhere.pem'])).json.error.message).toBe('The file of --ca cannot be read.');
    expect(heard(yard.edge)).toBe(before);
    const { code, json } = await yard.add('edge', ['--ca', good]);
    expect([code, json.data.trust.kind, json.data.exposed]).toEqual([0, 'authority', undefined]);
    await remove('edge');
  });

  test('--insecure: said on stderr, in the list, on the sheet and in the table without a terminal', async () => {
    const { code, json, stderr } = await yard.add('edge', ['--insecure']);
    expect([code, json.data.trust.kind, json.data.exposed]).toEqual([0, 'unchecked', 'certificate not checked']);
    expect(stderr).toContain('whoever is on the way can read the password');
    const [list, plain, sheet, fleet] = await Promise.all([
      yard.run(['device', 'list']),
      yard.run(['device', 'list', '--plain']),
      yard.run(['device', 'show', 'edge']),
      yard.run([]),
    ]);
    expect(list.stdout).toMatch(/TRUST\n.*certificate not checked/);
    expect(plain.stdout.trimEnd().split('\t').at(-1)).toBe('certificate not checked');
    expect(sheet.stdout).toMatch(/EXPOSED +certificate not checked/);
    expect(fleet.stdout).toContain('! edge: certificate not checked');
    await remove('edge');
  });

  test.each([
    [['--fingerprint', 'aa', '--insecure'], 'Only one of --fingerprint, --ca and --insecure can be meant.'],
    [['--legacy-ssh'], '--legacy-ssh says nothing without SSH.'],
    [['--via-key', 'x'], '--via-key says nothing without --via.'],
    [['--via-host-key', 'x'], '--via-host-key says nothing without --via.'],
    [['--ssh-key-passphrase-fd', '3'], '--ssh-key-passphrase-fd says nothing without --ssh-key.'],
    [['--host-key', 'MD5:aa'], '--host-key takes the SHA-256 fingerprint of a host key.'],
    [['--ssh-port', '0'], '--ssh-port takes a whole number from 1 to 65535.'],
    [['--known-hosts', '/nowhere'], 'The file of --known-hosts cannot be read.'],
    [['--ssh-config', '/nowhere'], 'The file of --ssh-config cannot be read.'],
    [['--via', 'ann:hunter2@host'], '--via takes [user@]host[:port].'],
  ])('%j is refused before anything is sent', async (flags, message) => {
    const before = heard(yard.edge);
    const { code, json, stdout } = await yard.add('edge', flags);
    expect([code, json.error.message, heard(yard.edge)]).toEqual([3, message, before]);
    expect(stdout).not.toContain('hunter2');
  });
});

describe('the SSH host key', () => {
  beforeEach(() => remove('edge'));

  test('unknown: the exact flag is in the hint, nothing was sent', async () => {
    const before = heard(yard.edge);
    const { code, json } = await yard.add('edge', ssh());
    expect([code, json.error.code, heard(yard.edge)]).toEqual([2, 'HOST_KEY_UNKNOWN', before]);
    expect(json.error.hint).toContain(`--host-key ${keyOf(yard.edge)}`);
    const again = await yard.add('edge', [...ssh(), ...String(json.error.hint).split(' ').slice(-2)]);
    expect([again.code, again.json.data.ssh.hostKeys]).toEqual([0, [keyOf(yard.edge)]]);
    expect(again.stderr).toContain('is the one given');
  });

  test('another than the flag', async () => {
    const before = heard(yard.edge);
    const { code, json } = await yard.add('edge', [...ssh(), '--host-key', keyOf(yard.outer)]);
    expect([code, json.error.code, heard(yard.edge)]).toEqual([2, 'HOST_KEY_CHANGED', before]);
  });

  const publicKey = async (router: Yard['edge']): Promise<string> => {
    const key = await new Promise<Buffer>((resolve, reject) => {
      const client = new ssh2.Client();
      client
        .on('error', () => {})
        .connect({
          host: '127.0.0.1',
          port: router.sshPort ?? 0,
          username: 'x',
          hostVerifier: (raw: Buffer) => {
            resolve(raw);
            return false;
          },
        });
      client.on('close', () => reject(new Error('closed')));
    });
    return key.toString('base64');
  };
  const typeOf = (base64: string): string => {
    const bytes = Buffer.from(base64, 'base64');
    return bytes.subarray(4, 4 + bytes.readUInt32BE(0)).toString();
  };

  test('in known_hosts: taken without a question, and said; another one there, or a revoked one, stops it', async () => {
    const [own, other] = await Promise.all([publicKey(yard.edge), publicKey(yard.outer)]);
    const entry = (key: string): string => `[127.0.0.1]:${portOf(yard.edge)} ${typeOf(key)} ${key}\n`;
    const before = heard(yard.edge);
    yard.write('.ssh/known_hosts', entry(other));
    expect((await yard.add('edge', ssh())).json.error).toMatchObject({
      code: 'HOST_KEY_CHANGED',
      message: expect.stringContaining('in known_hosts'),
    });
    yard.write('.ssh/known_hosts', `@revoked ${entry(own)}`);
    expect((await yard.add('edge', ssh())).json.error).toMatchObject({
      code: 'HOST_KEY_CHANGED',
      message: expect.stringContaining('revokes'),
    });
    expect(heard(yard.edge)).toBe(before);
    yard.write('.ssh/known_hosts', entry(other));
    const named = yard.write('mine', entry(own));
    const { code, stderr, json } = await yard.add('edge', [...ssh(), '--known-hosts', named]);
    expect([code, json.data.ssh.hostKeys]).toEqual([0, [keyOf(yard.edge)]]);
    expect(stderr).toContain('is in known_hosts');
    yard.write('.ssh/known_hosts', '');
  });
});

describe('what proves us to SSH', () => {
  const PASSPHRASE = 'correct-horse-battery';
  const { private: locked, public: open } = ssh2.utils.generateKeyPairSync('ed25519', {
    passphrase: PASSPHRASE,
    cipher: 'aes256-ctr',
    rounds: 16,
  });
  const keyed = () => [...ssh(), '--host-key', keyOf(yard.edge)];
  beforeEach(() => remove('edge'));

  test('a key with a passphrase: read from a descriptor, sealed, and nowhere in clear', async () => {
    yard.edge.authorizeKey(yard.edge.username, open);
    const file = yard.write('id', locked);
    const flags = [...keyed(), '--ssh-key', file];
    expect((await yard.add('edge', flags)).json.error).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('no passphrase'),
    });
    const wrong = await yard.add('edge', [...flags, '--ssh-key-passphrase-fd', '3'], { fds: ['wrong-one'] });
    expect(wrong.json.error.message).toBe('The passphrase does not open the file of --ssh-key.');
    const { code, stdout, stderr } = await yard.add('edge', [...flags, '--ssh-key-passphrase-fd', '3'], { fds: [PASSPHRASE] });
    expect(code).toBe(0);
    const tested = await yard.run(['device', 'test', 'edge', '--json', '-v']);
    expect(tested.json.data.steps.map(({ name, ok }: { name: string; ok: boolean }) => [name, ok])).toContainEqual(['read over SSH', true]);
    expect(tested.json.data.policies).toContain('ssh');
    const shown = await yard.run(['device', 'show', 'edge', '--json']);
    const ledger = await yard.run(['audit', 'list', '--json']);
    const secrets = [PASSPHRASE, yard.edge.password, locked.split('\n')[3] ?? 'x'];
    const said = [stdout, stderr, wrong.stdout, wrong.stderr, tested.stdout, tested.stderr, shown.stdout, ledger.stdout].join('\n');
    for (const secret of secrets) expect(said).not.toContain(secret);
    expect(holding(yard.dataDir, secrets)).toEqual([]);
    // The grep does find what is there.
    expect(holding(yard.dir, [locked.split('\n')[3] ?? 'x'])).toEqual([file]);
  });

  test.each([
    ['no key at all', 'nothing'],
    ['a public key', open],
    [
      'an EC key of another format',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    ],
  ])('%s is refused', async (_what, text) => {
    const { code, json } = await yard.add('edge', [...keyed(), '--ssh-key', yard.write('bad', text)]);
    expect([code, json.error.message]).toEqual([3, 'The file of --ssh-key is no private key that can be used.']);
  });

  test.skipIf(!existsSync('/usr/bin/ssh-agent'))('the agent, at enrolment and at each use', async () => {
    const socket = path.join(yard.dir, 'agent');
    const agent = spawn('/usr/bin/ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    try {
      await expect.poll(() => existsSync(socket), { timeout: 10_000 }).toBe(true);
      const pair = ssh2.utils.generateKeyPairSync('ed25519');
      const file = yard.write('agent-key', pair.private);
      execFileSync('/usr/bin/ssh-add', [file], { env: { SSH_AUTH_SOCK: socket }, stdio: 'ignore' });
      yard.edge.authorizeKey(yard.edge.username, pair.public);
      const env = { SSH_AUTH_SOCK: socket };
      const { code, json } = await yard.add('edge', [...keyed(), '--ssh-agent'], { env });
      expect([code, json.data.ssh.agent]).toEqual([0, true]);
      expect((await yard.run(['export', '--device', 'edge', '--menu', '/ip/dns', '--json'], { env })).json.data).toMatchObject({
        transport: 'ssh',
        complete: true,
      });
      expect(holding(yard.dataDir, [readFileSync(file, 'utf8').split('\n')[2] ?? 'x'])).toEqual([]);
    } finally {
      agent.kill();
    }
  });
});
