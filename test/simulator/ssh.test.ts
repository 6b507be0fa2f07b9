import ssh2 from 'ssh2';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { reader, sshLogin } from './ssh-client.ts';

const IDENTITY = '/system identity print';
const ACCOUNTS = [
  { name: 'watcher', password: 'w', policies: ['read', 'ssh'] },
  { name: 'restful', password: 'r', policies: ['read', 'api', 'rest-api'] },
];
let simulator: Simulator;
let edge: SimulatedRouter;
let core: SimulatedRouter;
beforeAll(async () => {
  const specs = [
    { recording: 'rb5009_7.20.6', accounts: ACCOUNTS },
    { recording: 'chr_7.24', accounts: ACCOUNTS },
  ];
  simulator = await startSimulator({ specs, ssh: true });
  [edge, core] = simulator.routers as [SimulatedRouter, SimulatedRouter];
});
afterEach(() => edge.clearFaults());
afterAll(() => simulator.close());

const refused = (router: SimulatedRouter, more: Parameters<typeof sshLogin>[1]) =>
  expect(sshLogin(router, more)).rejects.toThrow(/All configured authentication methods failed/);

describe('a command', () => {
  test('prints lines that end in CR LF, and its status is 0 even when it failed', async () => {
    await using login = await sshLogin(edge);
    const printed = await login.run(IDENTITY);
    expect(printed).toEqual({ text: expect.stringMatching(/^\s*name: edge-1\r\n/), status: 0 });
    expect(printed.text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const failed = await login.run('/no such thing');
    expect([failed.status, failed.text]).toEqual([0, expect.stringMatching(/bad command name|syntax error|expected/)]);
  });

  test('more than one line is refused', async () => {
    await using login = await sshLogin(edge);
    expect(await login.run(`${IDENTITY}\n${IDENTITY}`)).toEqual({ text: expect.stringContaining('(line 1 column '), status: 0 });
  });

  test('is logged like a request', async () => {
    await using login = await sshLogin(edge);
    await login.run(IDENTITY);
    const { path, method, service, write, authorized, status } = edge.requests().at(-1) ?? {};
    expect({ path, method, service, write, authorized, status }).toEqual({
      path: IDENTITY,
      method: 'SSH',
      service: 'ssh',
      write: false,
      authorized: true,
      status: 200,
    });
  });

  test('a session shows among the active users, and both ends of it in the log', async () => {
    const active = () => edge.rows('/user/active').filter((row) => row['via'] === 'ssh');
    const last = () => edge.rows('/log').at(-1)?.['message'];
    const login = await sshLogin(edge, { username: 'watcher', password: 'w' });
    expect(active()).toMatchObject([{ name: 'watcher', group: 'watcher-rights' }]);
    expect(last()).toMatch(/^user watcher logged in from \S+ via ssh$/);
    await login[Symbol.asyncDispose]();
    await expect.poll(active).toEqual([]);
    expect(last()).toMatch(/^user watcher logged out from \S+ via ssh$/);
  });
});

describe('who may come in', () => {
  test('with a password, and with console parameters behind the name', async () => {
    const ways = [{}, { username: `${edge.username}+cte512w` }, { username: `${edge.username}+t40h` }];
    for (const way of ways) await (await sshLogin(edge, way))[Symbol.asyncDispose]();
  });

  test('asked for a password, whoever answers is let in', async () => {
    const client = new ssh2.Client();
    const prompts: string[] = [];
    await new Promise<void>((resolve, reject) => {
      client.on('keyboard-interactive', (_name, _instructions, _lang, asked, finish) => {
        prompts.push(...asked.map(({ prompt }) => prompt));
        finish([edge.password]);
      });
      client.once('ready', resolve);
      client.once('error', reject);
      client.connect({ host: edge.host, port: edge.sshPort ?? 0, username: edge.username, tryKeyboard: true });
    });
    client.end();
    expect(prompts).toEqual(['Password: ']);
  });

  test('not with a wrong password, without the right, or from elsewhere; the log says who tried', async () => {
    await refused(edge, { password: 'wrong' });
    await refused(edge, { username: 'nobody' });
    await refused(edge, { username: 'restful', password: 'r' });
    expect(edge.rows('/log').at(-1)?.['message']).toMatch(/^login failure for user restful from \S+ via ssh$/);
    edge.edit('/user', 'watcher', { address: '192.0.2.0/24' });
    await refused(edge, { username: 'watcher', password: 'w' });
    edge.edit('/user', 'watcher', { address: '', disabled: 'true' });
    await refused(edge, { username: 'watcher', password: 'w' });
    edge.edit('/user', 'watcher', { disabled: 'false' });
    await (await sshLogin(edge, { username: 'watcher', password: 'w' }))[Symbol.asyncDispose]();
  });

  test('a back end that takes no parameters refuses them, and takes the plain name', async () => {
    await edge.fault({ action: { kind: 'refuse-suffix' } });
    await refused(edge, { username: `${edge.username}+ct` });
    await (await sshLogin(edge))[Symbol.asyncDispose]();
  });

  test.each(['ed25519', 'rsa'] as const)('with an %s key, which ends logins with a password', async (type) => {
    const user = { username: 'watcher', password: 'w' };
    await using fresh = await startSimulator({ specs: [{ recording: 'chr_7.24', accounts: ACCOUNTS }], ssh: true });
    const [router] = fresh.routers as [SimulatedRouter];
    const pair = type === 'rsa' ? ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }) : ssh2.utils.generateKeyPairSync('ed25519');
    const stranger = ssh2.utils.generateKeyPairSync('ed25519');
    const byKey = (privateKey: string) => ({ username: 'watcher', privateKey, authHandler: ['publickey' as const] });
    await refused(router, byKey(pair.private));
    router.authorizeKey('watcher', pair.public);
    await using login = await sshLogin(router, byKey(pair.private));
    expect((await login.run(IDENTITY)).text).toContain('name: core-1');
    await refused(router, byKey(stranger.private));
    await refused(router, user);
    router.edit('/ip/ssh', undefined, { 'password-authentication': 'yes' });
    await (await sshLogin(router, user))[Symbol.asyncDispose]();
  });

  test('ECDSA keys are refused', async () => {
    const pair = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
    core.authorizeKey('restful', pair.public);
    await refused(core, { username: 'restful', privateKey: pair.private, authHandler: ['publickey'] });
  });
});

describe('who the router is', () => {
  test('its host key is the one it says, and changes when told to', async () => {
    const before = await sshLogin(core);
    expect(before.hostKey).toBe(core.hostKey);
    await before[Symbol.asyncDispose]();
    const changed = core.changeHostKey();
    expect(changed).not.toBe(before.hostKey);
    await using after = await sshLogin(core);
    expect([after.hostKey, core.hostKey]).toEqual([changed, changed]);
  });

  test('a fault shows another key for a while', async () => {
    const keyShown = async () => {
      await using login = await sshLogin(edge);
      return login.hostKey;
    };
    await edge.fault({ action: { kind: 'changed-host-key' } });
    const shown = await keyShown();
    expect(shown).not.toBe(edge.hostKey);
    expect(await keyShown()).toBe(shown);
    await edge.clearFaults();
    expect(await keyShown()).toBe(edge.hostKey);
  });

  test('keys are shared, or their own, of the type the table names', async () => {
    await using own = await startSimulator({ routers: 2, ssh: true, keys: 'own', specs: [{ recording: 'chr_7.24' }] });
    const [one, two] = own.routers as [SimulatedRouter, SimulatedRouter];
    expect(one.hostKey).not.toBe(two.hostKey);
    one.edit('/ip/ssh', undefined, { 'host-key-type': 'ed25519' });
    one.changeHostKey();
    await using login = await sshLogin(one, { algorithms: { serverHostKey: ['ssh-ed25519'] } });
    expect(login.hostKey).toBe(one.hostKey);
  });
});

describe('a door that is not open to all', () => {
  const nobody = () => expect(sshLogin(edge)).rejects.toThrow();

  test('is shut to a source it does not take, and when it is switched off', async () => {
    const open = { address: '', disabled: 'false' };
    for (const values of [{ address: '192.0.2.0/24' }, { disabled: 'true' }]) {
      edge.edit('/ip/service', 'ssh', values);
      await nobody();
      edge.edit('/ip/service', 'ssh', open);
      await (await sshLogin(edge))[Symbol.asyncDispose]();
    }
  });

  test('takes as many as the table says', async () => {
    edge.edit('/ip/service', 'ssh', { 'max-sessions': '2' });
    const first = await sshLogin(edge);
    await using second = await sshLogin(edge);
    await nobody();
    await first[Symbol.asyncDispose]();
    await expect.poll(() => edge.rows('/user/active').filter((row) => row['via'] === 'ssh').length).toBe(1);
    await using third = await sshLogin(edge);
    expect([(await second.run(IDENTITY)).status, (await third.run(IDENTITY)).status]).toEqual([0, 0]);
    edge.edit('/ip/service', 'ssh', { 'max-sessions': '20' });
  });
});

describe('as a jump host', () => {
  const through = async () => {
    await using jump = await sshLogin(edge);
    const sock = await new Promise<ssh2.ClientChannel>((resolve, reject) => {
      jump.client.forwardOut('127.0.0.1', 0, core.host, core.sshPort ?? 0, (error, channel) => (error ? reject(error) : resolve(channel)));
    });
    await using login = await sshLogin(core, { sock });
    return { hostKey: login.hostKey, printed: await login.run(IDENTITY) };
  };

  test('it forwards nothing unless told to, and then to the next router', async () => {
    await expect(through()).rejects.toThrow(/open failure/);
    edge.edit('/ip/ssh', undefined, { 'forwarding-enabled': 'local' });
    expect(await through()).toEqual({ hostKey: core.hostKey, printed: { text: expect.stringContaining('name: core-1'), status: 0 } });
  });

  test('never beyond this machine, and not to where nobody listens', async () => {
    edge.edit('/ip/ssh', undefined, { 'forwarding-enabled': 'local' });
    await using jump = await sshLogin(edge);
    for (const [host, port] of [
      ['192.0.2.1', 22],
      ['router.example', 22],
      ['127.0.0.1', 1],
    ] as const) {
      const opened = new Promise((resolve, reject) => {
        jump.client.forwardOut('127.0.0.1', 0, host, port, (error, channel) => (error ? reject(error) : resolve(channel)));
      });
      await expect(opened).rejects.toThrow(/open failure/);
    }
  });
});

describe('a shell', () => {
  const PROMPT = /\[admin@edge-1\] > $/;

  test('shows its prompt, echoes what is typed, and answers', async () => {
    await using login = await sshLogin(edge, { username: `${edge.username}+cte512w` });
    const channel = await login.shell();
    const from = reader(channel);
    expect(await from.until(PROMPT)).toContain('MikroTik RouterOS 7.20.6');
    channel.write(`${IDENTITY}x\b\r`);
    expect(await from.until(PROMPT)).toMatch(/^\/system identity printx\x08 \x08\r\n\s*name: edge-1\r\n[\r\n]*\[admin@edge-1\] > $/);
    channel.write('nonsense\u0003');
    expect(await from.until(PROMPT)).toBe('nonsense\r\n[admin@edge-1] > ');
  });

  test('menus are entered and left, and show in the prompt', async () => {
    await using login = await sshLogin(edge, { username: `${edge.username}+ct` });
    const channel = await login.shell();
    const from = reader(channel);
    await from.until(PROMPT);
    channel.write('/system identity\r');
    await from.until(/\[admin@edge-1\] \/system\/identity> $/);
    channel.write('print\r');
    expect(await from.until(/\/system\/identity> $/)).toContain('name: edge-1\r\n');
    channel.write('..\r');
    await from.until(/\[admin@edge-1\] \/system> $/);
    channel.write('/\r');
    await from.until(PROMPT);
  });

  test('asks the terminal where its cursor is, and says nothing before the answer', async () => {
    await using login = await sshLogin(core, { username: core.username });
    const channel = await login.shell();
    const from = reader(channel);
    expect(await from.until(/\[6n$/)).toBe('\u001b[6n');
    channel.write('/system identity print\r\u001b[24;');
    channel.write('80R');
    const text = await from.until(/name: core-1\r\n[\r\n]*\[[^>]*\] > $/);
    expect(text).toMatch(/^\r\n\r\n {2}MikroTik RouterOS 7\.24/);
    expect(text).toContain('\u001b[m\u001b[34madmin@core-1\u001b[m] > ');
  });

  test('ends with quit, and with Ctrl-D on an empty line', async () => {
    for (const [keys, last] of [
      ['quit\r', /interrupted\r\n$/],
      ['\u0004', /\r\n$/],
    ] as const) {
      await using login = await sshLogin(edge, { username: `${edge.username}+ct` });
      const channel = await login.shell();
      const ended = new Promise<void>((resolve) => channel.on('close', () => resolve()));
      const from = reader(channel);
      await from.until(/> $/);
      channel.write(keys);
      await from.until(last);
      await ended;
    }
  });
});
