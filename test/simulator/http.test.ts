import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { call } from './support.ts';

let simulator: Simulator;
let edge: SimulatedRouter;
beforeAll(async () => {
  simulator = await startSimulator({ routers: 1, latencyMs: 5 });
  edge = simulator.routers[0] as SimulatedRouter;
});
afterAll(() => simulator.close());

test('a wrong or missing login gets exactly the 401 body and no detail', async () => {
  for (const login of [null, { name: 'admin', password: 'wrong' }, { name: 'nobody', password: '' }]) {
    const reply = await call(edge, 'GET', '/system/identity', undefined, login);
    expect(reply.status).toBe(401);
    expect(reply.text).toBe('{"error":401,"message":"Unauthorized"}');
  }
});

test('answers carry the headers of RouterOS and end the connection', async () => {
  const reply = await call(edge, 'GET', '/system/identity');
  expect(Object.keys(reply.headers).sort()).toEqual([
    'cache-control',
    'connection',
    'content-length',
    'content-type',
    'date',
    'expires',
    'x-frame-options',
  ]);
  const kept = await fetch(`${edge.url}/rest/system/identity`, { headers: { connection: 'keep-alive' } });
  expect(kept.headers.get('connection')).toBe('close');
  expect(reply.headers['content-type']).toBe('application/json');
});

test('a body that is not a JSON object is refused', async () => {
  for (const body of ['{"list":', 'list=x', '[]', '"x"']) {
    const reply = await call(edge, 'PUT', '/ip/firewall/address-list', body);
    expect([body, reply.status, typeof reply.body.error]).toEqual([body, 400, 'number']);
  }
});

test('requests of one account wait for each other, and the most under way at once is remembered', async () => {
  // The first is held until all four have arrived, however slow the machine is.
  const held: (() => void)[] = [];
  const clock = { now: () => 0, monotonic: () => 0, sleep: () => new Promise<void>((resolve) => held.push(resolve)) };
  await using slow = await startSimulator({ latencyMs: 1, clock });
  const [router] = slow.routers;
  if (!router) throw new Error('one router was asked for');
  const asked = Array.from({ length: 4 }, () => call(router, 'GET', '/system/resource'));
  await vi.waitUntil(() => router.maxInFlight === 4, { timeout: 60_000 });
  const letGo = setInterval(() => held.shift()?.(), 1);
  await Promise.all(asked);
  clearInterval(letGo);
  const entries = router.requests();
  expect(entries.map((entry) => entry.status)).toEqual([200, 200, 200, 200]);
  expect(Math.max(...entries.map((entry) => entry.inFlight))).toBe(4);
});

test('the second request starts when the first has been answered', async () => {
  const sleepers: (() => void)[] = [];
  const clock = { now: () => 0, monotonic: () => 0, sleep: () => new Promise<void>((resolve) => sleepers.push(resolve)) };
  await using slow = await startSimulator({ latencyMs: 1, clock });
  const [router] = slow.routers;
  if (!router) throw new Error('one router was asked for');
  const ask = (url: string) => router.exchange({ method: 'GET', url });
  const [first, second] = [ask('/rest/ip/dns'), ask('/rest/ip/address')];
  await new Promise((resolve) => setImmediate(resolve));
  expect(sleepers).toHaveLength(1);
  sleepers[0]?.();
  await first;
  await new Promise((resolve) => setImmediate(resolve));
  expect(sleepers).toHaveLength(2);
  sleepers[1]?.();
  expect(await second).toMatchObject({ fate: 'answer', status: 401 });
});

test('the log of requests says what was asked and that a login came, never what it said', async () => {
  await call(edge, 'PUT', '/ip/firewall/address-list', { list: 'x', address: '192.0.2.7' });
  await call(edge, 'GET', '/ip/dns', undefined, null);
  const [put, get] = edge.requests().slice(-2);
  expect(put).toMatchObject({ method: 'PUT', path: '/ip/firewall/address-list', write: true, authorized: true, status: 201 });
  expect(get).toMatchObject({ method: 'GET', path: '/ip/dns', write: false, authorized: false, status: 401 });
  expect(JSON.stringify(edge.requests())).not.toContain('Basic');
  expect(JSON.stringify(edge.requests())).not.toContain(edge.password);
});

test('a source the service does not take is cut off without an answer', async () => {
  edge.edit('/ip/service', 'www', { address: '192.0.2.0/24' });
  await expect(call(edge, 'GET', '/system/identity')).rejects.toThrow('socket hang up');
  edge.edit('/ip/service', 'www', { address: '' });
  expect((await call(edge, 'GET', '/system/identity')).status).toBe(200);
  edge.edit('/user', 'admin', { address: '192.0.2.0/24' });
  await expect(call(edge, 'GET', '/system/identity')).rejects.toThrow('socket hang up');
  edge.edit('/user', 'admin', { address: '' });
});

test('a service that is switched off does not answer', async () => {
  edge.edit('/ip/service', 'www', { disabled: 'true' });
  await expect(call(edge, 'GET', '/system/identity')).rejects.toThrow(/ECONNRESET|hang up/);
  edge.edit('/ip/service', 'www', { disabled: 'false' });
});

test('what is no REST path is not found', async () => {
  expect(
    (await fetch(`${edge.url}/webfig/`, { headers: { authorization: `Basic ${btoa(`${edge.username}:${edge.password}`)}` } })).status,
  ).toBe(404);
});
