import { inspect } from 'node:util';
import ssh2 from 'ssh2';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/lib/client/ssh-commands.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { PASSWORD, refusal, USER } from './rig.ts';
import { HOST_KEY, markerOf, OTHER_KEY, RSA_KEY, type SshServerOptions, says, sshServer, sshTo, targetOf, until } from './ssh-server.ts';

const READ: Command = { kind: 'read', form: 'json', menu: '/ip/address' };

describe('a command', () => {
  test('goes out as one line, and its answer comes back without the marker', async () => {
    await using server = await sshServer({ console: says('[{"a":"1"}]') });
    await using ssh = sshTo(server);
    expect((await ssh.send(READ)).toString()).toBe('[{"a":"1"}]');
    expect((await ssh.send(READ)).toString()).toBe('[{"a":"1"}]');
    expect(server.lines[0]).toMatch(
      /^:put \[:serialize to=json value=\[\/ip\/address\/print detail as-value]]; :put "MK-END-[0-9a-z]{16}"$/,
    );
    // Each command has a marker of its own, over one connection.
    expect(new Set(server.lines).size).toBe(2);
    expect(server.connections).toBe(1);
  });

  test('that a router answers with nothing is an empty answer', async () => {
    await using server = await sshServer({ console: (line) => `${markerOf(line)}\r\n` });
    await using ssh = sshTo(server);
    expect((await ssh.send(READ)).length).toBe(0);
  });

  test('that nobody could write down opens no connection', async () => {
    await using server = await sshServer();
    await using ssh = sshTo(server);
    expect(await refusal(ssh.send({ ...READ, menu: '/ip/address; /system/reboot' }))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(server.connections).toBe(0);
  });
});

describe('an answer counts only with its marker at the end', () => {
  const broken: readonly (readonly [string, (line: string) => string, string])[] = [
    ['none at all', () => 'some rows\r\n', 'ROUTER_FAULT'],
    ['one of another command', () => 'rows\r\nMK-END-0123456789abcdef\r\n', 'ROUTER_FAULT'],
    ['one inside a row', (line) => `comment=${markerOf(line)}\r\n`, 'ROUTER_FAULT'],
    ['one that is followed by more', (line) => `${markerOf(line)}\r\nmore\r\n`, 'ROUTER_FAULT'],
    ['nothing', () => '', 'UNREACHABLE'],
  ];
  test.each(broken)('%s', async (_name, answer, code) => {
    await using server = await sshServer({ console: answer });
    await using ssh = sshTo(server);
    expect(await refusal(ssh.send(READ))).toMatchObject({ code });
  });

  test('an exit status of 0 says nothing', async () => {
    await using server = await sshServer({ console: () => 'bad command name foo (line 1 column 2)\r\n' });
    await using ssh = sshTo(server);
    expect(await refusal(ssh.send(READ))).toMatchObject({
      code: 'NO_SUCH_MENU',
      details: { call: 'read /ip/address', routerText: 'bad command name foo (line 1 column 2)' },
    });
  });
});

const WORDS: readonly (readonly [string, string])[] = [
  ['bad command name foo (line 1 column 2)', 'NO_SUCH_MENU'],
  ['no such command or directory (foo)', 'NO_SUCH_MENU'],
  ['not enough permissions (9)', 'NOT_PERMITTED'],
  ['no such item (4)', 'NO_SUCH_ITEM'],
  ['bad parameter detail (line 1 column 9)', 'ROUTER_REFUSED'],
  ['syntax error (line 1 column 9)', 'ROUTER_REFUSED'],
  ['expected end of command (line 1 column 46)', 'ROUTER_REFUSED'],
  ['input does not match any value of chain', 'ROUTER_REFUSED'],
  ['failure: not allowed by device-mode', 'ROUTER_REFUSED'],
  ['missing value(s) of argument(s) chain', 'ROUTER_REFUSED'],
  ['invalid value for argument address', 'ROUTER_REFUSED'],
  ['Script Error: no', 'ROUTER_REFUSED'],
  ['no (:error; line 3)', 'ROUTER_REFUSED'],
  ['action timed out - try again, if error continues contact MikroTik support and send a supout file (13)', 'TIMED_OUT'],
  ['interrupted', 'ROUTER_FAULT'],
];

test.each(WORDS)('"%s" is %s, and the words stay in the details', async (words, code) => {
  await using server = await sshServer({ console: () => `${words}\r\n` });
  await using ssh = sshTo(server);
  const error = await refusal(ssh.send(READ));
  expect(error).toMatchObject({ code });
  expect(error.message).not.toContain(words);
  expect(String(error.details['routerText'])).toContain(words.slice(0, 60));
});

describe('the host key', () => {
  test('is compared before anything of the account is sent', async () => {
    await using server = await sshServer({ hostKeys: [OTHER_KEY] });
    await using right = await sshServer({ hostKeys: [HOST_KEY] });
    await using ssh = sshTo(server, { hostKeys: [right.hostKey] });
    const error = await refusal(ssh.send(READ));
    expect(error).toMatchObject({ code: 'HOST_KEY_CHANGED', retryable: false, details: { seen: server.hostKey } });
    expect(server.attempts).toEqual([]);
    expect(server.lines).toEqual([]);
  });

  test('that nobody accepted is not accepted by itself', async () => {
    await using server = await sshServer();
    for (const hostKeys of [[], ['not a fingerprint'], ['16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48']]) {
      await using ssh = sshTo(server, { hostKeys });
      expect(await refusal(ssh.send(READ))).toMatchObject({ code: 'HOST_KEY_UNKNOWN', details: { seen: server.hostKey } });
    }
    expect(server.attempts).toEqual([]);
  });

  test('may be one of several, in hex or base64', async () => {
    await using server = await sshServer();
    const hex = Buffer.from(server.hostKey.slice(7), 'base64').toString('hex');
    const colons = hex.toUpperCase().replace(/..(?!$)/g, '$&:');
    for (const key of [server.hostKey, server.hostKey.slice(7), hex, colons]) {
      await using ssh = sshTo(server, { hostKeys: [`SHA256:${'A'.repeat(43)}`, key] });
      await ssh.send(READ);
    }
  });
});

const key = ssh2.utils.generateKeyPairSync('ed25519');
const locked = ssh2.utils.generateKeyPairSync('ed25519', { passphrase: 'open sesame', cipher: 'aes256-ctr', rounds: 4 });

describe('the login', () => {
  test('by keyboard-interactive, where that is all there is', async () => {
    const login: NonNullable<SshServerOptions['login']> = (attempt) => {
      if (attempt.method !== 'keyboard-interactive') return attempt.reject(['keyboard-interactive']);
      attempt.prompt([{ prompt: 'Password:', echo: false }], (answers) => (answers[0] === PASSWORD ? attempt.accept() : attempt.reject()));
    };
    await using server = await sshServer({ login });
    await using ssh = sshTo(server);
    await ssh.send(READ);
  });

  test('answers one question that is not echoed, and no other', async () => {
    const given: string[] = [];
    const asking =
      (prompts: { prompt: string; echo: boolean }[]): NonNullable<SshServerOptions['login']> =>
      (attempt) => {
        if (attempt.method !== 'keyboard-interactive') return attempt.reject(['keyboard-interactive']);
        attempt.prompt(prompts, (answers) => {
          given.push(...answers);
          attempt.reject();
        });
      };
    for (const prompts of [
      [{ prompt: 'Name?', echo: true }],
      [
        { prompt: 'new password', echo: false },
        { prompt: 'repeat new password', echo: false },
      ],
    ]) {
      await using server = await sshServer({ login: asking(prompts) });
      await using ssh = sshTo(server);
      expect(await refusal(ssh.send(READ))).toMatchObject({ code: 'LOGIN_REFUSED' });
    }
    expect(given).toEqual([]);
  });

  const KEYS: readonly (readonly [string, string, string | undefined])[] = [
    ['an OpenSSH key', key.private, undefined],
    ['a PEM key', RSA_KEY, undefined],
    ['a locked key', locked.private, 'open sesame'],
  ];
  test.each(KEYS)('by %s', async (_name, text, passphrase) => {
    await using server = await sshServer({
      login: (attempt) => (attempt.method === 'publickey' ? attempt.accept() : attempt.reject(['publickey'])),
    });
    const secret = { text: new Secret(text), ...(passphrase !== undefined && { passphrase: new Secret(passphrase) }) };
    await using ssh = sshTo(server, { login: { key: secret } });
    await ssh.send(READ);
    expect(server.attempts).toContain(`${USER} publickey`);
  });

  test('by a key that cannot be read says so, and sends nothing', async () => {
    await using server = await sshServer();
    for (const [text, passphrase] of [
      ['no key', undefined],
      [locked.private, undefined],
      [locked.private, 'wrong'],
      [key.public, undefined],
    ]) {
      const secret = { text: new Secret(text ?? ''), ...(passphrase !== undefined && { passphrase: new Secret(passphrase) }) };
      await using ssh = sshTo(server, { login: { key: secret } });
      const error = await refusal(ssh.send(READ));
      expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain(locked.private.slice(40, 80));
    }
    expect(server.connections).toBe(0);
  });

  test('by an agent that is not there falls to the next way', async () => {
    await using server = await sshServer();
    await using ssh = sshTo(server, { login: { agent: '/nowhere/agent.sock', password: new Secret(PASSWORD) } });
    await ssh.send(READ);
    expect(server.attempts).toEqual([`${USER} password`]);
  });

  test('that is refused says so', async () => {
    await using server = await sshServer();
    await using ssh = sshTo(server, { login: { password: new Secret('not it') } });
    expect(await refusal(ssh.send(READ))).toMatchObject({ code: 'LOGIN_REFUSED', retryable: false });
    await until(() => server.open === 0);
  });

  test('asks a router for wide lines, and does without where that is refused', async () => {
    await using takes = await sshServer();
    await using wide = sshTo(takes, { wide: true });
    await wide.send(READ);
    expect(takes.attempts).toEqual([`${USER}+cte512w password`]);

    await using refuses = await sshServer({
      login: (attempt) =>
        attempt.username === USER && attempt.method === 'password'
          ? attempt.accept()
          : attempt.reject(['password', 'keyboard-interactive']),
      console: (line, _channel, _connection, socket) => {
        if (refuses.lines.length === 1) socket.destroy();
        return says('')(line, _channel, _connection, socket);
      },
    });
    await using plain = sshTo(refuses, { wide: true });
    await plain.send(READ).catch(() => undefined);
    await plain.send(READ);
    // The suffix was tried once, and not again for the second connection.
    expect(refuses.attempts.filter((attempt) => attempt.includes('+')).map((attempt) => attempt.split(' ')[0])).toEqual([
      `${USER}+cte512w`,
      `${USER}+cte512w`,
    ]);
    expect(refuses.attempts.at(-1)).toBe(`${USER} password`);
    expect(refuses.connections).toBe(3);
  });
});

describe('algorithms of the last century', () => {
  const OLD = { kex: ['diffie-hellman-group14-sha1' as const], cipher: ['aes128-cbc' as const] };
  test('are taken only where a person said so', async () => {
    await using server = await sshServer({ algorithms: OLD });
    await using today = sshTo(server);
    expect(await refusal(today.send(READ))).toMatchObject({ code: 'UNREACHABLE', retryable: false });
    expect(server.attempts).toEqual([]);
    await using legacy = sshTo(server, { legacy: true });
    await legacy.send(READ);
  });
});

test('nothing shows the password: no error, no connection, no target', async () => {
  await using server = await sshServer({ console: () => `bad command name ${PASSWORD}; password=${PASSWORD}\r\n` });
  await using ssh = sshTo(server);
  await using stranger = sshTo(server, { hostKeys: [] });
  await using wrong = sshTo(server, { login: { password: new Secret(`${PASSWORD}!`) } });
  const errors = [await refusal(ssh.send(READ)), await refusal(stranger.send(READ)), await refusal(wrong.send(READ))];
  for (const thing of [...errors, ssh, targetOf(server)]) {
    const shown = `${inspect(thing, { depth: null, showHidden: true, getters: true })}${JSON.stringify(thing)}${thing instanceof Error ? thing.stack : ''}`;
    expect(shown).not.toContain(PASSWORD);
  }
  expect(errors[0]?.details['routerText']).toBe('bad command name [secret]; password=[secret]');
});
