import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { sshLogin } from './ssh-client.ts';
import { call } from './support.ts';

const LIST = '/ip/firewall/address-list';
const ROW = { list: 'l', address: '192.0.2.1' };
const IDENTITY = '/system/identity';
let simulator: Simulator;
let edge: SimulatedRouter;
beforeAll(async () => {
  simulator = await startSimulator({ https: true, ssh: true });
  [edge] = simulator.routers as [SimulatedRouter];
});
afterEach(() => edge.clearFaults());
afterAll(() => simulator.close());

const name = () => call(edge, 'GET', IDENTITY);
const broken = /ECONNRESET|hang up/;

/** The bytes of an answer as they came, and in how many pieces. */
function raw(): Promise<{ text: string; pieces: number }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(edge.url);
    const auth = Buffer.from(`${edge.username}:${edge.password}`).toString('base64');
    const pieces: (Buffer | string)[] = [];
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET /rest${IDENTITY} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ${auth}\r\n\r\n`),
    );
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('error', reject);
    socket.on('close', () => resolve({ text: pieces.join(''), pieces: pieces.length }));
  });
}

describe('an answer that does not come at once', () => {
  test('in pieces, and the same in the end', async () => {
    const whole = await raw();
    await edge.fault({ action: { kind: 'slice', bytes: 20, everyMs: 2 } });
    const sliced = await raw();
    const undated = (text: string) => text.replace(/^(?:Date|Expires): .*$/gm, '');
    expect(undated(sliced.text)).toBe(undated(whole.text));
    expect(sliced.pieces).toBeGreaterThan(whole.pieces + 2);
    expect((await name()).body).toEqual({ name: 'edge-1' });
  });

  test('no faster than the line is, over SSH too', async () => {
    await edge.fault({ action: { kind: 'bandwidth', bytesPerSecond: 2_000 } });
    expect((await name()).body).toEqual({ name: 'edge-1' });
    await using login = await sshLogin(edge);
    expect((await login.run('/system identity print')).text).toContain('name: edge-1');
    expect(edge.requests().at(-1)).toMatchObject({ service: 'ssh', fault: 'bandwidth' });
  });

  test('whole, on a connection that stays open', async () => {
    await edge.fault({ action: { kind: 'slow-close', ms: 60_000 } });
    const { hostname, port } = new URL(edge.url);
    let closed = false;
    let line: Socket | undefined;
    const got = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(`GET /rest${IDENTITY} HTTP/1.1\r\nHost: x\r\n\r\n`));
      line = socket;
      socket.on('close', () => {
        closed = true;
      });
      socket.on('error', reject);
      socket.on('data', (bytes) => setTimeout(() => resolve(`${bytes}`), 20));
    });
    expect([got.endsWith('}'), closed]).toEqual([true, false]);
    line?.destroy();
  });

  test('later, and by how much is a matter of the seed', async () => {
    const waits = async () => {
      const slept: number[] = [];
      const clock = { now: () => 0, monotonic: () => 0, sleep: async (ms: number) => void slept.push(ms) };
      await using other = await startSimulator({ clock });
      const [router] = other.routers as [SimulatedRouter];
      await router.fault({ action: { kind: 'delay', ms: 100, jitterMs: 50 } });
      for (let left = 5; left > 0; left -= 1) await router.exchange({ method: 'GET', url: `/rest${IDENTITY}` });
      return slept;
    };
    const slept = await waits();
    expect(new Set(slept).size).toBeGreaterThan(1);
    expect(slept.every((ms) => ms >= 100 && ms <= 150)).toBe(true);
    expect(await waits()).toEqual(slept);
  });
});

describe('a door', () => {
  test('that nothing listens at, until it listens again on the same port', async () => {
    const { url } = edge;
    await edge.fault({ service: 'www', action: { kind: 'refuse' } });
    await expect(name()).rejects.toThrow('ECONNREFUSED');
    await (await sshLogin(edge))[Symbol.asyncDispose]();
    await edge.clearFaults();
    expect([(await name()).status, edge.url]).toEqual([200, url]);
  });

  test('that takes a connection and says nothing, once', async () => {
    await edge.fault({ service: 'ssh', nth: 1, action: { kind: 'half-open' } });
    await expect(sshLogin(edge, { readyTimeout: 50 })).rejects.toThrow('Timed out while waiting for handshake');
    await (await sshLogin(edge))[Symbol.asyncDispose]();
    expect(edge.faults()).toMatchObject([{ seen: 2, fired: 1 }]);
  });

  test('that takes so many at once', async () => {
    await edge.fault({ service: 'www', action: { kind: 'session-limit', sessions: 1 } });
    const { hostname, port } = new URL(edge.url);
    const first = connect(Number(port), hostname);
    await new Promise((resolve) => first.once('connect', resolve));
    await expect(name()).rejects.toThrow(broken);
    first.destroy();
    await expect
      .poll(() =>
        name().then(
          (reply) => reply.status,
          () => 0,
        ),
      )
      .toBe(200);
  });
});

describe('a router under strain', () => {
  test('answers 500 to those beyond so many in a while, and recovers', async () => {
    let at = 0;
    const clock = { now: () => at, monotonic: () => at, sleep: async () => undefined };
    await using other = await startSimulator({ clock });
    const [router] = other.routers as [SimulatedRouter];
    await router.fault({ load: { requests: 3, withinMs: 1_000 }, action: { kind: 'answer', status: 500 } });
    const status = async () => {
      const outcome = await router.exchange({ method: 'GET', url: '/rest/x' });
      return outcome.fate === 'answer' ? outcome.status : outcome.fate;
    };
    const seen = [];
    for (at = 0; at < 500; at += 100) seen.push(await status());
    expect(seen).toEqual([401, 401, 401, 500, 500]);
    at = 1_150;
    expect(await status()).toBe(500);
    at = 3_000;
    expect(await status()).toBe(401);
  });

  test('mixes up its answers after a client has hung up, for a while', async () => {
    let jump = 0;
    const clock = {
      now: () => Date.now(),
      monotonic: () => performance.now() + jump,
      sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    };
    await using other = await startSimulator({ clock });
    const [router] = other.routers as [SimulatedRouter];
    const ask = () =>
      call(router, 'GET', IDENTITY).then(
        (reply) => (reply.status === 200 ? JSON.stringify(reply.body) : String(reply.status)),
        () => 'broken',
      );
    await router.fault({ path: LIST, nth: 1, action: { kind: 'delay', ms: 400 } });
    await router.fault({ action: { kind: 'abort-corruption' } });
    expect(await ask()).toBe('{"name":"edge-1"}');
    const hangUp = http.get(`${router.url}/rest${LIST}`, { agent: false, auth: `${router.username}:${router.password}` });
    hangUp.on('error', () => undefined);
    await expect.poll(() => router.requests().at(-1)?.path).toBe(LIST);
    hangUp.destroy();
    await expect.poll(() => router.requests().at(-1)?.status).toBe(200);
    const answers = new Set<string>();
    for (let left = 20; left > 0; left -= 1) answers.add(await ask());
    const foreign = [...answers].filter((answer) => answer.includes('"list"'));
    expect(answers).toContain('broken');
    expect(foreign).toHaveLength(1);
    jump = 2_400;
    expect(await ask()).toBe('{"name":"edge-1"}');
  });

  test('without that rule nobody minds an abort', async () => {
    await edge.fault({ nth: 1, action: { kind: 'delay', ms: 400 } });
    const hangUp = http.get(`${edge.url}/rest${IDENTITY}`, { agent: false });
    hangUp.on('error', () => undefined);
    await expect.poll(() => edge.requests().at(-1)?.fault).toBe('delay');
    hangUp.destroy();
    for (let left = 5; left > 0; left -= 1) expect((await name()).body).toEqual({ name: 'edge-1' });
  });

  test('has no room for what is written, and is read as ever', async () => {
    await edge.fault({ action: { kind: 'disk-full' } });
    expect(await call(edge, 'PUT', LIST, ROW)).toMatchObject({ status: 400, body: { detail: 'failure: not enough disk space' } });
    expect((await name()).status).toBe(200);
    await using login = await sshLogin(edge);
    expect((await login.run(`/ip firewall address-list add list=l address=192.0.2.2`)).text).toBe('failure: not enough disk space\r\n');
    expect((await login.run('/system identity print')).text).toContain('edge-1');
    expect(edge.rows(LIST).some((row) => row['list'] === 'l')).toBe(false);
  });

  test('answers with the body of another menu', async () => {
    await edge.fault({ path: IDENTITY, nth: 1, action: { kind: 'wrong-body', of: '/ip/dns' } });
    expect(Object.keys((await name()).body)).toContain('servers');
    expect((await name()).body).toEqual({ name: 'edge-1' });
  });

  test('believes it is another time', async () => {
    const date = async () => (await call(edge, 'GET', '/system/clock')).body.date;
    const before = await date();
    await edge.fault({ nth: 1, action: { kind: 'clock-jump', ms: -3 * 86_400_000 } });
    expect(Date.parse(await date())).toBe(Date.parse(before) - 3 * 86_400_000);
    edge.jumpClock(3 * 86_400_000);
    expect(await date()).toBe(before);
  });
});

describe('a start', () => {
  test('breaks connections, shuts all doors, and ends; nothing was done', async () => {
    await using login = await sshLogin(edge);
    await edge.fault({ method: 'PUT', nth: 1, action: { kind: 'reboot', ms: 300 } });
    const before = edge.rows(LIST).length;
    const hungUp = new Promise<void>((resolve) => login.client.once('close', () => resolve()));
    await expect(call(edge, 'PUT', LIST, ROW)).rejects.toThrow(broken);
    await hungUp;
    expect(edge.rows(LIST)).toHaveLength(before);
    await expect(name()).rejects.toThrow(/ECONNREFUSED|ECONNRESET|hang up/);
    await expect
      .poll(
        () =>
          name().then(
            (reply) => reply.status,
            () => 0,
          ),
        { timeout: 10_000 },
      )
      .toBe(200);
    await (await sshLogin(edge))[Symbol.asyncDispose]();
    expect(edge.rows('/log').some((row) => row['message'] === 'router rebooted')).toBe(true);
  });

  test('after the write, when told so; it is over when the clock says so', async () => {
    await edge.fault({ method: 'PUT', nth: 1, action: { kind: 'reboot', effect: true, ms: 3_600_000 } });
    const before = edge.rows(LIST).length;
    await expect(call(edge, 'PUT', LIST, ROW)).rejects.toThrow(broken);
    expect(edge.rows(LIST)).toHaveLength(before + 1);
    await expect.poll(() => name().catch((thrown: Error) => thrown.message)).toContain('ECONNREFUSED');
    simulator.setClockOffset(3_600_001);
    await expect
      .poll(() =>
        name().then(
          (reply) => reply.status,
          () => 0,
        ),
      )
      .toBe(200);
  });
});

describe('commands over SSH meet the same faults', () => {
  const ADD = '/ip firewall address-list add list=over-ssh address=192.0.2.9';
  const added = () => edge.rows(LIST).filter((row) => row['list'] === 'over-ssh').length;

  test('words of refusal, a reply that is lost after the effect, a reset before it', async () => {
    await edge.fault({ service: 'ssh', method: 'write', nth: 1, action: { kind: 'answer', status: 400, detail: 'failure: not now' } });
    await edge.fault({ service: 'ssh', path: '*over-ssh*', nth: 2, action: { kind: 'reset' } });
    await edge.fault({ service: 'ssh', path: '*over-ssh*', nth: 3, action: { kind: 'lose-reply' } });
    await using login = await sshLogin(edge);
    expect(await login.run(ADD)).toEqual({ text: 'failure: not now\r\n', status: 0 });
    await expect(login.run(ADD)).rejects.toThrow('broke');
    expect(added()).toBe(0);
    const again = await sshLogin(edge);
    await expect(again.run(ADD)).rejects.toThrow('broke');
    expect(added()).toBe(1);
  });

  test('silence, while another session is served', async () => {
    await edge.fault({ service: 'ssh', nth: 1, action: { kind: 'hang' } });
    await using login = await sshLogin(edge);
    const hanging = login.run(ADD).then(
      () => 'answered',
      () => 'broken',
    );
    await using other = await sshLogin(edge);
    expect((await other.run('/system identity print')).text).toContain('edge-1');
    expect(await Promise.race([hanging, new Promise((resolve) => setTimeout(() => resolve('waiting'), 30))])).toBe('waiting');
  });
});

test('rules count how often they matched and decided', async () => {
  await edge.fault({ path: IDENTITY, nth: [2, 3], action: { kind: 'delay', ms: 1 } });
  for (let left = 4; left > 0; left -= 1) await name();
  await call(edge, 'GET', '/system/clock');
  expect(edge.faults()).toMatchObject([{ rule: { path: IDENTITY }, seen: 4, fired: 2 }]);
});
