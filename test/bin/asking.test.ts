import ssh2 from 'ssh2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answers, sitAt } from './sitting.ts';
import { heard, keyOf, pinOf, portOf, startYard, type Yard } from './yard.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard();
});
afterAll(() => yard[Symbol.asyncDispose]());
beforeEach(async () => void (await yard.run(['device', 'remove', 'edge', '--yes', '--json'])));

const words = () => yard.adding('edge').filter((word) => word !== '--password-stdin');
const sit = (more: readonly string[], answers: Answers) => sitAt(yard, [...words(), ...more], answers);
const hop = (router: Yard['edge']): string => `${router.username}@127.0.0.1:${portOf(router)}`;

describe('the questions of device add, in the order in which something is sent', () => {
  test('two jump hosts, a certificate, a host key, a password; nothing typed in secret is shown', async () => {
    const answers: Answers = [
      ['[y/N]', 'y\r'],
      [`Password of ${yard.outer.username}@127.0.0.1:`, `${yard.outer.password}\r`],
      ['[y/N]', 'y\r'],
      [`Password of ${yard.inner.username}@127.0.0.1:`, `${yard.inner.password}\r`],
      ['[y/N]', 'y\r'],
      ['[y/N]', 'y\r'],
      ['Password of admin on edge:', `${yard.edge.password}\r`],
    ];
    const { code, screen } = await sit(['--via', hop(yard.outer), '--via', hop(yard.inner), '--ssh-port', portOf(yard.edge)], answers);
    expect(code).toBe(0);
    const places = [keyOf(yard.outer), keyOf(yard.inner), 'The certificate of', keyOf(yard.edge), 'Password of admin on edge'].map((text) =>
      screen.indexOf(text),
    );
    expect(places.every((at) => at >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    for (const { password } of [yard.edge, yard.outer, yard.inner]) expect(screen).not.toContain(password);
    expect((await yard.run(['get', 'dns', '--device', 'edge', '--json'])).code).toBe(0);
  });

  test('a no to a host key sends nothing there, and asks nothing more', async () => {
    const before = [heard(yard.outer), heard(yard.edge)];
    const no = await sit(['--via', hop(yard.outer)], [['[y/N]', 'n\r']]);
    expect([no.code, no.screen.includes('Password of')]).toEqual([2, false]);
    expect(no.screen).toContain('was not accepted; nothing was sent to it');
    const router = await sit(['--fingerprint', pinOf(yard.edge), '--ssh-port', portOf(yard.edge)], [['[y/N]', '\r']]);
    expect([router.code, router.screen.includes('Password of')]).toEqual([2, false]);
    expect([heard(yard.outer), heard(yard.edge)]).toEqual(before);
  });

  test('the passphrase of a key is asked for, unseen; a wrong one ends it', async () => {
    const { private: locked, public: open } = ssh2.utils.generateKeyPairSync('ed25519', {
      passphrase: 'open-sesame',
      cipher: 'aes256-ctr',
      rounds: 16,
    });
    yard.edge.authorizeKey(yard.edge.username, open);
    const file = yard.write('id', locked);
    const flags = ['--fingerprint', pinOf(yard.edge), '--ssh-port', portOf(yard.edge), '--host-key', keyOf(yard.edge), '--ssh-key', file];
    const wrong = await sit(flags, [['Passphrase of', 'open-barley\r']]);
    expect([wrong.code, wrong.screen.includes('Password of')]).toEqual([3, false]);
    const right = await sit(flags, [
      ['Passphrase of', 'open-sesame\r'],
      ['Password of', `${yard.edge.password}\r`],
    ]);
    expect(right.code).toBe(0);
    expect(wrong.screen + right.screen).not.toMatch(/open-(?:sesame|barley)/);
  });

  test('the IdentityFile of the SSH configuration opens a jump host where there is no agent', async () => {
    const { private: key, public: open } = ssh2.utils.generateKeyPairSync('ed25519');
    yard.outer.authorizeKey(yard.outer.username, open);
    yard.write('.ssh/id_hop', key);
    yard.write(
      '.ssh/config',
      `Host bastion\n  HostName 127.0.0.1\n  Port ${portOf(yard.outer)}\n  User ${yard.outer.username}\n  IdentityFile ~/.ssh/id_hop\n`,
    );
    const { code, json } = await yard.add('edge', [
      '--fingerprint',
      pinOf(yard.edge),
      '--via',
      'bastion',
      '--via-host-key',
      keyOf(yard.outer),
    ]);
    expect([code, json.data?.via.length]).toEqual([0, 1]);
    yard.write('.ssh/config', '');
  });
});
