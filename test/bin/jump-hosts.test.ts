import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { wantedHops } from '../../src/bin/ways/wanted-hops.ts';
import { readSshConfig } from '../../src/lib/operator.ts';
import { callTool } from './mcp-call.ts';
import { behind, heard, holding, keyOf, passwords, pinOf, portOf, startYard, type Yard } from './yard.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard();
});
afterAll(() => yard[Symbol.asyncDispose]());

const pinned = () => ['--fingerprint', pinOf(yard.edge), '--ssh-port', portOf(yard.edge), '--host-key', keyOf(yard.edge)];

describe('a fleet behind two jump hosts', () => {
  beforeEach(async () => void (await yard.run(['device', 'remove', 'edge', '--yes', '--json'])));

  test('is enrolled and read through them; where REST is switched off SSH serves, and it is said once', async () => {
    const { code, json, stderr } = await yard.add('edge', [...pinned(), ...behind(yard)], { fds: [passwords(yard)] });
    expect(code).toBe(0);
    expect(json.data.via.map(({ host, port }: { host: string; port: number }) => `${host}:${port}`)).toEqual([
      `127.0.0.1:${portOf(yard.outer)}`,
      `127.0.0.1:${portOf(yard.inner)}`,
    ]);
    expect(stderr).toContain(`the jump host 127.0.0.1:${portOf(yard.inner)} is the one given`);
    const rest = await yard.run(['get', 'dns', '--device', 'edge', '--json']);
    expect([rest.json.data.transport, rest.stderr]).toEqual(['rest', '']);
    const silent = await callTool(yard, 'get_dns_status', { device_id: 'edge' });
    expect([silent.data.transport, silent.text.includes('SSH')]).toEqual([undefined, false]);
    const sheet = await yard.run(['device', 'show', 'edge']);
    expect(sheet.stdout).toMatch(/via +1\. admin@127\.0\.0\.1, port \d+, host key SHA256:/);
    await yard.edge.fault({ service: 'www-ssl', action: { kind: 'refuse' } });
    try {
      const over = await yard.run(['get', 'dns', '--device', 'edge', '--json']);
      expect([over.code, over.json.data.transport]).toEqual([0, 'ssh']);
      expect(over.json.data.items[0].servers).toEqual(rest.json.data.items[0].servers);
      expect(over.stderr.match(/Served over SSH/g)).toHaveLength(1);
      expect((await yard.run(['get', 'dns', '--device', 'edge', '-q'])).stderr).toBe('');
      const tool = await callTool(yard, 'get_dns_status', { device_id: 'edge' });
      expect([tool.data.transport, tool.text.match(/Served over SSH/g)?.length]).toEqual(['ssh', 1]);
    } finally {
      await yard.edge.clearFaults();
    }
    const secrets = [yard.outer.password, yard.inner.password, yard.edge.password];
    for (const secret of secrets) expect(json.data && JSON.stringify(json) + stderr).not.toContain(secret);
    expect(holding(yard.dataDir, secrets)).toEqual([]);
  });

  test('stops at the first whose key nobody accepted, with the flag to add; the next hears nothing', async () => {
    const flags = behind(yard).filter((word) => word !== keyOf(yard.outer) && word !== keyOf(yard.inner) && word !== '--via-host-key');
    const before = heard(yard.inner) + heard(yard.edge);
    const first = await yard.add('edge', [...pinned(), ...flags], { fds: [passwords(yard)] });
    expect([first.code, first.json.error.code]).toEqual([2, 'HOST_KEY_UNKNOWN']);
    expect(first.json.error.hint).toContain(`--via-host-key ${keyOf(yard.outer)}`);
    const one = [...flags, '--via-host-key', keyOf(yard.outer)];
    const second = await yard.add('edge', [...pinned(), ...one], { fds: [passwords(yard)] });
    expect(second.json.error.hint).toContain(`--via-host-key ${keyOf(yard.inner)}`);
    const wrong = [...one, '--via-host-key', keyOf(yard.edge)];
    expect((await yard.add('edge', [...pinned(), ...wrong], { fds: [passwords(yard)] })).json.error.code).toBe('HOST_KEY_CHANGED');
    expect(heard(yard.inner) + heard(yard.edge)).toBe(before);
  });

  test('nothing proves us to a jump host, and too few passwords', async () => {
    const none = behind(yard).slice(0, -2);
    expect((await yard.add('edge', [...pinned(), ...none])).json.error).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('Nothing proves us to the jump host'),
    });
    const refused = await yard.add('edge', [...pinned(), ...behind(yard)], { fds: ['not-the-password'] });
    expect([refused.code, refused.json.error.code, refused.json.error.message]).toEqual([
      2,
      'LOGIN_REFUSED',
      'A jump host refused the login.',
    ]);
    const short = [...behind(yard), '--via', `admin@127.0.0.1:${portOf(yard.outer)}`];
    const { json } = await yard.add('edge', [...pinned(), ...short], { fds: [passwords(yard)] });
    expect(json.error.message).toBe('There are fewer passwords than jump hosts.');
  });

  test('a name is looked up in the SSH configuration, with the jump hosts before it', async () => {
    yard.write(
      '.ssh/config',
      `Host outer\n  HostName 127.0.0.1\n  Port ${portOf(yard.outer)}\n  User ${yard.outer.username}\nHost inner\n  HostName 127.0.0.1\n  Port ${portOf(yard.inner)}\n  User ${yard.inner.username}\n  ProxyJump outer\n`,
    );
    const keys = ['--via-host-key', keyOf(yard.outer), '--via-host-key', keyOf(yard.inner), '--via-password-fd', '3'];
    const { code, json } = await yard.add('edge', [...pinned(), '--via', 'inner', ...keys], { fds: [passwords(yard)] });
    expect([code, json.data.via.length]).toEqual([0, 2]);
    const elsewhere = yard.write('empty', '');
    const plain = await yard.add('edge-2', [...pinned(), '--via', 'inner', '--ssh-config', elsewhere, ...keys], { fds: [passwords(yard)] });
    expect([plain.code, plain.json.error.code]).toEqual([2, 'UNREACHABLE']);
    yard.write('.ssh/config', '');
  });
});

describe('words for jump hosts', () => {
  const config = readSshConfig(`
Host a
  ProxyJump b
Host b
  ProxyJump a
Host c
  HostName c.example.net
  User ops
  Port 2200
  IdentityFile ~/.ssh/c
  ProxyJump d,e
Host d
  ProxyJump f
Host loop
  ProxyJump loop
${Array.from({ length: 12 }, (_, at) => `Host n${at}\n  ProxyJump n${at + 1}\n`).join('')}`);
  const places = (...texts: readonly string[]) => wantedHops(texts, config).map(({ user, host, port }) => `${user ?? ''}@${host}:${port}`);

  test('as ssh has them', () => {
    expect(places('c')).toEqual(['@f:22', '@d:22', '@e:22', 'ops@c.example.net:2200']);
    expect(places('me@c:22022')).toEqual(['@f:22', '@d:22', '@e:22', 'me@c.example.net:22022']);
    // What comes after the first is reached through it.
    expect(places('x', 'c')).toEqual(['@x:22', 'ops@c.example.net:2200']);
    expect(places('[2001:db8::1]:2200', '2001:db8::2')).toEqual(['@2001:db8::1:2200', '@2001:db8::2:22']);
    expect(wantedHops(['c'], config).at(-1)?.identityFiles).toEqual(['~/.ssh/c']);
    expect(places()).toEqual([]);
  });

  test.each([
    ['a', 'form a ring'],
    ['loop', 'form a ring'],
    ['n0', 'more than 8 jump hosts'],
    ['x:0', 'takes [user@]host[:port]'],
    ['x:65536', 'takes [user@]host[:port]'],
    ['u:secret@x', 'takes [user@]host[:port]'],
    ['-oProxyCommand=x', 'takes [user@]host[:port]'],
    ['x y', 'takes [user@]host[:port]'],
  ])('%s is refused', (text, message) => expect(() => places(text)).toThrow(message));

  test('nine are too many', () => expect(() => places(...Array.from({ length: 9 }, (_, at) => `h${at}`))).toThrow('more than 8'));
});
