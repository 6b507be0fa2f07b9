import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client as NewClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as NewTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

const ENTRY = fileURLToPath(new URL('server-entry.ts', import.meta.url));

type Result = {
  isError?: boolean;
  structuredContent?: Record<string, unknown>;
  content: { type: string; text?: string }[];
  _meta?: Record<string, unknown>;
};

/** What both client lines have in common, as these tests use it. */
interface AnyClient {
  readonly protocol: string | undefined;
  readonly instructions: string | undefined;
  list(): Promise<readonly unknown[]>;
  call(
    name: string,
    args: Record<string, unknown>,
    options?: { onprogress?: (step: { progress: number; message?: string | undefined }) => void; signal?: AbortSignal },
  ): Promise<Result>;
  close(): Promise<void>;
}

let world: World;
beforeAll(async () => {
  world = await startWorld({
    onDisk: true,
    specs: [
      { recording: 'rb5009_7.20.6', name: 'edge-1' },
      { recording: 'rb5009_7.20.6', name: 'edge-2', latencyMs: 60 },
    ],
  });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const parameters = () => ({
  command: process.execPath,
  args: [ENTRY],
  env: { ...world.env, PATH: process.env['PATH'] ?? '' },
  stderr: 'pipe' as const,
});

async function connectOld(): Promise<AnyClient> {
  const client = new OldClient({ name: 'Old Client/1', version: '1.0.0' });
  const transport = new OldTransport(parameters());
  let protocol: string | undefined;
  const set = (version: string): void => {
    protocol = version;
  };
  Object.assign(transport, { setProtocolVersion: set });
  await client.connect(transport);
  return {
    get protocol() {
      return protocol;
    },
    instructions: client.getInstructions(),
    list: async () => (await client.listTools()).tools,
    call: async (name, args, options) => (await client.callTool({ name, arguments: args }, undefined, options)) as Result,
    close: () => client.close(),
  };
}

async function connectNew(): Promise<AnyClient> {
  const client = new NewClient({ name: 'new-client', version: '2.0.0' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new NewTransport(parameters()));
  return {
    protocol: client.getNegotiatedProtocolVersion(),
    instructions: client.getInstructions(),
    list: async () => (await client.listTools()).tools,
    call: async (name, args, options) => (await client.callTool({ name, arguments: args }, options)) as Result,
    close: () => client.close(),
  };
}

describe.each([
  { era: 'the older era, client 1.x', connect: connectOld, protocol: '2025-11-25', actor: 'agent:Old-Client-1' },
  { era: 'the modern era, client 2.x', connect: connectNew, protocol: '2026-07-28', actor: 'agent:new-client' },
])('over stdio, in $era', ({ connect, protocol, actor }) => {
  let client: AnyClient;
  beforeAll(async () => {
    client = await connect();
  });
  afterAll(() => client.close());

  const plan = async (device: string, server: string): Promise<string> => {
    const { structuredContent } = await client.call('plan_dns_change', { device_id: device, servers: [server] });
    return String(structuredContent?.['plan_id']);
  };

  test('speaks its protocol, with instructions and every tool in order', async () => {
    expect(client.protocol).toBe(protocol);
    expect(client.instructions).toContain('You cannot approve');
    // On the wire, in both eras, exactly what is pinned.
    expect(await client.list()).toEqual(JSON.parse(readFileSync(new URL('tools.pin.json', import.meta.url), 'utf8')));
  });

  test('reads a router; the answer fits the schema that was announced', async () => {
    const result = await client.call('get_dns_status', { device_id: 'edge-1' });
    expect(result.isError ?? false).toBe(false);
    expect(result.structuredContent).toMatchObject({ ok: true, device: { name: 'edge-1' }, items: [{ cache_size: 2048 }] });
    expect(result.content).toEqual([{ type: 'text', text: expect.stringContaining('cache_size: 2048') }]);
    expect(result._meta).toMatchObject({ integrity: 'untrusted' });
  });

  test('refuses what does not fit as an error the client passes on', async () => {
    const result = await client.call('get_dns_status', { device: 'edge-1' });
    expect(result.isError).toBe(true);
    expect(result.structuredContent).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', details: { allowed: ['device_id', 'fields'] } },
    });
  });

  test('knows no other tools: that is an error of the protocol', async () => {
    await expect(client.call('approve_plan', { plan_id: 'pln_x' })).rejects.toMatchObject({ code: -32602 });
  });

  test('plans, is refused without an approval, applies with one, and tells every step', async () => {
    const planId = await plan('edge-1', protocol.startsWith('2026') ? '192.0.2.2' : '192.0.2.1');
    const refused = await client.call('apply_plan', { plan_id: planId });
    expect(refused.isError).toBe(true);
    expect(refused.structuredContent).toMatchObject({ ok: false, error: { code: 'APPROVAL_MISSING' } });

    // The person is in another process: the approval travels through the store alone.
    await world.operator.approve(planId);
    const steps: number[] = [];
    const messages: string[] = [];
    const done = await client.call(
      'apply_plan',
      { plan_id: planId },
      {
        onprogress: ({ progress, message }) => {
          steps.push(progress);
          messages.push(message ?? '');
        },
      },
    );
    expect(done.isError ?? false).toBe(false);
    expect(done.structuredContent).toMatchObject({ ok: true, applied: true, state: 'completed' });
    expect(steps.length).toBeGreaterThanOrEqual(3);
    expect(steps).toEqual(steps.map((_, index) => index + 1));
    expect(messages[0]).toMatch(/^edge-1: guard step 1: intent/);
    expect(messages).toContain('edge-1: step 1 of 1: verified');
    expect(messages).toContain('edge-1: now completed');
  });

  test('acts as the client that called, on behalf of the user', async () => {
    const { structuredContent } = await client.call('get_history', { operation: 'plan.create' });
    expect((structuredContent?.['records'] as Record<string, unknown>[] | undefined)?.[0]).toMatchObject({
      actor,
      origin: 'stdio',
      on_behalf_of: expect.stringMatching(/^user:.+/),
    });
  });

  test('when the client stops waiting for an apply, the work goes on to its end', async () => {
    const planId = await plan('edge-2', protocol.startsWith('2026') ? '192.0.2.4' : '192.0.2.3');
    await world.operator.approve(planId);
    const controller = new AbortController();
    const call = client.call(
      'apply_plan',
      { plan_id: planId },
      { signal: controller.signal, onprogress: () => controller.abort(new Error('enough')) },
    );
    await expect(call).rejects.toThrow();
    await expect.poll(async () => (await world.operator.fleet.showPlan(planId)).state, { timeout: 20_000, interval: 50 }).toBe('completed');
    // The connection is as good as before.
    expect((await client.call('echo', { message: 'still here' })).structuredContent).toEqual({ ok: true, message: 'still here' });
  });

  test('hostile router text arrives as cleaned data, labelled', async () => {
    world.routers[0]?.edit('/system/identity', undefined, { name: `\u001b[31mevil\u202E${'z'.repeat(64 * 1024)}` });
    const result = await client.call('device_health', { device_id: 'edge-1' });
    const { identity = '' } = (result.structuredContent?.['health'] ?? {}) as { identity?: string };
    expect(identity.startsWith('evilzzz')).toBe(true);
    expect(identity.length).toBeLessThanOrEqual(512);
    expect(result._meta).toMatchObject({ integrity: 'untrusted' });
    expect(JSON.stringify(result)).not.toMatch(/\\u001b|\u202e/);
  });
});
