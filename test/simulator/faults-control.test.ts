import http from 'node:http';
import https from 'node:https';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { recording } from '../../src/simulator/fixtures.ts';
import type { FaultAction } from '../../src/simulator/index.ts';
import { type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { sshLogin } from './ssh-client.ts';
import { call } from './support.ts';

/**
 * Every fault there is, ordered by another process through the control port and seen by a client. The list is complete by its type:
 * a kind without a line here does not compile.
 */
type Kind = FaultAction['kind'];
const IDENTITY = '/system/identity';
const LIST = '/ip/firewall/address-list';
const ROW = { list: 'l', address: '192.0.2.1' };
let simulator: Simulator;
let edge: SimulatedRouter;
beforeAll(async () => {
  simulator = await startSimulator({ specs: [{ recording: 'rb5009_7.20.6' }], https: true, ssh: true, control: true });
  [edge] = simulator.routers as [SimulatedRouter];
});
const clear = () => fetch(`${simulator.controlUrl}/__sim/fault`, { method: 'DELETE' });
afterEach(clear);
afterAll(() => simulator.close());

const order = async (rule: Record<string, unknown>) => {
  const response = await fetch(`${simulator.controlUrl}/__sim/fault`, { method: 'POST', body: JSON.stringify(rule) });
  expect(response.status).toBe(200);
};
const fired = async () => {
  const told = (await (await fetch(`${simulator.controlUrl}/__sim/fault`)).json()) as { routers: { faults: { fired: number }[] }[] };
  return told.routers[0]?.faults[0]?.fired;
};

/** A status, `broken`, or `silent` when nothing came for a while. */
function asked(method = 'GET', path = IDENTITY, body?: unknown): Promise<string> {
  return new Promise((resolve) => {
    const auth = `${edge.username}:${edge.password}`;
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const request = http.request(`${edge.url}/rest${path}`, { method, agent: false, auth, headers }, (reply) => {
      let text = '';
      reply.on('data', (chunk) => {
        text += chunk;
      });
      reply.on('end', () => resolve(`${reply.statusCode} ${text}`));
    });
    request.setTimeout(150, () => {
      resolve('silent');
      request.destroy();
    });
    request.on('error', ({ message }) => resolve(/ECONNREFUSED/.test(message) ? 'refused' : 'broken'));
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
const added = () => edge.rows(LIST).filter((row) => row['list'] === 'l').length;
const timed = async () => {
  const start = performance.now();
  const answer = await asked();
  return { answer, ms: performance.now() - start };
};
const shown = () =>
  new Promise<string>((resolve, reject) => {
    const { port } = new URL(edge.httpsUrl ?? '');
    https
      .get({ host: '127.0.0.1', port, agent: false, rejectUnauthorized: false, path: '/rest/system/identity' }, (reply) => {
        const socket = reply.socket as import('node:tls').TLSSocket;
        resolve(socket.getPeerCertificate().fingerprint256);
      })
      .on('error', reject);
  });

const SEEN: Readonly<Record<Kind, () => Promise<void>>> = {
  answer: async () => {
    await order({ method: 'write', nth: 2, action: { kind: 'answer', status: 500, detail: 'std failure: not allowed (9)' } });
    expect(await asked('PUT', LIST, ROW)).toMatch(/^201/);
    expect(await asked('PUT', LIST, ROW)).toMatch(/^500 .*not allowed \(9\)/);
  },
  'lose-reply': async () => {
    const before = added();
    await order({ method: 'PUT', action: { kind: 'lose-reply' } });
    expect([await asked('PUT', LIST, ROW), added()]).toEqual(['broken', before + 1]);
  },
  reset: async () => {
    const before = added();
    await order({ action: { kind: 'reset' } });
    expect([await asked('PUT', LIST, ROW), added()]).toEqual(['broken', before]);
  },
  delay: async () => {
    await order({ action: { kind: 'delay', ms: 60, jitterMs: 10 } });
    const { answer, ms } = await timed();
    expect(answer).toMatch(/^200/);
    expect(ms).toBeGreaterThan(55);
  },
  hang: async () => {
    const before = added();
    await order({ method: 'write', nth: 3, action: { kind: 'hang' } });
    const answers = [];
    for (let step = 1; step <= 3; step += 1) answers.push((await asked('PUT', LIST, ROW)).slice(0, 3));
    expect([answers, added()]).toEqual([['201', '201', 'sil'], before + 2]);
  },
  'speak-garbage': async () => {
    await order({ action: { kind: 'speak-garbage' } });
    expect(await asked()).toBe('broken');
  },
  drop: async () => {
    await order({ nth: 2, action: { kind: 'drop' } });
    expect((await asked()).slice(0, 3)).toBe('200');
    expect([await asked(), await asked()]).toEqual(['broken', 'broken']);
  },
  slice: async () => {
    await order({ action: { kind: 'slice', bytes: 40, everyMs: 5 } });
    const { answer, ms } = await timed();
    expect(answer).toContain('"edge-1"');
    expect(ms).toBeGreaterThan(20);
  },
  bandwidth: async () => {
    await order({ action: { kind: 'bandwidth', bytesPerSecond: 2_000 } });
    const { answer, ms } = await timed();
    expect(answer).toContain('"edge-1"');
    expect(ms).toBeGreaterThan(50);
  },
  'slow-close': async () => {
    await order({ action: { kind: 'slow-close', ms: 80 } });
    expect(await asked()).toContain('"edge-1"');
  },
  'disk-full': async () => {
    const before = added();
    await order({ action: { kind: 'disk-full' } });
    expect(await asked('PUT', LIST, ROW)).toMatch(/^400 .*not enough disk space/);
    // An export over REST is a file on its disk.
    expect(await asked('POST', '/export', { file: 'x', compact: '' })).toMatch(/^400 .*not enough disk space/);
    expect([(await asked()).slice(0, 3), added()]).toEqual(['200', before]);
  },
  'wrong-body': async () => {
    await order({ nth: 1, action: { kind: 'wrong-body', of: '/ip/dns' } });
    expect(await asked()).toContain('allow-remote-requests');
  },
  'clock-jump': async () => {
    const year = async () => (await call(edge, 'GET', '/system/clock')).body.date.slice(0, 4);
    const before = await year();
    await order({ nth: 1, action: { kind: 'clock-jump', ms: 366 * 86_400_000 } });
    expect(Number(await year())).toBe(Number(before) + 1);
    edge.jumpClock(-366 * 86_400_000);
  },
  reboot: async () => {
    await order({ nth: 1, action: { kind: 'reboot', ms: 50 } });
    expect(await asked()).toBe('broken');
    await expect.poll(async () => (await asked()).slice(0, 3)).toBe('200');
  },
  'abort-corruption': async () => {
    await order({ path: LIST, action: { kind: 'delay', ms: 300 } });
    await order({ action: { kind: 'abort-corruption' } });
    const hungUp = http.get(`${edge.url}/rest${LIST}`, { agent: false, auth: `${edge.username}:${edge.password}` });
    hungUp.on('error', () => undefined);
    await expect.poll(() => edge.requests().at(-1)?.path).toBe(LIST);
    hungUp.destroy();
    await expect.poll(() => edge.requests().at(-1)?.status).toBe(200);
    const answers = [];
    for (let left = 8; left > 0; left -= 1) answers.push(await asked());
    expect(answers.some((answer) => !answer.includes('"edge-1"'))).toBe(true);
  },
  refuse: async () => {
    await order({ service: 'www', action: { kind: 'refuse' } });
    expect(await asked()).toBe('refused');
  },
  'half-open': async () => {
    await order({ service: 'www', nth: 1, action: { kind: 'half-open' } });
    expect([await asked(), (await asked()).slice(0, 3)]).toEqual(['silent', '200']);
  },
  'session-limit': async () => {
    // Every connection is one too many, whatever it speaks.
    await order({ action: { kind: 'session-limit', sessions: 0 } });
    expect(await asked()).toBe('broken');
    await expect(sshLogin(edge)).rejects.toThrow();
  },
  'wrong-certificate': async () => {
    const [own] = [await shown()];
    await order({ action: { kind: 'wrong-certificate' } });
    expect(own).toBe(edge.certificate?.fingerprint256);
    expect(await shown()).not.toBe(own);
  },
  'changed-host-key': async () => {
    await order({ action: { kind: 'changed-host-key' } });
    await using login = await sshLogin(edge);
    expect(login.hostKey).not.toBe(edge.hostKey);
  },
  'refuse-suffix': async () => {
    await order({ action: { kind: 'refuse-suffix' } });
    await expect(sshLogin(edge, { username: `${edge.username}+ct512w` })).rejects.toThrow('authentication');
    await (await sshLogin(edge))[Symbol.asyncDispose]();
  },
};

test.each(Object.keys(SEEN) as Kind[])('%s', async (kind) => {
  await SEEN[kind]();
});

test('500 under load', async () => {
  await order({ load: { requests: 2, withinMs: 60_000 }, action: { kind: 'answer', status: 500 } });
  const statuses = [];
  for (let left = 4; left > 0; left -= 1) statuses.push((await asked()).slice(0, 3));
  expect(statuses).toEqual(['200', '200', '500', '500']);
  expect(await fired()).toBe(2);
});

test('a service takes as many connections at once as its setting says, and older versions know no such limit', async () => {
  edge.edit('/ip/service', '*2', { 'max-sessions': '1' });
  const { hostname, port } = new URL(edge.url);
  const first = connect(Number(port), hostname);
  await new Promise((resolve) => first.once('connect', resolve));
  expect(await asked()).toBe('broken');
  first.destroy();
  await expect.poll(async () => (await asked()).slice(0, 3)).toBe('200');
  edge.edit('/ip/service', '*2', { 'max-sessions': '20' });
  expect(recording('hap-ac2_7.12.1').menus.get('/ip/service')?.[0]).not.toHaveProperty('max-sessions');
});

test('what was written shows in the log and in the history, secrets too', async () => {
  const secret = 'sim-secret-4711';
  await call(edge, 'PUT', '/ppp/secret', { name: 'echoed', password: secret });
  await call(edge, 'PATCH', '/ppp/secret/echoed', { password: `${secret}-2` });
  const log = (await call(edge, 'GET', '/log')).text;
  const history = (await call(edge, 'GET', '/system/history')).body as { redo: string; undo: string }[];
  expect(log).toContain(`password=${secret}`);
  expect(history[1]?.redo).toContain(`password=${secret}`);
  expect(history[0]).toMatchObject({ redo: expect.stringContaining(`${secret}-2`), undo: expect.stringContaining(`password=${secret}`) });
});
