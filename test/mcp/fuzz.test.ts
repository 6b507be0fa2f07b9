import { afterAll, beforeAll, expect, test } from 'vitest';
import { registry } from '../../src/mcp/index.ts';
import type { Tool } from '../../src/mcp/tool.ts';
import { generator } from '../hostile-bytes.ts';
import { startWorld, type World } from './world.ts';

/**
 * R8 for tools: hostile arguments, made from what each schema says, for every tool there is. Each ends in an answer or in a typed error
 * that names the field; never in a fault of ours, and never in a write.
 */

const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';
const EACH = LONG ? 2_000 : 40;

let world: World;
beforeAll(async () => {
  // Nothing may be written here, whatever is asked: a real fleet, whose policy waits for a person.
  world = await startWorld({ environment: 'prod', allow: [] });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const HOSTILE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  'x'.repeat(10_000),
  '*1',
  '*FFFFFFFFFFFFFFFF1',
  '0.0.0.0/0',
  '1.1.1.1; /system reboot',
  '"] ; /system/reset-configuration',
  '$(reboot)',
  '../../etc/passwd',
  '\u0000',
  '\u001b[2J\u202eowned',
  'name=value=value',
  '__proto__=1',
  [],
  [[]],
  ['a', 1, null],
  ['x'.repeat(5_000)],
  Array.from({ length: 2_000 }, () => 'a=b'),
  {},
  { constructor: 1 },
];

type Schema = {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
};

/** Now and then a value that fits, so that what lies behind the check of types is reached as well. */
function valueFor(name: string, schema: Schema, random: (below: number) => number): unknown {
  if (name === 'device_id' && random(4) > 0) return 'edge-1';
  if (name === 'device_ids' && random(4) > 0) return ['edge-1'];
  if (random(2) === 0) return HOSTILE[random(HOSTILE.length)];
  if (schema.enum) return schema.enum[random(schema.enum.length)];
  if (schema.type === 'boolean') return random(2) === 0;
  if (schema.type === 'integer')
    return [schema.minimum ?? 0, schema.maximum ?? 9, (schema.maximum ?? 9) + 1, (schema.minimum ?? 0) - 1][random(4)];
  if (schema.type === 'array') return [HOSTILE[6 + random(14)]];
  return ['192.0.2.1', '192.0.2.0/24', 'ether1', '*1', '1m', 'yes', 'name=x', '65536', '!x'][random(9)];
}

function argumentsFor({ inputSchema }: Tool, random: (below: number) => number): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(inputSchema.properties)) {
    const wanted = inputSchema.required?.includes(name) ? random(10) > 0 : random(3) === 0;
    if (wanted) given[name] = valueFor(name, schema, random);
  }
  if (random(12) === 0) given[['__proto__x', 'deviceId', 'x'.repeat(300), ''][random(4)] ?? 'x'] = 1;
  return given;
}

// These wait for routers by nature; their arguments are hostile all the same, fewer times.
const SLOW = ['ping', 'traceroute', 'bandwidth_test'];

test.each(registry.tools.map((tool) => [tool.name, tool] as const))('%s', { timeout: 600_000 }, async (name, tool) => {
  const random = generator([...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0));
  for (let nth = 0; nth < (SLOW.includes(name) ? EACH / 4 : EACH); nth += 1) {
    const sent = argumentsFor(tool, random);
    const { structured, isError } = await world.call(name, sent);
    const error = structured['error'] as { readonly code: string; readonly message: string; readonly hint: string } | undefined;
    const end = isError ? (error?.code ?? 'nothing') : 'answered';
    expect(end, JSON.stringify(sent)?.slice(0, 500)).not.toMatch(/^(?:BUG|nothing)$/);
    // What was refused is said in our words, short, with the next step.
    if (error) expect([error.message.length < 400, error.hint === '' ? error.code : 'hint']).toEqual([true, 'hint']);
  }
  expect(world.routers.flatMap((router) => router.requests()).filter(({ write }) => write)).toEqual([]);
});
