import { describe, expect, test } from 'vitest';
import type { Fleet } from '../../src/lib/index.ts';
import { callTool } from '../../src/mcp/call.ts';
import { registry } from '../../src/mcp/index.ts';
import { outputSchemaOf } from '../../src/mcp/schema.ts';
import { defineTool, LOOKS_INSIDE } from '../../src/mcp/tool.ts';

/** A fleet that must not be asked: what is wrong with a request is found before. */
const untouchable = new Proxy(
  {},
  {
    get: (_target, name) => {
      throw new Error(`the fleet was asked: ${String(name)}`);
    },
  },
) as Fleet;

const log: string[] = [];
const context = {
  fleet: untouchable,
  signal: new AbortController().signal,
  keep: <Result>(work: Promise<Result>) => work,
  log: (line: string) => log.push(line),
};

async function call(name: string, args: unknown) {
  const tool = registry.find(name);
  if (!tool) throw new Error(`no tool ${name}`);
  const { structured, isError, text } = await callTool(tool, args, context);
  return {
    ...(structured as {
      ok: boolean;
      error: { code: string; message: string; retryable: boolean; hint: string; details: Record<string, unknown> };
    }),
    isError,
    text,
  };
}

describe('arguments', () => {
  test('that do not exist are refused with the names there are', async () => {
    const { ok, isError, error, text } = await call('get_dns_status', { device_id: 'edge-1', device: 'edge-1' });
    expect({ ok, isError }).toEqual({ ok: false, isError: true });
    expect(error).toMatchObject({
      code: 'INVALID_INPUT',
      retryable: false,
      details: { unknown: ['device'], allowed: ['device_id', 'fields'] },
    });
    expect(error.hint).toBe('It takes: device_id, fields.');
    expect(text).toContain('INVALID_INPUT');
  });

  test('of a prototype are unknown names like any other', async () => {
    const { error } = await call('get_dns_status', JSON.parse('{"device_id":"edge-1","__proto__":{"x":1},"constructor":1}'));
    expect(error.details['unknown']).toEqual(['__proto__', 'constructor']);
  });

  test('that are needed are asked for, with an example', async () => {
    const { error } = await call('get_dns_status', {});
    expect(error).toMatchObject({ code: 'INVALID_INPUT', hint: 'For example device_id: "edge-01"', details: { field: 'device_id' } });
  });

  test.each([
    ['list_interfaces', { device_id: 7 }, 'device_id'],
    ['list_interfaces', { device_id: 'edge-1', limit: '10' }, 'limit'],
    ['list_interfaces', { device_id: 'edge-1', limit: 0 }, 'limit'],
    ['list_interfaces', { device_id: 'edge-1', limit: 1.5 }, 'limit'],
    ['list_interfaces', { device_id: 'edge-1', running: 'yes' }, 'running'],
    ['list_interfaces', { device_id: 'edge-1', fields: 'name' }, 'fields'],
    ['list_interfaces', { device_id: 'edge-1', fields: [1] }, 'fields'],
    ['list_interfaces', { device_id: 'edge-1', cursor: 'nonsense' }, 'cursor'],
    ['list_interfaces', { device_id: 'edge-1', cursor: Buffer.from('{"skip":-1}').toString('base64url') }, 'cursor'],
    ['list_devices', { environment: 'production' }, 'environment'],
    ['list_devices', { tags: ['north'] }, 'tags'],
    ['plan_dns_change', { device_id: 'edge-1', cache_size: 1 }, 'cache_size'],
    ['plan_dns_change', { device_id: 'edge-1', servers: '9.9.9.9' }, 'servers'],
    ['plan_dns_change', { device_id: 'edge-1', more: ['vrf'] }, 'more'],
    ['plan_ip_address_change', { device_id: 'edge-1', verb: 'move' }, 'verb'],
    ['plan_ip_address_change', { device_id: 'edge-1', verb: 'remove' }, 'row'],
    ['plan_ip_address_change', { device_id: 'edge-1', verb: 'set', comment: 'x' }, 'row'],
    ['plan_change', { device_id: 'edge-1', capability: 'system-resource', verb: 'set', values: ['version=1'] }, 'verb'],
    ['plan_change', { device_id: 'edge-1', capability: 'dns', verb: 'add', values: ['servers=1.1.1.1'] }, 'verb'],
    ['get_plan', { plan_id: 'pln_x', show: 'everything' }, 'show'],
    ['echo', { message: 'x'.repeat(1_001) }, 'message'],
  ])('%s %j: the wrong one is named', async (tool, args, field) => {
    const { error, isError } = await call(tool, args);
    expect(isError).toBe(true);
    expect(error.code).toMatch(/^(?:INVALID_INPUT|READ_ONLY)$/);
    expect(error.details['field']).toBe(field);
    expect(error.hint).not.toBe('');
  });

  test.each([
    ['plan_ip_address_change', { device_id: 'e', verb: 'add', address: '192.0.2.1/24', interface: 'x', row: ['*1'] }, 'row'],
    ['plan_firewall_filter_change', { device_id: 'e', verb: 'remove', row: ['*1'], before: ['*2'] }, 'before'],
    ['plan_firewall_filter_change', { device_id: 'e', verb: 'add', chain: 'input', action: 'drop', unset: ['comment'] }, 'unset'],
    ['plan_firewall_filter_change', { device_id: 'e', verb: 'remove', row: ['*1'], comment: 'x' }, 'values'],
    ['plan_dns_change', { device_id: 'e' }, 'Nothing to set'],
  ])('%s %j: a part the verb does not take is not dropped silently', async (tool, args, word) => {
    const { error } = await call(tool, args);
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.message).toContain(word);
  });

  test('that are no object are refused', async () => {
    for (const args of [[], 'x', 7, null]) expect((await call('list_plans', args)).error.code).toBe('INVALID_INPUT');
  });
});

describe('what goes wrong inside', () => {
  const broken = defineTool({
    name: 'broken',
    title: 'Broken',
    description: 'Breaks.\nUse when testing.',
    params: {},
    output: outputSchemaOf({}),
    annotations: LOOKS_INSIDE,
    tier: 'fundamental',
    topic: 'service',
    handler: async () => {
      throw new TypeError('SECRET-hunter2 in /home/x');
    },
  });

  test('leaves as the sentence of a BugError, never as its own text; the log has both under one id', async () => {
    log.length = 0;
    const result = await callTool(broken, {}, context);
    expect(JSON.stringify(result)).not.toContain('hunter2');
    expect(result).toMatchObject({ isError: true, structured: { ok: false, error: { code: 'BUG', retryable: false } } });
    const { error } = result.structured as { error: { details: { request_id: string } } };
    expect(error.details.request_id).toMatch(/^req_/);
    expect(log.join('\n')).toContain(error.details.request_id);
    expect(log.join('\n')).toContain('hunter2');
  });
});
