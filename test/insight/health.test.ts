import { describe, expect, test } from 'vitest';
import { compareHealth, type Health, measure } from '../../src/lib/insight/health.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import { lineTo, refusal } from '../client/rig.ts';
import { httpServer, json } from '../client/servers.ts';

const WELL: Health = {
  version: '7.20.6 (stable)',
  uptime: 1_000,
  cpuLoad: 10,
  freeMemory: 500_000_000,
  totalMemory: 1_000_000_000,
  running: ['ether1', 'ether2', 'bridge'],
};

const verdicts = (before: Partial<Health>, after: Partial<Health>, touched: readonly string[] = []) =>
  Object.fromEntries(
    compareHealth({ ...WELL, ...before }, { ...WELL, uptime: 1_010, ...after }, new Set(touched)).map(({ check, verdict }) => [
      check,
      verdict,
    ]),
  );

describe('a router before and after', () => {
  test('as well as before passes', () => {
    expect(verdicts({}, {})).toEqual({
      'no reboot': 'pass',
      'processor load': 'pass',
      'free memory': 'pass',
      'interfaces running': 'pass',
    });
  });

  test.each([
    ['it rebooted', 'no reboot', {}, { uptime: 5 }, 'fail'],
    ['it runs another version', 'no reboot', {}, { version: '7.21 (stable)' }, 'fail'],
    ['nobody knows how long it is up', 'no reboot', {}, { uptime: null }, 'inconclusive'],
    ['nobody knew', 'no reboot', { uptime: null }, {}, 'inconclusive'],
    ['it is overloaded', 'processor load', {}, { cpuLoad: 95 }, 'fail'],
    ['it is busy', 'processor load', {}, { cpuLoad: 94 }, 'pass'],
    ['it was overloaded before', 'processor load', { cpuLoad: 100 }, { cpuLoad: 100 }, 'pass'],
    ['its load is not known', 'processor load', {}, { cpuLoad: null }, 'inconclusive'],
    ['memory ran out', 'free memory', {}, { freeMemory: 29_000_000 }, 'fail'],
    ['memory is short', 'free memory', {}, { freeMemory: 31_000_000 }, 'pass'],
    ['memory was out before', 'free memory', { freeMemory: 1_000 }, { freeMemory: 1_000 }, 'pass'],
    ['memory is not known', 'free memory', {}, { totalMemory: null }, 'inconclusive'],
    ['a link went down', 'interfaces running', {}, { running: ['ether1', 'bridge'] }, 'fail'],
    ['a link came up', 'interfaces running', {}, { running: ['ether1', 'ether2', 'bridge', 'ether3'] }, 'pass'],
    ['no link was up', 'interfaces running', { running: [] }, {}, 'inconclusive'],
  ] as const)('%s', (_name, check, before, after, verdict) => {
    expect(verdicts(before, after)[check]).toBe(verdict);
    expect(Object.values(verdicts(before, after)).filter((one) => one !== 'pass')).toHaveLength(verdict === 'pass' ? 0 : 1);
  });

  test('a link that the change itself is about may go down, and no other', () => {
    expect(verdicts({}, { running: ['ether1', 'bridge'] }, ['ether2'])).toMatchObject({ 'interfaces running': 'pass' });
    expect(verdicts({}, { running: ['bridge'] }, ['ether2'])).toMatchObject({ 'interfaces running': 'fail' });
  });

  test('says what it saw, and why it did not pass', () => {
    const [reboot] = compareHealth(WELL, { ...WELL, uptime: 5 }, new Set());
    expect(reboot).toEqual({ check: 'no reboot', verdict: 'fail', before: '1000 s', after: '5 s', why: 'the router rebooted' });
  });
});

describe('measuring', () => {
  test('the recorded routers', async () => {
    await using simulator = await startSimulator({ routers: 4 });
    for (const router of simulator.routers) {
      await using line = lineTo(router.url, { username: router.username, password: router.password });
      const health = await measure(line.link);
      expect(health.running).toEqual(router.rows('/interface').flatMap((row) => (row['running'] === 'true' ? [row['name']] : [])));
      expect(health.running.length).toBeGreaterThan(0);
      for (const value of [health.uptime, health.cpuLoad, health.freeMemory, health.totalMemory]) expect(value).toEqual(expect.any(Number));
      expect(
        Object.values(Object.fromEntries(compareHealth(health, health, new Set()).map(({ check, verdict }) => [check, verdict]))),
      ).not.toContain('fail');
    }
  });

  test('what is not said is not known, rather than nought', async () => {
    await using server = await httpServer(({ url }) =>
      url.startsWith('/rest/interface') ? json([{ name: 'ether1', running: '' }, { name: 'ether2' }]) : json({}),
    );
    await using line = lineTo(server.url);
    expect(await measure(line.link)).toEqual({
      version: null,
      uptime: null,
      cpuLoad: null,
      freeMemory: null,
      totalMemory: null,
      running: ['ether1'],
    });
  });

  test('what fails is told', async () => {
    await using server = await httpServer(() => ({ status: 200, body: '<html>' }));
    await using line = lineTo(server.url);
    expect(await refusal(measure(line.link))).toMatchObject({ code: 'NOT_A_ROUTER' });
  });
});
