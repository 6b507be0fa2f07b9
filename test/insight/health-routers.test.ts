import { describe, expect, test } from 'vitest';
import { compareHealth, measure, measureAgain } from '../../src/lib/insight/health/health.ts';
import { NOTHING_TOUCHED } from '../../src/lib/insight/health/touched.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import { lineTo } from '../client/rig.ts';
import { ACCESS, CORE, EDGE, type Lookout, lookout } from './lookout.ts';

/** Every check that did not pass after something happened to a router. */
async function worse(recording: string, happens: (at: Lookout) => void | Promise<void>) {
  await using at = await lookout(recording);
  const before = await measure(at.link, at.facts);
  await happens(at);
  const results = compareHealth(before, await measureAgain(at.link, at.facts, before), NOTHING_TOUCHED);
  return results.flatMap(({ check, verdict }) => (verdict === 'pass' ? [] : [[check, verdict]]));
}

describe('the recorded routers', () => {
  test('are well twice in a row, and are asked few questions', async () => {
    await using simulator = await startSimulator({ routers: 5 });
    for (const router of simulator.routers) {
      await using line = lineTo(router.url, { username: router.username, password: router.password });
      const facts = { version: router.version, absentMenus: [] };
      const health = await measure(line.link, facts);
      expect(router.requests().length).toBeLessThanOrEqual(13);
      const results = compareHealth(health, await measureAgain(line.link, facts, health), NOTHING_TOUCHED);
      expect(results.map(({ check, verdict }) => [check, verdict])).toEqual(Object.keys(health).map((check) => [check, 'pass']));
      expect(results.length).toBeGreaterThanOrEqual(8);
      // Nothing is changed by looking, and no whole table is read.
      expect(router.requests().filter(({ write }) => write)).toEqual([]);
      expect(router.requests().filter(({ method, path }) => method === 'GET' && !path.includes('.proplist='))).toEqual([]);
      const prints = router.requests().filter(({ path }) => path.endsWith('/print'));
      expect(prints.filter(({ body }) => !body.includes('"count-only"') && !body.includes('".proplist"'))).toEqual([]);
    }
  });

  test('what a router has no menu for is not asked', async () => {
    await using at = await lookout(EDGE);
    const absentMenus = ['/routing/bgp/session', '/routing/ospf/neighbor', '/ip/neighbor', '/system/health', '/ipv6/route'];
    const health = await measure(at.link, { ...at.facts, absentMenus });
    expect(Object.keys(health)).not.toContain('temperature');
    expect(at.router.requests().filter(({ path }) => absentMenus.some((menu) => path.startsWith(menu)))).toEqual([]);
  });

  test('volts and watts are no degrees', async () => {
    await using at = await lookout(EDGE);
    const { temperature } = await measure(at.link, at.facts);
    expect(temperature).toMatchObject({ value: [{ name: 'cpu-temperature' }, { name: 'temperature' }] });
  });

  test('sessions of clients are not links of the router', async () => {
    const dynamic = await worse(EDGE, (at) => at.edit('/interface', ['name', 'ovpn-in-1'], { running: 'false' }));
    expect(dynamic).toEqual([]);
  });

  test('what is absent is left out: no thermometer, no server of names, no time', async () => {
    await using core = await lookout(CORE);
    core.edit('/ip/dns', undefined, { servers: '', 'dynamic-servers': '' });
    core.edit('/system/ntp/client', undefined, { enabled: 'false' });
    const checks = Object.keys(await measure(core.link, core.facts));
    for (const absent of ['temperature', 'DNS answers', 'NTP in sync']) expect(checks).not.toContain(absent);
    expect(core.router.requests().filter(({ path }) => path === '/execute')).toEqual([]);
  });

  test('names that could not be looked up before are not asked for after', async () => {
    await using at = await lookout(EDGE);
    await at.refuse('/execute', 400, 'failure: dns server failure');
    expect(Object.keys(await measure(at.link, at.facts))).not.toContain('DNS answers');
  });
});

test("that there is no such name is a server's answer", async () => {
  expect(await worse(EDGE, (at) => at.refuse('/execute', 400, 'failure: dns name does not exist'))).toEqual([]);
});

describe('a router that is worse after', () => {
  test.each<readonly [string, string, (at: Lookout) => void | Promise<void>]>([
    ['no reboot', EDGE, (at) => at.edit('/system/resource', undefined, { uptime: '1s' })],
    ['processor load', EDGE, (at) => at.edit('/system/resource', undefined, { 'cpu-load': '100' })],
    ['free memory', EDGE, (at) => at.edit('/system/resource', undefined, { 'free-memory': '1000000' })],
    ['temperature', EDGE, (at) => at.edit('/system/health', ['name', 'cpu-temperature'], { value: '97' })],
    ['temperature', EDGE, (at) => at.edit('/system/health', ['name', 'temperature'], { value: '71.5' })],
    ['interfaces running', EDGE, (at) => at.edit('/interface', ['name', 'ether4'], { running: 'false' })],
    ['neighbours', EDGE, (at) => at.remove('/ip/neighbor', ['identity', 'sw-01'])],
    ['BGP sessions', CORE, (at) => at.edit('/routing/bgp/session', ['name', 'peer-a-1'], { '!established': '' })],
    ['OSPF neighbours', CORE, (at) => at.edit('/routing/ospf/neighbor', ['address', '10.0.12.2'], { state: 'Init' })],
    ['IPv4 routes', ACCESS, (at) => at.remove('/ip/route', ['dst-address', '0.0.0.0/0'])],
    [
      'IPv4 routes',
      CORE,
      (at) => {
        for (const prefix of ['198.51.100.0/24', '203.0.113.0/24']) at.remove('/ip/route', ['dst-address', prefix]);
      },
    ],
    ['IPv6 routes', EDGE, (at) => at.remove('/ipv6/route', ['dst-address', '::/0'])],
    ['DNS answers', EDGE, (at) => at.refuse('/execute', 400, 'failure: dns server failure')],
    ['DNS answers', EDGE, (at) => at.edit('/ip/dns', undefined, { servers: '', 'dynamic-servers': '' })],
    ['NTP in sync', EDGE, (at) => at.edit('/system/ntp/client', undefined, { enabled: 'false' })],
  ])('%s fails (%s)', async (check, recording, happens) => {
    expect(await worse(recording, happens)).toEqual([[check, 'fail']]);
  });

  test('a client that was told other time servers is not in step for a while', async () => {
    expect(await worse(EDGE, (at) => at.edit('/system/ntp/client', undefined, { servers: '192.0.2.7' }))).toEqual([
      ['NTP in sync', 'inconclusive'],
    ]);
  });

  test('a default route whose place another one takes is not lost', async () => {
    expect(await worse(EDGE, (at) => at.remove('/ip/route', ['gateway', '203.0.113.1']))).toEqual([]);
  });
});

describe('what cannot be measured after', () => {
  test.each([
    ['/system/resource', ['no reboot', 'processor load', 'free memory']],
    ['/system/health', ['temperature']],
    ['/interface/print', ['interfaces running']],
    ['/ip/neighbor/print', ['neighbours']],
    ['/routing/bgp/session', ['BGP sessions']],
    ['/routing/ospf/neighbor', ['OSPF neighbours']],
    ['/ip/route/print', ['IPv4 routes']],
    ['/ipv6/route/print', ['IPv6 routes']],
    ['/ip/dns', ['DNS answers']],
    ['/system/ntp/client', ['NTP in sync']],
  ])('%s: inconclusive', async (path, checks) => {
    const recording = path === '/system/health' ? EDGE : CORE;
    expect(await worse(recording, (at) => at.refuse(path))).toEqual(checks.map((check) => [check, 'inconclusive']));
  });

  test('a right that was taken away, and a command the router ended itself, are no pass', async () => {
    expect(await worse(EDGE, (at) => at.refuse('/execute', 500, 'std failure: not allowed (9)'))).toEqual([
      ['DNS answers', 'inconclusive'],
    ]);
    expect(await worse(EDGE, (at) => at.refuse('/ip/route/print', 400, 'Session closed'))).toEqual([['IPv4 routes', 'inconclusive']]);
  });

  test('a router that does not answer is no measurement but an error', async () => {
    await using at = await lookout(EDGE);
    const before = await measure(at.link, at.facts);
    await at.router.fault({ path: '/ip/neighbor/print', action: { kind: 'reset' } });
    await expect(measureAgain(at.link, at.facts, before)).rejects.toMatchObject({ kind: 'unreachable' });
    await at.router.clearFaults();
    await at.refuse('/ip/neighbor/print', 500, 'interrupted');
    await expect(measureAgain(at.link, at.facts, before)).rejects.toMatchObject({ code: 'ROUTER_FAULT' });
  });
});
