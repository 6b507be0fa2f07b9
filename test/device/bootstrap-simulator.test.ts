import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BootstrapOptions, bootstrap, CERTIFICATE_NAME } from '../../src/lib/device/bootstrap.ts';
import { type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { type SshLogin, sshLogin } from '../simulator/ssh-client.ts';

const PASSWORD = 'correct "horse" $battery';
const QUOTED = '"correct \\"horse\\" \\$battery"';
const REFUSED = { status: 500, body: expect.objectContaining({ detail: 'std failure: not allowed (9)' }) };

/** What the simulator has not got, and says so. A line that it learns makes this red: then it is to be run. */
const GAPS: readonly (readonly [RegExp, RegExp])[] = [
  [/:rndstr/, /:rndstr is not simulated/],
  [/^\/certificate\/sign /, /no such command/],
  [/ subject-alt-name=/, /does not match any value of subject-alt-name/],
];
const STRANGER = '203.0.113.9';

/** Types the commands on the router's console, as admin. */
async function typed(login: SshLogin, options: BootstrapOptions): Promise<void> {
  for (const { kind, command } of bootstrap(options).steps) {
    // Waiting changes nothing here.
    if (kind !== 'run' || command.startsWith(':delay ')) continue;
    const gap = GAPS.find(([lacking]) => lacking.test(command));
    const { text } = await login.run(command);
    if (gap) expect(text, command).toMatch(gap[1]);
    else expect(text, command).toBe('');
    if (command.includes(':rndstr')) {
      const instead = command.replace('[:rndstr length=40]', '"0123456789012345678901234567890123456789"');
      expect((await login.run(instead)).text, instead).toBe('');
    }
  }
}

/** What a person does last; the console of the simulator cannot ask. */
async function chosen(login: SshLogin, username: string): Promise<void> {
  expect((await login.run(`/user/set [find where name="${username}"] password=${QUOTED} disabled=no`)).text).toBe('');
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function ask(
  router: SimulatedRouter,
  username: string,
  method: 'GET' | 'PUT' | 'POST',
  path: string,
  body?: object,
  password = PASSWORD,
): Promise<Answer> {
  // No keeping alive, as a router has none; its certificate and no other is trusted.
  const dispatcher = new Agent({ connect: { ca: [router.certificate?.pem ?? ''] }, pipelining: 0 });
  try {
    const answer = await request(`${router.httpsUrl}/rest${path}`, {
      dispatcher,
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, body: await answer.body.json() };
  } finally {
    await dispatcher.close();
  }
}

/** The console as admin, for many commands. */
async function atConsole(router: SimulatedRouter): Promise<SshLogin> {
  const login = await sshLogin(router);
  login.client.setMaxListeners(0);
  login.client.setNoDelay(true);
  return login;
}

describe.each(['rb5009_7.20.6', 'chr_7.24', 'hap-ac2_7.12.1'])('on %s', (recording) => {
  let simulator: Simulator;
  let router: SimulatedRouter;
  let admin: SshLogin;
  /** Where the router believes us to be. */
  let from: readonly string[];
  beforeAll(async () => {
    simulator = await startSimulator({ specs: [{ recording }], https: true, ssh: true });
    [router] = simulator.routers as [SimulatedRouter];
    admin = await atConsole(router);
    from = [`${router.rows('/user/active').find(({ via }) => via === 'ssh')?.['address']}/32`];
  });
  afterAll(async () => {
    await admin[Symbol.asyncDispose]();
    await simulator.close();
  });

  const prepare = async (more: Pick<BootstrapOptions, 'access' | 'username'> & Partial<BootstrapOptions>): Promise<string> => {
    const options = { from, tls: true, ssh: false, version: router.version, certificate: { name: CERTIFICATE_NAME }, ...more };
    await typed(admin, options);
    return options.username;
  };

  test('nobody comes in before a password was chosen', async () => {
    const name = await prepare({ access: 'read', username: 'early', certificate: 'self-signed', address: '127.0.0.1' });
    expect(router.rows('/user').find((row) => row['name'] === name)).toMatchObject({
      disabled: 'true',
      group: 'early-rights',
      address: from[0],
    });
    expect((await ask(router, name, 'GET', '/system/resource')).status).toBe(401);
    expect((await ask(router, name, 'GET', '/system/resource', undefined, '')).status).toBe(401);
    await chosen(admin, name);
    expect((await ask(router, name, 'GET', '/system/resource')).status).toBe(200);
  });

  test('an account to read reads and measures, and changes nothing', async () => {
    const name = await prepare({ access: 'read', username: 'reader' });
    await chosen(admin, name);
    expect(await ask(router, name, 'GET', '/system/resource')).toMatchObject({
      status: 200,
      body: { version: expect.stringContaining(router.version) },
    });
    expect((await ask(router, name, 'POST', '/tool/ping', { address: '192.0.2.1', count: '1' })).status).toBe(200);
    expect(await ask(router, name, 'POST', '/system/identity/set', { name: 'x' })).toEqual(REFUSED);
    expect(await ask(router, name, 'PUT', '/ip/firewall/address-list', { list: 'l', address: '192.0.2.1' })).toEqual(REFUSED);
    expect(await ask(router, name, 'PUT', '/user', { name: 'more', group: 'full', password: 'x' })).toEqual(REFUSED);
  });

  test('an account to write changes what it may, without a guard no users and no script that takes itself away', async () => {
    const name = await prepare({ access: 'write', username: 'writer', guard: false });
    await chosen(admin, name);
    expect((await ask(router, name, 'PUT', '/ip/firewall/address-list', { list: 'l', address: '192.0.2.1' })).status).toBe(201);
    expect(await ask(router, name, 'PUT', '/user', { name: 'more', group: 'full', password: 'x' })).toEqual(REFUSED);
    const script = { name: 'mk-cc-1', source: ':log info x', policy: 'read,write,test,policy' };
    expect(await ask(router, name, 'PUT', '/system/script', script)).toEqual(REFUSED);
    const guarded = await prepare({ access: 'write', username: 'guarded' });
    await chosen(admin, guarded);
    expect((await ask(router, guarded, 'PUT', '/system/script', script)).status).toBe(201);
  });

  test('secrets stay stars unless they are asked for', async () => {
    const user = await prepare({ access: 'read', username: 'plain' });
    const auditor = await prepare({ access: 'read', username: 'auditor', also: ['secrets'] });
    await chosen(admin, user);
    await chosen(admin, auditor);
    const policy = (name: string) => router.rows('/user/group').find((row) => row['name'] === `${name}-rights`)?.['policy'];
    expect(policy(user)).toContain('!sensitive');
    expect(policy(auditor)).toMatch(/(?:^|,)sensitive/);
  });

  test('SSH lets in whom it was asked for', async () => {
    const without = await prepare({ access: 'read', username: 'no-ssh' });
    const having = await prepare({ access: 'read', username: 'with-ssh', ssh: true });
    await chosen(admin, without);
    await chosen(admin, having);
    await expect(sshLogin(router, { username: without, password: PASSWORD })).rejects.toThrow(/authentication/);
    await using login = await sshLogin(router, { username: having, password: PASSWORD });
    expect((await login.run(':put [/system/identity get name]')).text).toContain(router.name);
  });

  test('a login from elsewhere is refused by the account, and by the door', async () => {
    const name = await prepare({ access: 'read', username: 'away', from: [STRANGER], tls: false });
    await chosen(admin, name);
    // The door for HTTPS is open to us; the account is not.
    await expect(ask(router, name, 'GET', '/system/resource')).rejects.toThrow(/other side closed|ECONNRESET|socket/);
    const late = await prepare({ access: 'read', username: 'late', from: [STRANGER] });
    await chosen(admin, late);
    await expect(ask(router, 'reader', 'GET', '/system/resource')).rejects.toThrow(/other side closed|ECONNRESET|socket/);
    // And nobody is locked out of the door the commands were typed at.
    await using login = await sshLogin(router);
    expect((await login.run(':put here')).text).toContain('here');
  });
});

test('what is off is opened to the given addresses only, and what is on stays as it is', async () => {
  await using simulator = await startSimulator({ specs: [{ recording: 'rb5009_7.20.6' }], https: true, ssh: true });
  const [router] = simulator.routers as [SimulatedRouter];
  const row = (name: string) => router.rows('/ip/service').find((one) => one['name'] === name && one['dynamic'] !== 'true');
  const before = row('ssh');
  router.edit('/ip/service', row('www')?.['.id'], { disabled: 'true', address: '' });
  await using admin = await atConsole(router);
  await typed(admin, { access: 'read', username: 'fleet', from: [STRANGER], tls: false, ssh: true, version: router.version });
  expect(row('ssh')).toEqual(before);
  expect(row('www')).toMatchObject({ disabled: 'false', address: `${STRANGER}/32` });
});
