import { expect, test } from 'vitest';
import { oursFor, referenceTools } from '../../scripts/parity.ts';
import { registry } from '../../src/mcp/index.ts';

const all = referenceTools().categories.flatMap(({ tools }) => tools);

test('the reference has 66 tools in its code, each named once', () => {
  const names = all.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(all.filter(({ promised }) => !promised)).toHaveLength(66);
});

test.each(all.filter(({ promised }) => !promised).map((tool) => [tool.name] as const))('%s works here under its name', (name) => {
  expect(registry.find(name)).toBeDefined();
});

test.each(all.filter(({ promised }) => promised).map((tool) => [tool.name, tool] as const))(
  '%s was promised: a tool of ours does it, or it is said why none does',
  (_name, tool) => {
    expect([tool.by, tool.notBuilt].filter((one) => one !== undefined)).toHaveLength(1);
    expect(oursFor(registry, tool)).toBeDefined();
    if (tool.by !== undefined) expect(registry.find(tool.by)).toBeDefined();
  },
);
