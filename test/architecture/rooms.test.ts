import { describe, expect, test } from 'vitest';
import { withFiles } from './tree.ts';

describe('rooms and imports', () => {
  test('a file without a room', () => {
    const [first, ...others] = withFiles({ 'src/lib/helpers/x.ts': 'export const x = 1;\n' });
    expect(first).toMatch(/^src\/lib\/helpers\/x\.ts:1 \[room\] belongs to no room; move it to one of src\/lib\/core\//);
    expect(others).toEqual([]);
  });

  const forbidden: readonly (readonly [what: string, file: string, text: string, message: RegExp])[] = [
    [
      'a relative import',
      'src/lib/core/bad.ts',
      "import { x } from '../device/x.ts';\n",
      /:1 \[import\] imports src\/lib\/device\/x\.ts; room core may import no other room/,
    ],
    [
      'a cure',
      'src/lib/core/bad.ts',
      "import { x } from '../client/rest.ts';\n",
      /move the code to client, fleet \(they may import client\), or amend the table .*docs\/decisions/,
    ],
    [
      'a type-only import',
      'src/lib/core/bad.ts',
      "\nimport type { Plan } from '../plan/types.ts';\n",
      /bad\.ts:2 \[import\] imports src\/lib\/plan/,
    ],
    ['a re-export', 'src/lib/device/bad.ts', "export * from '../plan/types.ts';\n", /\[import\] imports src\/lib\/plan\/types\.ts/],
    [
      'a dynamic import',
      'src/lib/device/bad.ts',
      "const x = await import('../plan/types.ts');\n",
      /\[import\] imports src\/lib\/plan\/types\.ts/,
    ],
    ['a bare import', 'src/lib/device/bad.ts', "import '../plan/types.ts';\n", /\[import\] imports src\/lib\/plan\/types\.ts/],
    ['a required module', 'src/lib/device/bad.ts', "const x = require('node:fs');\n", /\[import\] imports node:fs; room device/],
    [
      'an import over several lines',
      'src/lib/device/bad.ts',
      "import {\n  a,\n  b,\n} from '../plan/types.ts';\n",
      /\[import\] imports src\/lib\/plan/,
    ],
    ['a computed import', 'src/lib/device/bad.ts', 'const x = await import(name);\n', /imports a computed name/],
    [
      'a value where types are allowed',
      'src/lib/store/bad.ts',
      "import { type Plan } from '../plan/types.ts';\n",
      /of that room types only: write `import type`/,
    ],
    [
      'a package',
      'src/lib/core/bad.ts',
      "import fs from 'node:fs/promises';\n",
      /imports node:fs\/promises; room core .* from outside node:crypto, zod; move the code to config, /,
    ],
    ['a package nobody has', 'src/lib/core/bad.ts', "import _ from 'lodash';\n", /imports lodash; .*move the code, or amend the table/],
    [
      'the SDK outside its file',
      'src/mcp/stdio.ts',
      "import { a } from '@modelcontextprotocol/server';\n",
      /imports @modelcontextprotocol\/server; .*move the code to src\/mcp\/sdk\.ts/,
    ],
    [
      'the catalog, in the engine',
      'src/lib/plan/bad.ts',
      "import { dns } from '../capability/catalog/index.ts';\n",
      /room plan may import/,
    ],
    [
      'one catalog file, in another',
      'src/lib/capability/catalog/bad.ts',
      "import { dns } from './ip-dns.ts';\n",
      /do not import each other; move the code to kit/,
    ],
    [
      'more than the kit, in the catalog',
      'src/lib/capability/catalog/bad.ts',
      "import { id } from '../../core/errors.ts';\n",
      /room catalog may import kit/,
    ],
    ['one view, in another', 'src/lib/view/a.ts', "import { b } from './b.ts';\n", /the files of view do not import each other/],
    [
      'the library behind the door',
      'src/mcp/bad.ts',
      "import { openFleet } from '../lib/fleet/open.ts';\n",
      /room mcp may import lib\/index\.ts/,
    ],
    [
      'code in a door',
      'src/lib/index.ts',
      "import { id } from './core/errors.ts';\nexport const x = id;\n",
      /a door only re-exports: .* fleet, every room of src\/lib \(re-exports\)/,
    ],
    [
      'what lies outside src',
      'src/lib/core/bad.ts',
      "import a from '../../../package.json';\n",
      /imports package\.json, which is in no room/,
    ],
    ['client, in the simulator', 'src/simulator/bad.ts', "import { x } from '../lib/client/types.ts';\n", /room simulator may import core/],
  ];
  for (const [what, file, text, message] of forbidden) {
    test(what, () => {
      const violations = withFiles({ [file]: text }).filter((one) => !one.includes('[cycle]'));
      expect(violations).toEqual([expect.stringMatching(message)]);
      expect(violations[0]).toContain(file);
    });
  }

  test('imports in comments, strings and templates are none', () => {
    const bad = "import { x } from '../plan/x.ts';";
    const text = `// ${bad}\n/* ${bad} */\nexport const a = "${bad}";\nexport const b = \`import('../plan/\${a}.ts') ${bad}\`;\n`;
    expect(withFiles({ 'src/lib/core/text.ts': text })).toEqual([]);
  });

  test('one face in another', () => {
    for (const [file, text] of [
      ['src/tui/bad.ts', "import { serve } from '../mcp/sdk.ts';\n"],
      ['src/mcp/bad.ts', "import type { App } from '../tui/app.tsx';\n"],
      ['src/tui/bad.ts', "import '../bin/routeros-mcp.ts';\n"],
    ] as const) {
      expect(withFiles({ [file]: text }).filter((one) => !one.includes('[cycle]'))).toEqual([
        expect.stringMatching(new RegExp(`^${file}:1 \\[face\\] imports .*: one face imports another; .*src/lib/`)),
      ]);
    }
  });
});
