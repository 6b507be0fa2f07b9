import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

const ENTRY = fileURLToPath(new URL('server-entry.ts', import.meta.url));

let world: World;
beforeAll(async () => {
  world = await startWorld({ onDisk: true, specs: [{ recording: 'rb5009_7.20.6', name: 'edge-1', latencyMs: 20 }] });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

interface Served {
  readonly child: ChildProcessWithoutNullStreams;
  send(...messages: readonly object[]): void;
  readonly out: () => string;
  readonly err: () => string;
  /** The answer to the request of this id, as soon as it is there. */
  answer(id: number): Promise<Record<string, unknown>>;
  exit(): Promise<number | null>;
}

function serve(env: Readonly<Record<string, string>> = {}): Served {
  const child = spawn(process.execPath, [ENTRY], { env: { ...world.env, PATH: process.env['PATH'] ?? '', ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const found = (id: number): Record<string, unknown> | undefined =>
    messagesOf(out).find((message) => message['id'] === id && !('method' in message));
  return {
    child,
    send: (...messages) => child.stdin.write(messages.map((message) => `${JSON.stringify(message)}\n`).join('')),
    out: () => out,
    err: () => err,
    answer: async (id) => {
      await expect.poll(() => found(id), { timeout: 20_000, interval: 10 }).toBeDefined();
      return found(id) ?? {};
    },
    exit: () => exited,
  };
}

const messagesOf = (out: string): Record<string, unknown>[] =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const HELLO = [
  {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
  },
  { jsonrpc: '2.0', method: 'notifications/initialized' },
];
const call = (id: number, name: string, args: object, meta?: object): object => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args, ...(meta && { _meta: meta }) },
});

async function approvedPlan(server: string): Promise<string> {
  const { view } = await world.operator.fleet.plan({
    device: 'edge-1',
    intents: [{ verb: 'set', capability: 'dns', values: { servers: [server] } }],
  });
  const planId = view?.plan.id ?? '';
  await world.operator.approve(planId);
  return planId;
}

describe('a server process', () => {
  test('writes nothing but protocol to stdout; what strays goes to stderr', async () => {
    const server = serve({ MCP_TEST_STRAY: '1' });
    server.send(...HELLO, call(1, 'echo', { message: 'hi' }));
    await server.answer(1);
    server.child.stdin.end();
    expect(await server.exit()).toBe(0);
    expect(messagesOf(server.out()).every((message) => message['jsonrpc'] === '2.0')).toBe(true);
    expect(server.out()).not.toContain('stray');
    expect(server.err()).toContain('stray line on stdout');
    expect(server.err()).toContain('another stray line');
  });

  test('in the modern era says who it is and how long the list of tools holds, to whoever asks', async () => {
    const server = serve();
    const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} };
    const params = { _meta: meta };
    server.send(
      { jsonrpc: '2.0', id: 1, method: 'server/discover', params },
      { jsonrpc: '2.0', id: 2, method: 'tools/list', params },
      // Without a name of the client, which the protocol allows.
      call(3, 'service_health', {}, meta),
    );
    const discovered = (await server.answer(1))['result'] as Record<string, unknown>;
    expect(discovered['supportedVersions']).toContain('2026-07-28');
    expect(discovered['instructions']).toContain('You cannot approve');
    expect(String(discovered['instructions']).length).toBeLessThanOrEqual(2_048);
    expect((await server.answer(2))['result']).toMatchObject({ ttlMs: 300_000, cacheScope: 'private' });
    expect((await server.answer(3))['result']).toMatchObject({
      structuredContent: { ok: true, acting_as: { id: 'agent:unknown', origin: 'stdio' } },
    });
    server.child.stdin.end();
    expect(await server.exit()).toBe(0);
  });

  test('survives lines that are no protocol, and goes on', async () => {
    const server = serve();
    server.send(...HELLO);
    await server.answer(0);
    server.child.stdin.write('this is no JSON\n{"jsonrpc":"2.0"}\n[]\n');
    server.send(call(1, 'echo', { message: 'still here' }));
    expect(await server.answer(1)).toMatchObject({ result: { structuredContent: { message: 'still here' } } });
    server.child.stdin.end();
    expect(await server.exit()).toBe(0);
  });

  test('answers what was asked before stdin closed, then ends by itself', async () => {
    const server = serve();
    server.send(...HELLO, call(1, 'get_dns_status', { device_id: 'edge-1' }));
    server.child.stdin.end();
    expect(await server.exit()).toBe(0);
    expect(messagesOf(server.out()).find(({ id }) => id === 1)).toMatchObject({
      result: { structuredContent: { ok: true, capability: 'dns' } },
    });
  });

  test('ends soon when stdin closes and nothing is under way', async () => {
    const server = serve();
    server.send(...HELLO);
    await server.answer(0);
    const started = performance.now();
    server.child.stdin.end();
    expect(await server.exit()).toBe(0);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test.each([
    ['stdin closes', (server: Served) => server.child.stdin.end()],
    [
      'it is asked to end, even twice',
      (server: Served) => {
        server.child.kill('SIGTERM');
        setTimeout(() => server.child.kill('SIGTERM'), 100);
      },
    ],
  ])('finishes an apply that is under way when %s', async (_when, end) => {
    const planId = await approvedPlan(_when === 'stdin closes' ? '192.0.2.10' : '192.0.2.11');
    // Longer than any grace there is for answers.
    world.routers[0]?.fault({ method: 'write', nth: 1, action: { kind: 'delay', ms: 4_000 } });
    const server = serve();
    server.send(...HELLO, call(1, 'apply_plan', { plan_id: planId }, { progressToken: 'p' }));
    await expect.poll(() => server.out().includes('notifications/progress'), { timeout: 20_000, interval: 5 }).toBe(true);
    expect((await world.operator.fleet.showPlan(planId)).state).toBe('executing');
    end(server);
    expect(await server.exit()).toBe(0);
    world.routers[0]?.clearFaults();
    expect((await world.operator.fleet.showPlan(planId)).state).toBe('completed');
    expect(server.err()).toContain('finished first');
    expect(messagesOf(server.out()).find(({ id }) => id === 1)).toMatchObject({ result: { structuredContent: { applied: true } } });
  });

  test('takes up at its start what a process left that was killed, and says so on stderr alone', async () => {
    const planId = await approvedPlan('192.0.2.12');
    const [router] = world.routers;
    router?.fault({ method: 'write', nth: 1, action: { kind: 'delay', ms: 1_500 } });
    const first = serve();
    first.send(...HELLO, call(1, 'apply_plan', { plan_id: planId }, { progressToken: 'p' }));
    await expect.poll(() => first.out().includes('notifications/progress'), { timeout: 20_000, interval: 5 }).toBe(true);
    first.child.kill('SIGKILL');
    await first.exit();
    router?.clearFaults();
    expect((await world.operator.fleet.jobs({ open: true })).map((job) => [job.planId, job.status])).toEqual([[planId, 'interrupted']]);

    const second = serve();
    second.send(...HELLO, call(1, 'echo', { message: 'not kept waiting' }));
    await second.answer(1);
    await expect.poll(() => second.err(), { timeout: 60_000, interval: 50 }).toContain(planId);
    expect(await world.operator.fleet.jobs({ open: true })).toEqual([]);
    expect(['completed', 'rolled-back', 'failed']).toContain((await world.operator.fleet.showPlan(planId)).state);
    second.child.stdin.end();
    expect(await second.exit()).toBe(0);
    expect(second.err()).toContain('taken up after their process had died');
    expect(messagesOf(second.out()).map(({ id }) => id)).toEqual([0, 1]);
  }, 90_000);

  test('ends when a message is too long to be read, instead of hanging deaf', async () => {
    const server = serve();
    server.send(...HELLO);
    await server.answer(0);
    server.child.stdin.on('error', () => undefined);
    server.send(call(1, 'echo', { message: 'x'.repeat(11 * 1024 * 1024) }));
    expect(await server.exit()).toBe(0);
    expect(messagesOf(server.out()).some(({ id }) => id === 1)).toBe(false);
  });

  test('does not fall when the client stops reading', async () => {
    const server = serve();
    server.send(...HELLO);
    await server.answer(0);
    server.child.stdout.destroy();
    server.send(call(1, 'list_devices', {}), call(2, 'list_devices', {}));
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.child.stdin.end();
    expect(await server.exit()).toBe(0);
  });
});
