import { createHmac, randomBytes } from 'node:crypto';
import ssh2 from 'ssh2';
import { describe, expect, test } from 'vitest';
import { fingerprintOfKey, plainHostKey } from '../../src/lib/client/host-key.ts';
import { openJumps } from '../../src/lib/client/jump.ts';
import { knownKeys, readKnownHosts } from '../../src/lib/client/known-hosts.ts';
import { openRest } from '../../src/lib/client/rest.ts';
import type { Command } from '../../src/lib/client/ssh-commands.ts';
import { readSshConfig, sshHost } from '../../src/lib/client/ssh-config.ts';
import { seeHostKey } from '../../src/lib/client/ssh-connect.ts';
import { seeCertificate } from '../../src/lib/client/trust.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { fingerprintOf, PASSWORD, pinned, readDns, refusal, USER } from './rig.ts';
import { httpServer, httpsServer, json } from './servers.ts';
import { BRISK, HOST_KEY, OTHER_KEY, RSA_KEY, type SshTestServer, says, sshServer, sshTo, targetOf, until } from './ssh-server.ts';

const READ: Command = { kind: 'read', form: 'json', menu: '/ip/address' };
/** Names only a jump host can look up. */
const towards = (ports: Readonly<Record<string, () => number>>) => (host: string) => {
  const port = ports[host]?.();
  return port === undefined ? undefined : { host: '127.0.0.1', port };
};

describe('through two jump hosts', () => {
  test('to a router over SSH, each with a key of its own, and all of it closes', async () => {
    await using router = await sshServer({ console: says('[]'), hostKeys: [RSA_KEY] });
    await using second = await sshServer({ hostKeys: [OTHER_KEY], forward: towards({ router: () => router.port }) });
    await using first = await sshServer({ forward: towards({ second: () => second.port }) });
    const hops = [targetOf(first), { ...targetOf(second), host: 'second' }];
    const jumps = openJumps(hops, BRISK);
    expect(await seeHostKey({ host: 'router', port: 22, dial: jumps.dial }, BRISK)).toBe(router.hostKey);
    await using ssh = sshTo(router, { host: 'router', dial: jumps.dial, wide: true });
    expect((await ssh.send(READ)).toString()).toBe('[]');
    // A jump host is no router: its name has no suffix.
    expect([...first.attempts, ...second.attempts]).toEqual([`${USER} password`, `${USER} password`]);
    await ssh.close();
    await jumps.close();
    await until(() => first.open + second.open + router.open === 0);
  });

  test('stops at a jump host whose key is another one: the next is never reached', async () => {
    await using second = await sshServer({ hostKeys: [OTHER_KEY] });
    await using first = await sshServer({ forward: towards({ second: () => second.port }) });
    const hops = (wrong: 0 | 1) =>
      [first, second].map((server, nth) => ({
        ...targetOf(server, nth === wrong ? { hostKeys: [plainHostKey('0'.repeat(64)) ?? ''] } : {}),
        host: nth === 0 ? '127.0.0.1' : 'second',
      }));
    for (const wrong of [0, 1] as const) {
      const jumps = openJumps(hops(wrong), BRISK);
      expect(await refusal(jumps.dial('router', 22).then(() => undefined))).toMatchObject({ code: 'HOST_KEY_CHANGED' });
      await jumps.close();
    }
    expect(second.attempts).toEqual([]);
  });

  test('says when the last one does not reach the router', async () => {
    await using first = await sshServer();
    const jumps = openJumps([targetOf(first)], BRISK);
    expect(await refusal(jumps.dial('router', 22).then(() => undefined))).toMatchObject({
      code: 'UNREACHABLE',
      details: { network: 'JUMP_REFUSED' },
    });
    await jumps.close();
    expect(() => openJumps([], BRISK)).toThrow('1 to 8');
  });
});

describe('REST through a jump host', () => {
  const restTo = (address: string, jump: SshTestServer, trust: Parameters<typeof openRest>[0]['trust']) => {
    const jumps = openJumps([targetOf(jump)], BRISK);
    const rest = openRest(
      { address, trust, username: USER, password: new Secret(PASSWORD), dial: jumps.dial },
      { connect: 2_000, request: 4_000 },
    );
    return {
      rest,
      jumps,
      [Symbol.asyncDispose]: async () => {
        await rest.close();
        await jumps.close();
      },
    };
  };

  test('with TLS from here to the router, and its certificate compared', async () => {
    await using web = await httpsServer('router', () => json([{ '.id': '*1' }]));
    await using jump = await sshServer({ forward: towards({ localhost: () => web.port }) });
    await using line = restTo('https://localhost', jump, pinned('router'));
    for (let nth = 0; nth < 3; nth += 1) expect(await line.rest.send(readDns)).toEqual([{ '.id': '*1' }]);
    expect((await seeCertificate('https://localhost', 2_000, line.jumps.dial)).fingerprint).toBe(fingerprintOf('router'));
    await line[Symbol.asyncDispose]();
    await until(() => web.open + jump.open === 0);
  });

  test('with another certificate sends nothing', async () => {
    await using web = await httpsServer('impostor', () => json([]));
    await using jump = await sshServer({ forward: towards({ localhost: () => web.port }) });
    await using line = restTo('https://localhost', jump, pinned('router'));
    expect(await refusal(line.rest.send(readDns))).toMatchObject({ code: 'TLS_PIN_MISMATCH' });
    expect(web.asked).toEqual([]);
  });

  test('over plain HTTP as well, and says when the way is closed', async () => {
    await using web = await httpServer(() => json([{ a: 'b' }]));
    await using jump = await sshServer({ forward: towards({ router: () => web.port }) });
    await using line = restTo('http://router', jump, { kind: 'none' });
    for (let nth = 0; nth < 3; nth += 1) expect(await line.rest.send(readDns)).toEqual([{ a: 'b' }]);
    await using lost = restTo('http://elsewhere', jump, { kind: 'none' });
    expect(await refusal(lost.rest.send(readDns))).toMatchObject({ code: 'UNREACHABLE', details: { network: 'JUMP_REFUSED' } });
  });
});

const publicKey = (key: string): Buffer => {
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) throw parsed;
  return parsed.getPublicSSH();
};

describe('known hosts', () => {
  const [one, two] = [HOST_KEY, OTHER_KEY].map((key) => publicKey(key).toString('base64'));
  const hashed = (name: string): string => {
    const salt = randomBytes(20);
    return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
  };
  const text = [
    '# a comment',
    `router.example,192.0.2.1 ssh-ed25519 ${one} somebody`,
    `[router.example]:2222 ssh-ed25519 ${two}`,
    `${hashed('hidden.example')} ssh-ed25519 ${one}`,
    `${hashed('[hidden.example]:22022')} ssh-ed25519 ${two}`,
    `*.lab,!bad.lab ssh-ed25519 ${one}`,
    `@cert-authority *.example ssh-ed25519 ${one}`,
    `@revoked old.lab ssh-ed25519 ${one}`,
    'broken',
    `|1|nothing ssh-ed25519 ${one}`,
    '',
  ].join('\n');
  const { hosts, unread } = readKnownHosts(text);

  test.each([
    ['router.example', 22, [HOST_KEY]],
    ['ROUTER.example', 22, [HOST_KEY]],
    ['router.example', 2222, [OTHER_KEY]],
    ['192.0.2.1', 22, [HOST_KEY]],
    ['192.0.2.1', 23, []],
    ['hidden.example', 22, [HOST_KEY]],
    ['hidden.example', 22022, [OTHER_KEY]],
    ['a.lab', 22, [HOST_KEY]],
    ['bad.lab', 22, []],
    ['old.lab', 22, []],
    ['other', 22, []],
  ] as const)('%s port %d', async (host, port, keys) => {
    const wanted = await Promise.all(keys.map((key) => fingerprintOfKey(new Uint8Array(publicKey(key)))));
    expect(await knownKeys(hosts, host, port)).toEqual(wanted);
  });
  test('count what they are not', () => expect(unread).toBe(2));
  test('give the pin a connection is compared with', async () => {
    await using server = await sshServer();
    await using ssh = sshTo(server, { hostKeys: await knownKeys(hosts, 'router.example', 22) });
    await ssh.send(READ);
  });
});

describe('an SSH configuration', () => {
  const config = readSshConfig(`
User everyone
Host core core2
  HostName 192.0.2.1
  Port = 2222
  User "net ops"
  IdentityFile ~/.ssh/core # mine
  ProxyJump bastion,hop@[2001:db8::1]:2200
Host *.lab !bad.lab
  HostName %h.example.net
  ProxyJump none
Match host core
  Port 7
Include other
Host *
  IdentityFile ~/.ssh/any
  ProxyJump bastion:22022
`);
  test('says where a host is; the first value wins, and keys add up', () => {
    expect(sshHost(config, 'core')).toEqual({
      host: '192.0.2.1',
      port: 2222,
      user: 'everyone',
      identityFiles: ['~/.ssh/core', '~/.ssh/any'],
      proxyJump: [{ name: 'bastion' }, { name: '2001:db8::1', user: 'hop', port: 2200 }],
    });
    expect(sshHost(config, 'a.lab')).toMatchObject({ host: 'a.lab.example.net', proxyJump: [] });
    expect(sshHost(config, 'bad.lab')).toMatchObject({ host: 'bad.lab', port: 22, proxyJump: [{ name: 'bastion', port: 22022 }] });
    expect(config.skipped).toEqual(['Match', 'Include']);
  });
  test('of nothing is the name itself', () => {
    expect(sshHost(readSshConfig(''), 'x')).toEqual({ host: 'x', port: 22, identityFiles: [], proxyJump: [] });
  });
});

test('fingerprints are read in every way people write them', () => {
  const hex = 'ab'.repeat(32);
  const base64 = Buffer.from(hex, 'hex').toString('base64').replace('=', '');
  for (const text of [hex, hex.toUpperCase(), hex.replace(/..(?!$)/g, '$&:'), base64, `SHA256:${base64}`, ` SHA256:${base64}=\n`])
    expect(plainHostKey(text)).toBe(`SHA256:${base64}`);
  for (const text of ['', 'MD5:aa', `${hex}0`, `SHA256:${base64.slice(1)}`, `SHA1:${base64}`]) expect(plainHostKey(text)).toBeUndefined();
});
