import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exposureOf, Secret } from '../../src/lib/index.ts';
import type { HopInput, Operator } from '../../src/lib/operator.ts';
import { type SimulatedRouter, startSimulator } from '../../src/simulator/index.ts';
import { HOUR } from './clocks.ts';
import { ANN, EDGE, enrol, type Rig, refusal, startRig } from './rig.ts';

const hop = (router: SimulatedRouter): HopInput => ({
  host: '127.0.0.1',
  port: router.sshPort ?? 0,
  username: router.username,
  password: new Secret(router.password),
  hostKeys: [router.hostKey ?? ''],
});

/** Three routers with all doors, two of them jump hosts. */
async function startChain() {
  const names = ['edge', 'outer', 'inner'];
  const simulator = await startSimulator({ specs: names.map((name) => ({ recording: EDGE, name })), https: true, ssh: true });
  const [edge, outer, inner] = simulator.routers;
  if (!edge || !outer || !inner) throw new Error('no routers');
  for (const one of [outer, inner]) {
    one.changeHostKey();
    one.edit('/ip/ssh', undefined, { 'forwarding-enabled': 'local' });
  }
  return { simulator, edge, outer, inner };
}

const behind = (operator: Operator, edge: SimulatedRouter, via: readonly HopInput[]) =>
  enrol(operator, edge, {
    address: edge.httpsUrl ?? '',
    fingerprint: edge.certificate?.fingerprint256 ?? '',
    ssh: { port: edge.sshPort ?? 0, hostKeys: [edge.hostKey ?? ''] },
    via,
  });

describe('a router behind two jump hosts', () => {
  test('is enrolled, read, sampled, exported and tested over them, and served by SSH where REST is off', async () => {
    await using rig = await startRig({ strangers: true, store: 'file' });
    const { simulator, edge, outer, inner } = await startChain();
    await using _closed = simulator;
    const view = await behind(rig.operator, edge, [hop(outer), hop(inner)]);
    expect(view.via?.map(({ port }) => port)).toEqual([outer.sshPort, inner.sshPort]);
    expect(exposureOf(view)).toBeUndefined();
    expect((await rig.fleet.read({ device: 'edge', capability: 'dns' })).transport).toBe('rest');
    expect((await rig.operator.testDevice('edge')).steps.map(({ name, ok }) => `${name}: ${ok}`)).toContain('read over SSH: true');
    expect(await rig.operator.seeDevice('edge')).toMatchObject({
      certificate: { accepted: true },
      hostKey: { accepted: true, seen: edge.hostKey },
    });
    await edge.fault({ service: 'www-ssl', action: { kind: 'refuse' } });
    expect((await rig.fleet.read({ device: 'edge', capability: 'dns' })).transport).toBe('ssh');
    expect(await rig.fleet.sample('edge')).toMatchObject({ status: 'up', transport: 'ssh' });
    expect((await rig.fleet.export({ device: 'edge', menu: '/ip/dns' })).transport).toBe('ssh');
    const kept = readFileSync(path.join(rig.dataDir, 'fleet.db'));
    for (const { password } of [edge, outer, inner]) expect(kept.includes(password)).toBe(false);
  });

  test('the sight of it names what is not accepted any more, and sends the router nothing', async () => {
    await using rig = await startRig({ strangers: true });
    const { simulator, edge, outer } = await startChain();
    await using _closed = simulator;
    await behind(rig.operator, edge, [hop(outer)]);
    edge.replaceCertificate();
    edge.changeHostKey();
    const before = edge.requests().length;
    expect(await rig.operator.seeDevice('edge')).toMatchObject({
      certificate: { accepted: false },
      hostKey: { accepted: false, seen: edge.hostKey },
    });
    expect(edge.requests().length).toBe(before);
    outer.changeHostKey();
    expect((await refusal(rig.operator.seeDevice('edge'))).code).toBe('HOST_KEY_CHANGED');
  });
});

describe('a survey', () => {
  const surveys = (rig: Rig): number => rig.router.requests().filter(({ path: asked }) => asked === '/system/license').length;

  test('older than a day is asked again on a read, on the side and once', async () => {
    await using rig = await startRig({ store: 'memory' });
    await rig.fleet.read({ device: 'edge-1', capability: 'dns' });
    const at = (await rig.fleet.device('edge-1')).facts.survey?.readAt ?? 0;
    const first = surveys(rig);
    expect([at > 0, first > 0]).toEqual([true, true]);
    rig.clock.advance(23 * HOUR);
    await rig.fleet.read({ device: 'edge-1', capability: 'dns' });
    expect(surveys(rig)).toBe(first);
    rig.clock.advance(2 * HOUR);
    await Promise.all([1, 2, 3, 4].map(() => rig.fleet.read({ device: 'edge-1', capability: 'dns' })));
    await expect.poll(async () => (await rig.fleet.device('edge-1')).facts.survey?.readAt ?? 0, { timeout: 10_000 }).toBeGreaterThan(at);
    await rig.fleet.read({ device: 'edge-1', capability: 'dns' });
    // Once more, however many asked.
    expect(surveys(rig)).toBe(first * 2);
  });
});

describe('a plan that is being applied', () => {
  test('keeps another address out, and only as long as it lasts', async () => {
    await using rig = await startRig({ store: 'file' });
    const device = await rig.fleet.device('edge-1');
    const other = await rig.open(ANN);
    const { view } = await rig.fleet.plan({
      device: 'edge-1',
      intents: [{ verb: 'set', capability: 'dns', values: { servers: '192.0.2.9' } }],
    });
    await rig.operator.approve(view?.plan.id ?? '');
    await rig.router.fault({ method: 'write', action: { kind: 'delay', ms: 1_500 } });
    const applying = rig.fleet.apply({ planId: view?.plan.id ?? '' });
    await expect.poll(async () => (await rig.fleet.showPlan(view?.plan.id ?? '')).state, { timeout: 10_000 }).toBe('executing');
    expect((await refusal(other.updateDevice('edge-1', { address: rig.router.url }))).code).toBe('PLAN_STATE');
    expect((await applying).state).toBe('completed');
    expect((await other.updateDevice('edge-1', { address: rig.router.url })).revision).toBeGreaterThan(device.revision);
    await other.close();
  });
});
