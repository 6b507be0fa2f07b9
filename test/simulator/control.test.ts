import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { sshLogin } from './ssh-client.ts';
import { call } from './support.ts';

let simulator: Simulator;
let edge: SimulatedRouter;
let other: SimulatedRouter;
beforeAll(async () => {
  simulator = await startSimulator({ routers: 2, control: true, https: true, ssh: true });
  [edge, other] = simulator.routers as [SimulatedRouter, SimulatedRouter];
});
afterEach(() => control('DELETE', '/__sim/fault'));
afterAll(() => simulator.close());

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(`${simulator.controlUrl}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('a door is shut and opened, and when the answer comes it is done', async () => {
  await control('POST', '/__sim/fault', { router: edge.name, service: 'www', action: { kind: 'refuse' } });
  await expect(call(edge, 'GET', '/system/identity')).rejects.toThrow('ECONNREFUSED');
  expect((await call(other, 'GET', '/system/identity')).status).toBe(200);
  await control('DELETE', '/__sim/fault');
  expect((await call(edge, 'GET', '/system/identity')).status).toBe(200);
});

test('tells its rules, and how often each decided', async () => {
  const rule = { method: 'GET', nth: 2, action: { kind: 'answer', status: 500 } };
  await control('POST', '/__sim/fault', rule);
  await call(edge, 'GET', '/system/identity');
  await call(edge, 'GET', '/system/identity');
  expect((await control('GET', '/__sim/fault')).body).toEqual({
    routers: [
      { name: edge.name, faults: [{ rule, seen: 2, fired: 1 }] },
      { name: other.name, faults: [{ rule, seen: 0, fired: 0 }] },
    ],
  });
});

test('the log tells of commands over SSH too', async () => {
  await using login = await sshLogin(edge);
  await login.run('/system identity print');
  const { routers } = (await control('GET', `/__sim/log?router=${edge.name}`)).body as { routers: { requests: unknown[] }[] };
  expect(routers[0]?.requests.at(-1)).toMatchObject({ service: 'ssh', method: 'SSH', path: '/system identity print', status: 200 });
});

test('moves the clock of one router, or of all', async () => {
  const time = async (router: SimulatedRouter) => Date.parse((await call(router, 'GET', '/system/clock')).body.date);
  const before = [await time(edge), await time(other)] as const;
  await control('POST', '/__sim/clock', { router: edge.name, jump: 2 * 86_400_000 });
  expect([await time(edge), await time(other)]).toEqual([before[0] + 2 * 86_400_000, before[1]]);
  await control('POST', '/__sim/clock', { offset: 86_400_000 });
  expect([await time(edge), await time(other)]).toEqual([before[0] + 3 * 86_400_000, before[1] + 86_400_000]);
  expect((await control('POST', '/__sim/clock', { jump: 'far' })).status).toBe(400);
});

test('gives routers other keys', async () => {
  const before = [edge.certificate?.fingerprint256, edge.hostKey];
  const untouched = [other.certificate?.fingerprint256, other.hostKey];
  const { body } = await control('POST', '/__sim/renew', { router: edge.name, certificate: true, hostKey: true });
  expect(body).toEqual({ routers: [{ name: edge.name, certificate: edge.certificate, hostKey: edge.hostKey }] });
  expect(edge.certificate?.fingerprint256).not.toBe(before[0]);
  expect(edge.hostKey).not.toBe(before[1]);
  expect([other.certificate?.fingerprint256, other.hostKey]).toEqual(untouched);
});

test('what makes no sense is told so', async () => {
  for (const body of [{}, { action: 'reset' }, { action: { kind: 'explode' } }, { router: 'nobody', action: { kind: 'reset' } }])
    expect([body, (await control('POST', '/__sim/fault', body)).status]).toEqual([body, 400]);
  expect((await control('PUT', '/__sim/fault', {})).status).toBe(404);
});
