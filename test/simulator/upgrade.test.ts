import { expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/index.ts';
import { type Bench, bench, call } from './support.ts';

const UPDATE = '/system/package/update';
const EDGE = 'rb5009_7.20.6';

const ask = (router: Bench, command: string) => router.ask('POST', `${UPDATE}/${command}`, {});
const statuses = (router: Bench, command: string): readonly string[] =>
  ask(router, command).body.map((row: { status: string }) => row.status);
/** As somebody behind the console might: read-only fields too. */
const set = (router: Bench, menu: string, values: Readonly<Record<string, string>>): void => {
  router.rows(menu);
  Object.assign(router.state.tables.get(menu)?.[0] ?? {}, values);
};
const resource = (router: Bench) => router.ask('GET', '/system/resource').body;

test('a check answers one row a step, and a failure is an answer too', () => {
  const edge = bench(EDGE);
  expect(ask(edge, 'check-for-updates')).toEqual({
    status: 200,
    body: [
      { '.section': '0', channel: 'stable', 'installed-version': '7.20.6', status: 'finding out latest version...' },
      { '.section': '1', channel: 'stable', 'installed-version': '7.20.6', 'latest-version': '7.21.2', status: 'New version is available' },
    ],
  });
  set(edge, '/ip/dns', { servers: '', 'dynamic-servers': '' });
  expect(ask(edge, 'check-for-updates').status).toBe(200);
  expect(statuses(edge, 'check-for-updates').at(-1)).toBe('ERROR: could not resolve dns name');
});

test('what is downloaded waits for a start, whoever causes it', () => {
  const edge = bench(EDGE);
  expect(statuses(edge, 'download')).toEqual(['calculating download size...', 'Downloaded, please reboot router to upgrade it']);
  expect(resource(edge).version).toBe('7.20.6 (stable)');
  edge.ask('POST', '/system/reboot', {});
  edge.now += 60_000;
  expect(resource(edge).version).toBe('7.21.2 (stable)');
  expect(edge.ask('GET', UPDATE).body).toMatchObject({ 'installed-version': '7.21.2', 'latest-version': '7.21.2' });
  expect(statuses(edge, 'check-for-updates').at(-1)).toBe('System is already up to date');
  expect(statuses(edge, 'download').at(-1)).toBe('ERROR: no new version to download');
});

test('a download that was cancelled is not installed', () => {
  const edge = bench(EDGE);
  ask(edge, 'download');
  ask(edge, 'cancel');
  edge.ask('POST', '/system/reboot', {});
  edge.now += 60_000;
  expect(resource(edge).version).toBe('7.20.6 (stable)');
});

test('installing starts the router anew, and it comes back as the new version with the menus of that version', () => {
  const edge = bench(EDGE);
  set(edge, UPDATE, { 'latest-version': '7.24' });
  const had = edge.state.schema;
  expect(statuses(edge, 'install').at(-1)).toBe('Downloaded, rebooting...');
  expect(edge.state.power.upAt - edge.now).toBe(edge.state.hardware.startMs * 3);
  const rules = edge.state.tables.get('/ip/firewall/filter')?.length;
  edge.now = edge.state.power.upAt + 60_000;
  expect(resource(edge).version).toBe('7.24 (stable)');
  expect(edge.state.schema).not.toBe(had);
  expect(edge.state.schema.version).toBe('7.24');
  expect(edge.ask('GET', '/system/routerboard').body).toMatchObject({ 'current-firmware': '7.20.6', 'upgrade-firmware': '7.24' });
  expect(edge.rows('/system/package').map((row) => row['version'])).toEqual(['7.24', '7.24', '7.24']);
  expect(edge.state.tables.get('/ip/firewall/filter')?.length).toBe(rules);
});

test('a version without a recording of its own has the menus of the nearest one before it', () => {
  const edge = bench(EDGE);
  ask(edge, 'install');
  edge.now = edge.state.power.upAt + 1_000;
  expect(resource(edge).version).toBe('7.21.2 (stable)');
  expect(edge.state.schema.version).toBe('7.20.8');
});

test('without room nothing is fetched, and small flash needs it twice', () => {
  const edge = bench(EDGE);
  set(edge, '/system/resource', { 'free-hdd-space': '14000000' });
  expect(statuses(edge, 'install').at(-1)).toBe('ERROR: not enough disk space, 14.2MiB is required and only 13.4MiB is free');
  expect(edge.state.power.starting).toBe(false);
  set(edge, '/system/resource', { 'free-hdd-space': '15000000' });
  expect(statuses(edge, 'download').at(-1)).toMatch(/^Downloaded/);
  set(edge, '/system/resource', { 'total-hdd-space': '16777216' });
  expect(statuses(edge, 'download').at(-1)).toMatch(/28\.4MiB is required/);
});

test('device-mode keeps old versions away, unless any may be installed', () => {
  const edge = bench(EDGE);
  const latest = (version: string): string => {
    set(edge, UPDATE, { 'latest-version': version });
    return statuses(edge, 'download').at(-1) ?? '';
  };
  expect(latest('7.12.1')).toBe('ERROR: not allowed by device-mode');
  expect(latest('6.49.7')).toBe('ERROR: not allowed by device-mode');
  expect(latest('6.49.10')).toMatch(/^Downloaded/);
  expect(latest('7.13')).toMatch(/^Downloaded/);
  set(edge, '/system/device-mode', { 'install-any-version': 'true' });
  expect(latest('7.12.1')).toMatch(/^Downloaded/);
});

test('who may not start the router may not install', () => {
  const login = { name: 'writer', password: 'x' };
  const edge = bench(EDGE, [{ ...login, policies: ['read', 'write', 'rest-api'] }]);
  expect(edge.ask('POST', `${UPDATE}/install`, {}, login)).toMatchObject({ status: 500, body: { detail: 'std failure: not allowed (9)' } });
  expect(edge.state.fetched).toBeUndefined();
});

test('over the wire: the answer gets out, then nobody answers, then another version does', async () => {
  const simulator = await startSimulator({ specs: [{ recording: EDGE, hardware: { startMs: 100 } }] });
  try {
    const [router] = simulator.routers;
    if (!router) throw new Error('no router');
    expect((await call(router, 'POST', `${UPDATE}/install`, {})).body.at(-1).status).toBe('Downloaded, rebooting...');
    await expect(call(router, 'GET', '/system/resource')).rejects.toThrow();
    await expect
      .poll(() =>
        call(router, 'GET', '/system/resource').then(
          (reply) => reply.body.version,
          () => 'away',
        ),
      )
      .toBe('7.21.2 (stable)');
    expect(router.version).toBe('7.21.2');
  } finally {
    await simulator.close();
  }
});
