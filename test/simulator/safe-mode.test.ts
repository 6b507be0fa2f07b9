import type { ClientChannel } from 'ssh2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { type SshLogin, sshLogin } from './ssh-client.ts';
import { bench, call } from './support.ts';

const MENU = '/safe-mode';
const LIST = '/ip/firewall/address-list';
const CTRL_X = '\u0018';
let simulator: Simulator;
let edge: SimulatedRouter;
let login: SshLogin;
beforeEach(async () => {
  simulator = await startSimulator({ specs: [{ recording: 'rb5009_7.20.6' }], ssh: true });
  [edge] = simulator.routers as [SimulatedRouter];
  login = await sshLogin(edge, { username: `${edge.username}+cte200w` });
});
afterEach(async () => {
  await login[Symbol.asyncDispose]();
  await simulator.close();
});

interface Shell {
  readonly channel: ClientChannel;
  type(keys: string, until: RegExp): Promise<string>;
}

async function shell(on = login): Promise<Shell> {
  const channel = await on.shell();
  let text = '';
  channel.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  const seen = async (until: RegExp): Promise<string> => {
    await expect.poll(() => text, { timeout: 3_000 }).toMatch(until);
    const found = text;
    text = '';
    return found;
  };
  await seen(/> $/);
  return {
    channel,
    type: (keys, until) => {
      channel.write(keys);
      return seen(until);
    },
  };
}
const state = async () => (await call(edge, 'GET', MENU)).body as Record<string, string>;
const entries = () =>
  edge
    .rows(LIST)
    .filter((row) => row['list'] === 'l')
    .map((row) => row['address']);
const add = (address: string) => call(edge, 'PUT', LIST, { list: 'l', address });

test('taken with Ctrl-X it shows, in the prompt and in the menu; let go of, what was done stays', async () => {
  const { type } = await shell();
  expect(await state()).toEqual({ current: 'false', enabled: 'false' });
  expect(await type(CTRL_X, /<SAFE> $/)).toContain('[Safe Mode taken]');
  expect(await state()).toMatchObject({ enabled: 'true', user: edge.username, current: 'false' });
  await type(`${LIST}/add list=l address=192.0.2.1\r`, /<SAFE> $/);
  // Everybody's changes depend on it, not only those of the session that has it.
  await add('192.0.2.2');
  expect(
    edge
      .rows('/system/history')
      .slice(0, 2)
      .map((row) => row['floating-undo']),
  ).toEqual(['true', 'true']);
  expect(await type(CTRL_X, /> $/)).toContain('[Safe Mode released]');
  expect(await state()).toEqual({ current: 'false', enabled: 'false' });
  expect([entries(), edge.rows('/system/history')[0]?.['floating-undo']]).toEqual([['192.0.2.1', '192.0.2.2'], 'false']);
});

test('when the session is lost everything is taken back, and what was done before stays', async () => {
  const { type } = await shell();
  await add('192.0.2.1');
  await type(CTRL_X, /<SAFE> $/);
  await type(`${LIST}/add list=l address=192.0.2.2\r`, /<SAFE> $/);
  await add('192.0.2.3');
  await call(edge, 'POST', '/ip/dns/set', { servers: '192.0.2.53' });
  expect(entries()).toHaveLength(3);
  login.client.destroy();
  await expect.poll(entries).toEqual(['192.0.2.1']);
  expect(edge.rows('/ip/dns')[0]?.['servers']).not.toBe('192.0.2.53');
  expect(await state()).toEqual({ current: 'false', enabled: 'false' });
});

test('Ctrl-D takes it back, and `/quit` keeps it', async () => {
  for (const [keys, left] of [
    ['\u0004', []],
    ['/quit\r', ['192.0.2.1']],
  ] as const) {
    const { channel, type } = await shell();
    await type(CTRL_X, /<SAFE> $/);
    await type(`${LIST}/add list=l address=192.0.2.1\r`, /<SAFE> $/);
    const closed = new Promise((resolve) => channel.once('close', resolve));
    channel.write(keys);
    await closed;
    await expect.poll(async () => (await state())['enabled']).toBe('false');
    expect(entries()).toEqual(left);
  }
});

test('one session has it; another one is told, or takes it over with or without what was done', async () => {
  const first = await shell();
  const second = await shell();
  await first.type(CTRL_X, /<SAFE> $/);
  await first.type(`${LIST}/add list=l address=192.0.2.1\r`, /<SAFE> $/);
  expect(await second.type(CTRL_X, /> $/)).toContain(`safe mode is held by ${edge.username}`);
  expect((await call(edge, 'POST', `${MENU}/take`, {})).body.detail).toContain('safe mode is held by');
  await second.type(`${MENU}/take on-error=release\r`, /<SAFE> $/);
  expect(entries()).toEqual(['192.0.2.1']);
  await second.type(`${LIST}/add list=l address=192.0.2.2\r`, /<SAFE> $/);
  await first.type(`${MENU}/take on-error=unroll\r`, /<SAFE> $/);
  expect(entries()).toEqual(['192.0.2.1']);
  expect(await second.type('\r', /> $/)).not.toContain('SAFE');
});

test('`unroll` takes back at once', async () => {
  const { type } = await shell();
  await type(`${MENU}/take\r`, /<SAFE> $/);
  await type(`${LIST}/add list=l address=192.0.2.1\r`, /<SAFE> $/);
  await type(`${MENU}/unroll\r`, /> $/);
  expect([entries(), (await state())['enabled']]).toEqual([[], 'false']);
  expect(await type(`${MENU}/release\r`, /> $/)).toContain('safe mode is not held by this session');
});

test('a hundred changes are the most: then it is left without a word, and nothing is taken back', async () => {
  const { type } = await shell();
  await type(CTRL_X, /<SAFE> $/);
  for (let n = 1; n <= 100; n += 1) await add(`192.0.2.${n}`);
  expect((await state())['enabled']).toBe('true');
  await add('192.0.2.101');
  expect((await state())['enabled']).toBe('false');
  login.client.destroy();
  await expect.poll(() => edge.rows('/user/active').filter((row) => row['via'] === 'ssh')).toEqual([]);
  expect(entries()).toHaveLength(101);
});

test('over REST nobody keeps it, a command over SSH has it for as long as it runs, and old versions have no menu for it', async () => {
  expect((await call(edge, 'POST', `${MENU}/take`, {})).status).toBe(200);
  expect((await state())['enabled']).toBe('false');
  await login.run(`${MENU}/take; ${LIST}/add list=l address=192.0.2.1`);
  expect([entries(), (await state())['enabled']]).toEqual([[], 'false']);
  expect(bench('hex-poe_7.16.2').ask('POST', `${MENU}/take`, {}).body.detail).toBe('no such command or directory (safe-mode)');
});
