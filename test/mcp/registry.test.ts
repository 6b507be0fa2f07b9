import { readFileSync, writeFileSync } from 'node:fs';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { defineCapability } from '../../src/lib/capability/define.ts';
import { flag, text } from '../../src/lib/capability/kinds.ts';
import { BugError, type Capability, catalogEntries, catalogOf, recipes, snake, views } from '../../src/lib/index.ts';
import { STATES } from '../../src/lib/plan/types.ts';
import { registry } from '../../src/mcp/index.ts';
import { INSTRUCTIONS } from '../../src/mcp/instructions.ts';
import { registryOf } from '../../src/mcp/registry.ts';
import { inputProblems, outputProblems } from './lint.ts';

const PIN = new URL('tools.pin.json', import.meta.url);
const wire = JSON.parse(
  JSON.stringify(
    registry.tools.map(({ name, title, description, inputSchema, outputSchema, annotations, meta }) => ({
      name,
      title,
      description,
      inputSchema,
      outputSchema,
      annotations,
      _meta: meta,
    })),
  ),
);

describe('what a client is shown', () => {
  test('is what the pin file says (UPDATE_PINS=1 writes it)', () => {
    if (process.env['UPDATE_PINS'] === '1') writeFileSync(PIN, `${JSON.stringify(wire, null, 2)}\n`);
    expect(wire).toEqual(JSON.parse(readFileSync(PIN, 'utf8')));
  });

  test('comes in one order, under good names, each once', () => {
    const names = registry.tools.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].toSorted());
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]{0,39}$/);
  });

  test.each(registry.tools.map((tool) => [tool.name, tool] as const))(
    '%s: schemas, annotations and description are in order',
    (_name, tool) => {
      expect(inputProblems({ ...tool.inputSchema })).toEqual([]);
      expect(outputProblems({ ...tool.outputSchema })).toEqual([]);
      expect(Object.entries(tool.annotations).map(([hint, value]) => `${hint} ${typeof value}`)).toEqual([
        'readOnlyHint boolean',
        'destructiveHint boolean',
        'idempotentHint boolean',
        'openWorldHint boolean',
      ]);
      expect(tool.annotations.readOnlyHint && tool.annotations.destructiveHint).toBe(false);
      const [purpose, ...rest] = tool.description.split('\n');
      expect(purpose).toMatch(/^[A-Z].*[.]$/);
      expect(rest.join('\n')).toMatch(/^Use when /);
      expect(tool.meta).toEqual({ tier: expect.stringMatching(/^(?:fundamental|advanced|professional)$/), topic: expect.any(String) });
    },
  );

  test('names no tool, argument or field that does not exist', () => {
    const fields = catalogOf(catalogEntries).capabilities.flatMap(({ fields }) => Object.keys(fields).map(snake));
    const known = new Set([...registry.tools.flatMap(({ name, params }) => [name, ...Object.keys(params)]), ...fields, 'next_cursor']);
    const said = [
      INSTRUCTIONS,
      ...registry.tools.flatMap(({ description, params }) => [
        description,
        ...Object.values(params).map(({ schema }) => schema.description ?? ''),
      ]),
    ];
    const words = said.flatMap((sentence) => sentence.match(/\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b/g) ?? []);
    expect(words.length).toBeGreaterThan(20);
    expect(words.filter((word) => !known.has(word))).toEqual([]);
  });

  test('has instructions that no client cuts', () => {
    expect(INSTRUCTIONS.length).toBeLessThanOrEqual(2_048);
  });

  test('offers nothing that approves, enrols, or changes rights', () => {
    expect(
      registry.tools
        .map(({ name }) => name)
        .filter((name) => /approv|reject|register|enrol|add_device|user|policy|token|credential|password/.test(name)),
    ).toEqual([]);
  });

  test('lets plans be listed by every state there is', () => {
    expect(registry.find('list_plans')?.inputSchema.properties['state']).toMatchObject({ enum: STATES });
  });
});

describe('the price in tokens', () => {
  const price = (value: unknown): number => countTokens(JSON.stringify(value));

  test('of no tool is over 600, and of all together within the budget', () => {
    const prices = registry.tools.map(({ name, description, inputSchema, outputSchema }) => ({
      name,
      tokens: price({ name, description, inputSchema }),
      withOutput: price({ name, description, inputSchema, outputSchema }),
    }));
    const total = prices.reduce((sum, { tokens }) => sum + tokens, 0);
    const totalWithOutput = prices.reduce((sum, { withOutput }) => sum + withOutput, 0);
    console.log(
      prices
        .map(({ name, tokens, withOutput }) => `${name.padEnd(32)}${String(tokens).padStart(6)}${String(withOutput).padStart(8)}`)
        .join('\n'),
    );
    console.log(`${`${prices.length} tools`.padEnd(32)}${String(total).padStart(6)}${String(totalWithOutput).padStart(8)}`);
    expect(prices.filter(({ tokens }) => tokens > 600)).toEqual([]);
    expect(total).toBeLessThanOrEqual(14_000);
    expect(totalWithOutput).toBeLessThanOrEqual(20_000);
  });
});

describe('the registry', () => {
  const lamp = defineCapability({
    id: 'lamp',
    title: 'Lamps',
    about: 'Lights on the front of a router.',
    menu: '/system/lamp',
    shape: 'list',
    topic: 'system',
    key: ['name'],
    tool: { read: 'list_lamps', plan: 'plan_lamp_change', direct: 'switch_lamp' },
    fields: { name: text({ about: 'Name of the lamp.', required: true, column: 1 }), lit: flag({ about: 'It shines.', column: 2 }) },
    risk: () => 'low',
  });

  test('takes up a capability that was added, with tools for everything it names', () => {
    const { find, tools } = registryOf({ ...catalogEntries, lamp: lamp as Capability }, recipes, views);
    expect(tools).toHaveLength(registry.tools.length + 3);
    expect(Object.keys(find('list_lamps')?.inputSchema.properties ?? {})).toEqual([
      'device_id',
      'name',
      'lit',
      'fields',
      'limit',
      'cursor',
    ]);
    expect(Object.keys(find('plan_lamp_change')?.inputSchema.properties ?? {})).toEqual(['device_id', 'verb', 'row', 'name', 'lit']);
    expect(find('plan_lamp_change')?.inputSchema.properties['verb']).toMatchObject({ enum: ['add', 'set', 'remove'] });
    expect(find('switch_lamp')?.inputSchema.properties).toHaveProperty('dry_run');
  });

  test('refuses two tools of one name, and a name that is none', () => {
    const named = (read: string): Capability => ({ ...lamp, tool: { read } }) as Capability;
    expect(() => registryOf({ lamp: named('list_devices') }, [])).toThrow(BugError);
    expect(() => registryOf({ lamp: named('apply_bridge_plan') }, [])).toThrow(BugError);
    expect(() => registryOf({ lamp: named('ListLamps') }, [])).toThrow(BugError);
    expect(() => registryOf({ lamp: named('l'.repeat(41)) }, [])).toThrow(BugError);
  });

  test.each([
    'apply_routing_plan',
    'apply_firewall_plan',
    'apply_dhcp_plan',
    'apply_bridge_plan',
    'apply_wireless_plan',
    'config_apply_dns_ntp_rollout',
  ])('knows %s as another name of apply_plan, and does not list it', (alias) => {
    expect(registry.find(alias)?.name).toBe('apply_plan');
    expect(registry.tools.map(({ name }) => name)).not.toContain(alias);
  });
});
