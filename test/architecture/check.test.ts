import { describe, expect, test } from 'vitest';
import type { Rule } from './check.ts';
import { found, GOOD, lines, type Tree, withFiles } from './tree.ts';

test('a good tree has no violation', () => {
  expect(found(GOOD)).toEqual([]);
});

/** A new rule does not compile before it has a tree that breaks it. */
const BROKEN: Readonly<Record<Exclude<Rule, 'exception'>, Tree>> = {
  room: { 'src/helpers.ts': '' },
  import: { 'src/lib/core/x.ts': "import fs from 'node:fs';\n" },
  face: { 'src/mcp/x.ts': "import type { App } from '../tui/app.tsx';\n" },
  cycle: { 'src/lib/core/x.ts': "import './x.ts';\n" },
  approve: { 'src/lib/fleet/open.ts': "export { sign as openFleet } from '../plan/token-sign.ts';\n" },
  writer: { 'src/lib/fleet/x.ts': "import { openWriter } from '../client/rest.ts';\n" },
  ceiling: { 'src/lib/core/x.ts': lines(251) },
  any: { 'src/lib/core/x.ts': 'let a: any;\n' },
  'non-null': { 'src/lib/core/x.ts': 'a!.b();\n' },
  cast: { 'src/lib/core/x.ts': 'f(a as string);\n' },
  default: { 'src/lib/core/x.ts': 'export default 1;\n' },
  quiet: { 'src/lib/core/x.ts': 'console.log(1);\n' },
};

for (const [rule, files] of Object.entries(BROKEN)) {
  test(`the rule "${rule}" bites, and no other`, () => {
    expect(withFiles(files)).toEqual([expect.stringMatching(new RegExp(`:\\d+ \\[${rule}\\] .*; `))]);
  });
}

describe('exceptions', () => {
  const exception = { rule: 'ceiling', file: 'src/lib/core/long.ts', why: 'a table' } as const;

  test('let one rule through, for one file', () => {
    const long = { ...GOOD, 'src/lib/core/long.ts': `${lines(251)}console.log(1);\n` };
    expect(found(long, [exception])).toEqual([expect.stringContaining('[quiet]')]);
  });

  test('that are not needed are reported', () => {
    expect(found(GOOD, [exception])).toEqual([expect.stringContaining('the exception from the rule "ceiling" is not needed any more')]);
  });
});
