import { describe, expect, test } from 'vitest';
import * as entries from '../../src/lib/capability/catalog/index.ts';
import { catalogOf } from '../../src/lib/capability/lookup.ts';
import { systemClock } from '../../src/lib/core/clock.ts';
import { InputError } from '../../src/lib/core/errors.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { openChains } from '../../src/lib/fleet/chains.ts';
import { healthChecks } from '../../src/lib/fleet/checks.ts';
import { type Line, openLine, openManners } from '../../src/lib/fleet/line.ts';
import type { Intent } from '../../src/lib/plan/intent.ts';
import type { CheckResult, Target } from '../../src/lib/plan/types.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import { targetFor } from '../plan/helpers.ts';
import { EDGE } from './lookout.ts';

const catalog = catalogOf(entries);
const limits = { connect: 1_000, request: 4_000, command: 4_000 };

/** A change of a name: about nothing that is measured. */
const HARMLESS = targetFor(
  { 'system-identity': [{ name: 'one' }] },
  { verb: 'set', capability: 'system-identity', values: { name: 'two' } },
);
const services = (...names: readonly string[]) => ({ 'ip-service': names.map((name) => ({ name, port: '1000', disabled: 'false' })) });
const switchOff = (name: string): Intent => ({ verb: 'set', capability: 'ip-service', where: { name }, values: { disabled: true } });

async function edge({ ssh = true, declared = [] as readonly string[] } = {}) {
  const simulator = await startSimulator({ specs: [{ recording: EDGE, name: 'edge-1' }], ssh: true });
  const [router] = simulator.routers;
  if (router?.sshPort === undefined || router.hostKey === undefined) throw new Error('no router');
  const access = { port: router.sshPort, hostKeys: [router.hostKey], agent: false, legacy: false };
  const facts = { version: router.version, absentMenus: [] };
  const box = { address: router.url, trust: { kind: 'none' }, username: router.username, facts, ...(ssh && { ssh: access }) } as const;
  const lines: Line[] = [];
  const manners = openManners(systemClock);
  const fresh = async (): Promise<Line> => {
    const parts = { rest: limits, ssh: limits, clock: systemClock, chains: openChains(limits), agent: undefined };
    const line = openLine(box, { password: new Secret(router.password), hops: [] }, manners, parts);
    lines.push(line);
    return line;
  };
  const visit = async () => {
    const { ssh: reader, close } = await fresh();
    if (!reader) throw new Error('no SSH');
    return { read: reader.read, close };
  };
  const make = () => healthChecks({ declared, catalog, device: { facts }, transports: ssh ? { ssh: visit } : {} });
  const { link } = await fresh();
  return {
    router,
    link,
    make,
    checks: make(),
    /** Lines opened besides our own. */
    visits: () => lines.length - 1,
    [Symbol.asyncDispose]: async () => {
      for (const line of lines) await line.close();
      await simulator.close();
    },
  };
}

const bad = (results: readonly CheckResult[]) =>
  results.flatMap(({ check, verdict }) => (verdict === 'pass' ? [] : [`${check}: ${verdict}`]));
const of = (results: readonly CheckResult[], check: string) => results.find((one) => one.check === check);

describe('health of a router before and after', () => {
  test('passes when nothing happened, again and again: both ways in, everything measured, everything declared', async () => {
    await using at = await edge({ declared: ['ping 10.10.99.1', 'service www enabled'] });
    await at.checks.before(at.link);
    for (let look = 1; look <= 3; look += 1) {
      const results = await at.checks.after(at.link, HARMLESS);
      expect(bad(results)).toEqual([]);
      expect(results.map(({ check }) => check)).toEqual([
        'REST answers',
        'SSH answers',
        'no reboot',
        'processor load',
        'free memory',
        'temperature',
        'interfaces running',
        'neighbours',
        'OSPF neighbours',
        'IPv4 routes',
        'IPv6 routes',
        'DNS answers',
        'NTP in sync',
        'ping 10.10.99.1',
        'service www enabled',
      ]);
      // SSH is looked at over a new connection each time.
      expect(at.visits()).toBe(1 + look);
    }
    expect(at.router.requests().filter(({ write }) => write)).toEqual([]);
    expect(at.router.maxInFlight).toBe(1);
  });

  test('nothing measured before is inconclusive', async () => {
    await using at = await edge({ ssh: false });
    expect(bad(await at.checks.after(at.link, HARMLESS))).toEqual(['health: inconclusive']);
  });

  test('a process that takes over compares with what the first one saw', async () => {
    await using at = await edge({ declared: ['interface ether4 running'] });
    await at.checks.before(at.link);
    const kept = JSON.stringify(at.checks.snapshot());
    at.router.edit('/interface', at.router.rows('/interface').find((row) => row['name'] === 'ether4')?.['.id'], { running: 'false' });
    const other = at.make();
    other.restore(JSON.parse(kept));
    expect(bad(await other.after(at.link, HARMLESS))).toEqual(['interfaces running: fail', 'interface ether4 running: fail']);
    expect(JSON.stringify(at.checks.snapshot())).toBe(kept);
  });

  test.each([undefined, null, 'text', {}, { format: 2 }, { format: 1, health: { load: 3 }, declared: {}, ssh: true }])(
    'what is no snapshot is not compared with: %j',
    async (snapshot) => {
      await using at = await edge({ ssh: false });
      await at.checks.before(at.link);
      at.checks.restore(snapshot);
      expect(at.checks.snapshot()).toBeUndefined();
      expect(bad(await at.checks.after(at.link, HARMLESS))).toEqual(['health: inconclusive']);
    },
  );

  test('a reboot is seen while the router is watched, and stays seen', async () => {
    await using at = await edge({ ssh: false });
    const up = (uptime: string) => at.router.edit('/system/resource', undefined, { uptime });
    up('10s');
    await at.checks.before(at.link);
    up('5m');
    expect(bad(await at.checks.after(at.link, HARMLESS))).toEqual([]);
    up('1m');
    expect(bad(await at.checks.after(at.link, HARMLESS))).toEqual(['no reboot: fail']);
    expect(bad(await at.checks.after(at.link, HARMLESS))).toEqual(['no reboot: fail']);
  });
});

describe('ways to the router', () => {
  test('SSH that answered before and does not any more is a failure', async () => {
    await using at = await edge();
    await at.checks.before(at.link);
    await at.router.fault({ service: 'ssh', action: { kind: 'refuse' } });
    expect(bad(await at.checks.after(at.link, HARMLESS))).toEqual(['SSH answers: fail']);
    const others = targetFor(services('ssh', 'ftp'), switchOff('ftp'));
    expect(bad(await at.checks.after(at.link, others))).toEqual(['SSH answers: fail']);
    const own = await at.checks.after(at.link, targetFor(services('ssh', 'ftp'), switchOff('ssh')));
    expect([bad(own), of(own, 'SSH answers')?.why]).toEqual([[], 'the plan switches it off']);
    await at.router.clearFaults();
    expect(bad(await at.checks.after(at.link, HARMLESS))).toEqual([]);
  });

  test('another host key is no way in', async () => {
    await using at = await edge();
    await at.checks.before(at.link);
    at.router.changeHostKey();
    expect(bad(await at.checks.after(at.link, HARMLESS))).toEqual(['SSH answers: fail']);
  });

  test('SSH that did not answer before is not asked for after', async () => {
    await using at = await edge();
    await at.router.fault({ service: 'ssh', action: { kind: 'refuse' } });
    await at.checks.before(at.link);
    expect(of(await at.checks.after(at.link, HARMLESS), 'SSH answers')).toBeUndefined();
  });

  test('without SSH nothing is opened', async () => {
    await using at = await edge({ ssh: false });
    await at.checks.before(at.link);
    await at.checks.after(at.link, HARMLESS);
    expect(at.visits()).toBe(0);
  });
});

describe('what was declared', () => {
  test('is refused before anything is asked when it is no check', () => {
    const device = { facts: { version: '7.20.6', absentMenus: [] } };
    expect(() => healthChecks({ declared: ['reboot'], catalog, device })).toThrow(InputError);
  });

  test('fails when it held before, waits for a person when it did not, and is not asked for where it is required only if it held', async () => {
    const declared = [
      'interface ether4 running',
      'interface ether2 running',
      'interface ether3 running (if it held before)',
      'interface ether5 running (if it held before)',
      'interface ether4 running',
    ];
    await using at = await edge({ ssh: false, declared });
    await at.checks.before(at.link);
    for (const name of ['ether3', 'ether4'])
      at.router.edit('/interface', at.router.rows('/interface').find((row) => row['name'] === name)?.['.id'], { running: 'false' });
    const own = targetFor(
      { interface: ['ether3', 'ether4'].map((name) => ({ name, type: 'ether' })) },
      ...['ether3', 'ether4'].map((name): Intent => ({ verb: 'set', capability: 'interface', where: { name }, values: { mtu: '1400' } })),
    );
    const results = await at.checks.after(at.link, own);
    expect(bad(results)).toEqual([
      'interface ether4 running: fail',
      'interface ether2 running: inconclusive',
      'interface ether3 running (if it held before): fail',
    ]);
    expect(of(results, 'interface ether2 running')).toMatchObject({
      before: 'not running',
      after: 'not running',
      why: 'it did not hold before',
    });
    expect(results.filter(({ check }) => check.includes('ether5'))).toEqual([]);
    expect(at.router.requests().filter(({ path }) => path.includes('name=ether5'))).toHaveLength(1);
  });

  test('passes when the change is what made it hold', async () => {
    await using at = await edge({ ssh: false, declared: ['interface ether2 running'] });
    await at.checks.before(at.link);
    at.router.edit('/interface', at.router.rows('/interface').find((row) => row['name'] === 'ether2')?.['.id'], { running: 'true' });
    const result = of(await at.checks.after(at.link, HARMLESS), 'interface ether2 running');
    expect(result).toEqual({
      check: 'interface ether2 running',
      verdict: 'pass',
      before: 'not running',
      after: 'running',
      why: 'it did not hold before',
    });
  });

  test('what a line that breaks cannot tell is thrown, so that it is asked again', async () => {
    await using at = await edge({ ssh: false, declared: ['ping 10.10.99.1'] });
    await at.checks.before(at.link);
    await at.router.fault({ path: '/tool/ping', action: { kind: 'reset' }, nth: 1 });
    const target: Target = HARMLESS;
    await expect(at.checks.after(at.link, target)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(bad(await at.checks.after(at.link, target))).toEqual([]);
  });
});
