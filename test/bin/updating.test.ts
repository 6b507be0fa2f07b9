import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sitAt } from './sitting.ts';
import { behind, keyOf, passwords, pinOf, portOf, startYard, type Yard } from './yard.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard();
});
afterAll(() => yard[Symbol.asyncDispose]());

beforeEach(async () => {
  for (const name of ['edge', 'core']) await yard.run(['device', 'remove', name, '--yes', '--json']);
  expect((await yard.add('edge', ['--fingerprint', pinOf(yard.edge), '--tag', 'role=edge', '--tag', 'site=wien'])).code).toBe(0);
});

const update = (words: readonly string[], options: Parameters<Yard['run']>[1] = {}) =>
  yard.run(['device', 'update', 'edge', ...words, '--json'], options);
const show = async (name = 'edge') => (await yard.run(['device', 'show', name, '--json'])).json.data;

describe('device update', () => {
  test('names, tags, environment and rights: what is said changes, the rest stays', async () => {
    const { code, json } = await update([
      '--rename',
      'core',
      '--environment',
      'staging',
      '--tag',
      'site=graz',
      '--untag',
      'role',
      '--allow',
      'firewall-writes',
      '--forbid',
      'advanced-writes',
    ]);
    expect(code).toBe(0);
    expect(json.data).toMatchObject({ name: 'core', environment: 'staging', tags: { site: 'graz' }, allow: ['firewall-writes'] });
    expect(json.data.trust.fingerprint).toBe(pinOf(yard.edge).replaceAll(':', '').toLowerCase());
    expect((await yard.run(['get', 'dns', '--device', 'core', '--json'])).code).toBe(0);
  });

  test.each([
    [[], 'Nothing is asked to be another way.'],
    [['--untag', 'colour'], 'edge has no such tag to take away.'],
    [['--allow', 'advanced-writes', '--forbid', 'advanced-writes'], 'advanced-writes is allowed and forbidden at once.'],
    [['--no-ssh', '--ssh-port', '22'], '--no-ssh and --ssh-port are both given.'],
    [['--no-via', '--via', 'x'], '--no-via and --via are both given.'],
    [['--password', 'hunter2'], 'A password on the command line can be read by everybody on this machine; it is not taken.'],
    [['--ask-password'], 'There is no password, and nobody to ask for it.'],
    [['--username', 'a:b'], 'The user name must not be empty or hold a colon.'],
    [['--rename', '../etc'], expect.stringContaining('a device name')],
  ])('%j is refused and changes nothing', async (words, message) => {
    const before = await show();
    const { code, json } = await update(words);
    expect([code, json.error.message, json.error.code]).toEqual([3, message, 'INVALID_INPUT']);
    expect(await show()).toEqual(before);
  });

  test('a wrong password is not kept, a right one is; typed unseen where asked for', async () => {
    const wrong = await update(['--password-stdin'], { input: 'wrong-password' });
    expect([wrong.code, wrong.json.error.code]).toEqual([2, 'LOGIN_REFUSED']);
    expect((await update(['--password-fd', '3'], { fds: [yard.edge.password] })).code).toBe(0);
    const { code, screen } = await sitAt(
      yard,
      ['device', 'update', 'edge', '--ask-password'],
      [['New password of admin on edge:', `${yard.edge.password}\r`]],
    );
    expect([code, screen.includes(yard.edge.password)]).toEqual([0, false]);
    expect((await yard.run(['get', 'dns', '--device', 'edge', '--json'])).code).toBe(0);
  });

  test('another address: the same box, or nothing is kept', async () => {
    const other = await update(['--address', yard.outer.httpsUrl ?? '']);
    expect([other.code, other.json.error.code]).toEqual([2, 'TLS_PIN_MISMATCH']);
    expect((await update(['--address', yard.edge.url])).json.data.trust.kind).toBe('none');
    const asked = await update(['--address', yard.edge.httpsUrl ?? '']);
    expect([asked.code, asked.json.error.code]).toEqual([2, 'TLS_UNTRUSTED']);
    const words = ['device', 'update', 'edge', '--address', yard.edge.httpsUrl ?? ''];
    expect((await sitAt(yard, words, [['[y/N]', 'n\r']])).code).toBe(2);
    expect((await sitAt(yard, words, [['[y/N]', 'y\r']])).code).toBe(0);
    expect((await show()).trust.kind).toBe('pinned');
    expect(
      (
        await update(['--address', yard.outer.httpsUrl ?? '', '--fingerprint', pinOf(yard.outer), '--password-stdin'], {
          input: yard.outer.password,
        })
      ).json.error.code,
    ).toBe('NOT_A_ROUTER');
  });

  test('SSH and jump hosts come and go; a port alone keeps the rest', async () => {
    const ssh = ['--ssh-port', portOf(yard.edge)];
    expect((await update(ssh)).json.error.code).toBe('HOST_KEY_UNKNOWN');
    expect((await update([...ssh, '--host-key', keyOf(yard.outer)])).json.error.code).toBe('HOST_KEY_CHANGED');
    expect((await update([...ssh, '--host-key', keyOf(yard.edge)])).code).toBe(0);
    // The same key as before needs no word.
    expect((await update(['--ssh-agent'])).json.data.ssh).toMatchObject({
      agent: true,
      hostKeys: [keyOf(yard.edge)],
      port: yard.edge.sshPort,
    });
    expect((await update(behind(yard), { fds: [passwords(yard)] })).json.data.via).toHaveLength(2);
    expect((await yard.run(['export', '--device', 'edge', '--menu', '/ip/dns', '--json'])).json.data.transport).toBe('ssh');
    const bare = (await update(['--no-ssh', '--no-via'])).json.data;
    expect([bare.ssh, bare.via]).toEqual([undefined, undefined]);
    expect((await yard.run(['export', '--device', 'edge', '--menu', '/ip/dns', '--json'])).json.data.transport).toBe('rest');
  });

  test('two at once: each is kept whole, or sent away with STORE_CONFLICT', async () => {
    for (let round = 0; round < 3; round += 1) {
      const names = [`a${round}`, `b${round}`, `c${round}`];
      const ended = await Promise.all(names.map((name) => update(['--tag', `${name}=yes`])));
      const kept = names.filter((_, at) => ended[at]?.code === 0);
      expect(kept.length).toBeGreaterThan(0);
      for (const { code, json } of ended)
        if (code !== 0) expect([code, json.error.code, json.error.retryable]).toEqual([1, 'STORE_CONFLICT', true]);
      const { tags } = await show();
      expect(names.filter((name) => tags[name] === 'yes')).toEqual(kept);
      expect(tags).toMatchObject({ role: 'edge', site: 'wien' });
    }
  });

  test('what somebody else changed while a person was asked is not lost', async () => {
    const meanwhile = async (): Promise<string> => {
      expect((await update(['--tag', 'site=graz'])).code).toBe(0);
      return `${yard.edge.password}\r`;
    };
    const { code, screen } = await sitAt(
      yard,
      ['device', 'update', 'edge', '--tag', 'late=yes', '--ask-password'],
      [['New password', meanwhile]],
    );
    expect([code, screen]).toEqual([1, expect.stringContaining('Somebody else changed this device just now.')]);
    expect((await show()).tags).toEqual({ role: 'edge', site: 'graz' });
  });
});
