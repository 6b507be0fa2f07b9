import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type FaultRule, type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { call } from './support.ts';

const LIST = '/ip/firewall/address-list';
const ROW = { list: 'l', address: '192.0.2.1' };
let simulator: Simulator;
let edge: SimulatedRouter;
beforeAll(async () => {
  simulator = await startSimulator({ routers: 2, control: true });
  edge = simulator.routers[0] as SimulatedRouter;
});
afterEach(() => edge.clearFaults());
afterAll(() => simulator.close());

const add = () => call(edge, 'PUT', LIST, ROW);
const count = (): number => edge.rows(LIST).length;

test('the second write is refused in the words given, before it takes effect', async () => {
  edge.fault({ method: 'write', nth: 2, action: { kind: 'answer', status: 400, detail: 'failure: not now' } });
  const before = count();
  await call(edge, 'GET', LIST);
  expect((await add()).status).toBe(201);
  await call(edge, 'POST', `${LIST}/print`, {});
  expect(await add()).toMatchObject({ status: 400, body: { detail: 'failure: not now', error: 400, message: 'Bad Request' } });
  expect((await add()).status).toBe(201);
  expect(count()).toBe(before + 2);
});

test('a lost reply: it happened, and nobody heard', async () => {
  edge.fault({ method: 'PUT', path: '/ip/firewall/*', nth: 1, action: { kind: 'lose-reply' } });
  const before = count();
  await expect(add()).rejects.toThrow(/ECONNRESET|hang up/);
  expect(count()).toBe(before + 1);
  expect(edge.requests().at(-1)).toMatchObject({ fault: 'lose-reply', status: undefined });
});

test('a reset: nothing happened', async () => {
  edge.fault({ path: LIST, action: { kind: 'reset' } });
  const before = count();
  await expect(add()).rejects.toThrow(/ECONNRESET|hang up/);
  expect(count()).toBe(before);
  expect((await call(edge, 'GET', '/system/identity')).status).toBe(200);
});

test('a delay: it happens all the same', async () => {
  edge.fault({ nth: 1, action: { kind: 'delay', ms: 20 } });
  expect((await add()).status).toBe(201);
});

test('garbage: bytes that are no HTTP, or the page of something else', async () => {
  edge.fault({ nth: 1, action: { kind: 'speak-garbage' } });
  edge.fault({ nth: 2, action: { kind: 'speak-garbage', as: 'html' } });
  await expect(add()).rejects.toThrow(/Parse Error/);
  const page = await add();
  expect([page.status, page.headers['content-type'], page.body]).toEqual([200, 'text/html', undefined]);
});

test('a hanging request never ends, and others are served meanwhile', async () => {
  edge.fault({ method: 'PUT', nth: 1, action: { kind: 'hang' } });
  const before = count();
  const hanging = add().then(
    () => 'answered',
    () => 'broken',
  );
  expect((await call(edge, 'GET', '/system/identity')).status).toBe(200);
  expect(await Promise.race([hanging, new Promise((resolve) => setTimeout(() => resolve('waiting'), 30))])).toBe('waiting');
  expect(count()).toBe(before);
});

test('dropped for good, until the rules are cleared', async () => {
  edge.fault({ method: 'write', nth: 1, action: { kind: 'drop' } });
  expect((await call(edge, 'GET', '/system/identity')).status).toBe(200);
  for (const attempt of [add, () => call(edge, 'GET', '/system/identity'), add])
    await expect(attempt()).rejects.toThrow(/ECONNRESET|hang up/);
  edge.clearFaults();
  expect((await add()).status).toBe(201);
});

const control = (method: string, path: string, body?: unknown) =>
  fetch(`${simulator.controlUrl}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

test('the control server sets rules, for one router or for all, and takes them back', async () => {
  const rule: FaultRule = { method: 'write', action: { kind: 'answer', status: 400, detail: 'failure: told so' } };
  expect((await control('POST', '/__sim/fault', { ...rule, router: edge.name })).status).toBe(200);
  expect((await add()).body.detail).toBe('failure: told so');
  expect((await call(simulator.routers[1] as SimulatedRouter, 'PUT', LIST, ROW)).status).toBe(201);
  await control('DELETE', '/__sim/fault');
  expect((await add()).status).toBe(201);
  expect((await control('POST', '/__sim/fault', { ...rule, router: 'nobody' })).status).toBe(400);
  expect((await control('POST', '/__sim/fault', { action: { kind: 'explode' } })).status).toBe(400);
  expect((await control('GET', '/elsewhere')).status).toBe(404);
});

test('the control server tells what was asked, and moves the clock', async () => {
  await call(edge, 'GET', '/system/clock');
  const { routers } = (await (await control('GET', `/__sim/log?router=${edge.name}`)).json()) as {
    routers: { name: string; maxInFlight: number; requests: { path: string; authorized: boolean }[] }[];
  };
  expect(routers).toHaveLength(1);
  expect(routers[0]?.requests.at(-1)).toMatchObject({ path: '/system/clock', authorized: true });
  const before = (await call(edge, 'GET', '/system/clock')).body.date;
  await control('POST', '/__sim/clock', { offset: 3 * 86_400_000 });
  expect((await call(edge, 'GET', '/system/clock')).body.date).not.toBe(before);
  expect(await (await control('GET', '/__sim/clock')).json()).toMatchObject({ offset: 259_200_000 });
  await control('POST', '/__sim/clock', { offset: 0 });
});

test('there is no control server unless it is asked for', async () => {
  await using plain = await startSimulator();
  expect(plain.controlUrl).toBeUndefined();
});
