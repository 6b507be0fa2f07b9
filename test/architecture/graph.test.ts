import { describe, expect, test } from 'vitest';
import { found, GOOD, withFiles } from './tree.ts';

describe('the graph', () => {
  const ring = {
    'src/lib/device/a.ts': "import { b } from './b.ts';\nexport const a = b;\n",
    'src/lib/device/b.ts': "export * from './c.ts';\n",
    'src/lib/device/c.ts': "const a = import('./a.ts');\nexport const b = a;\n",
  };

  test('a ring is named once, with its path', () => {
    expect(withFiles(ring)).toEqual([
      expect.stringContaining(
        'src/lib/device/a.ts:1 [cycle] is in a ring of imports: src/lib/device/a.ts -> src/lib/device/b.ts -> src/lib/device/c.ts -> src/lib/device/a.ts',
      ),
    ]);
  });

  test('a ring that types close is none: it is gone at run time', () => {
    expect(withFiles({ ...ring, 'src/lib/device/c.ts': "import type { a } from './a.ts';\nexport const b = 1;\n" })).toEqual([]);
  });

  test('a path from MCP to an approval is printed', () => {
    const open =
      "import { apply } from './apply.ts';\nimport { helper } from './helper.ts';\nexport const openFleet = () => [apply, helper];\n";
    const violations = withFiles({
      'src/lib/fleet/open.ts': open,
      'src/lib/fleet/helper.ts': "export { approve as helper } from './approve.ts';\n",
    });
    expect(violations).toEqual([
      expect.stringContaining(
        'src/mcp/stdio.ts:1 [approve] a path of imports leads from src/mcp to what only a person may do: src/mcp/stdio.ts -> src/lib/index.ts -> src/lib/fleet/open.ts -> src/lib/fleet/helper.ts -> src/lib/fleet/approve.ts',
      ),
      expect.stringContaining('-> src/lib/fleet/approve.ts -> src/lib/plan/token-sign.ts'),
    ]);
  });

  test('a dynamic import is a path, too; a type is none', () => {
    const from = (line: string): readonly string[] => withFiles({ 'src/lib/fleet/open.ts': `${line}\nexport const openFleet = 1;\n` });
    expect(from("const a = () => import('../plan/token-sign.ts');")).toEqual([expect.stringContaining('[approve]')]);
    expect(from("import type { sign } from '../plan/token-sign.ts';")).toEqual([]);
  });

  test('a fence around a file that is not there is reported: it guards nothing', () => {
    const { 'src/lib/plan/token-sign.ts': _, 'src/lib/fleet/approve.ts': __, 'src/lib/operator.ts': ___, ...rest } = GOOD;
    const violations = found({ ...rest, 'src/tui/app.tsx': '' }).filter((one) => one.includes('[approve]'));
    expect(violations).toHaveLength(3);
    expect(violations[0]).toMatch(/^src\/lib\/fleet\/approve\.ts:1 \[approve\] is fenced off from src\/mcp but is not there/);
  });

  test('the Writer reaches one file only, by whatever road', () => {
    for (const [file, text] of [
      ['src/lib/fleet/bad.ts', "import { openWriter } from '../client/rest.ts';\n"],
      ['src/lib/fleet/bad.ts', "import { openWriter as innocent } from '../client/rest.ts';\n"],
      ['src/lib/fleet/bad.ts', "import * as rest from '../client/rest.ts';\n"],
      ['src/lib/fleet/bad.ts', "const { openWriter } = await import('../client/rest.ts');\n"],
      ['src/lib/client/index.ts', "export * from './rest.ts';\n"],
      ['src/lib/client/index.ts', "export { openWriter as open } from './rest.ts';\n"],
    ] as const) {
      expect(withFiles({ [file]: text }), text).toEqual([
        expect.stringContaining(`${file}:1 [writer] imports openWriter, which src/lib/fleet/apply.ts alone may have`),
      ]);
    }
    expect(withFiles({ 'src/lib/fleet/fine.ts': "import { openReader } from '../client/rest.ts';\n" })).toEqual([]);
  });
});
