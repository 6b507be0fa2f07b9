import { describe, expect, test } from 'vitest';
import { withFiles } from './tree.ts';

describe('habits', () => {
  const inCore = (text: string, file = 'src/lib/core/habit.ts'): readonly string[] => withFiles({ [file]: `${text}\n` });
  const each = (rule: string, bad: readonly string[], good: readonly string[], file?: string): void => {
    for (const text of bad) expect(inCore(text, file), text).toEqual([expect.stringContaining(`:1 [${rule}] `)]);
    for (const text of good) expect(inCore(text, file), text).toEqual([]);
  };

  test('any', () => {
    each(
      'any',
      [
        'const a: any = 1;',
        'const a: any[] = [];',
        'let a: Record<string, any>;',
        'type A = any;',
        'type A = string | any;',
        'const f = (a: Map<any, b>) => a;',
      ],
      ['AbortSignal.any([a]);', 'const a = { any: 1 };', 'z.any();', '// any: any', "const a = ': any';", 'const any = 1;'],
    );
  });

  test('the non-null mark', () => {
    each(
      'non-null',
      ['a!.b();', 'const b = a[0]!;', 'f(a!);', 'class A { b!: string; }', 'g()!.a;'],
      ['if (!a) b();', 'a !== b;', 'a != b;', 'const b = [!a, !!c];', "const a = 'x!';"],
    );
  });

  test('casts', () => {
    each(
      'cast',
      [
        'const a = b as string;',
        'const a = (b as unknown).c;',
        'const a = {} as { b: 1 };',
        "const a = 'b' as `c`;",
        'const a = f() as [string];',
      ],
      [
        'const a = [1] as const;',
        "import { type a as b } from 'zod';",
        "import * as z from 'zod';",
        'const a = 1;\nexport { a as b };',
        'type A = { [Key in B as C]: 1 };',
        'fleet.as(actor);',
        'const as = 1;',
        '// b as string',
        'const f = { as(a: string) {} };',
      ],
    );
    for (const codec of ['src/lib/capability/kinds.ts', 'src/lib/store/codec.ts', 'src/lib/store/row-codec.ts', 'src/simulator/x.ts']) {
      expect(inCore('const a = b as string;', codec), codec).toEqual([]);
    }
    for (const other of ['src/lib/capability/catalog/x.ts', 'src/lib/store/reads.ts', 'src/tui/x.tsx']) {
      expect(inCore('const a = b as string;', other), other).toEqual([expect.stringContaining('[cast]')]);
    }
    expect(inCore('const a = <Text>as good as any, as they say!</Text>;', 'src/tui/x.tsx')).toEqual([]);
  });

  test('default exports', () => {
    each('default', ['export default 1;', 'const a = 1; export { a as default };'], ['export const a = { default: 1 };']);
  });

  test('process and console belong to bin', () => {
    each(
      'quiet',
      ['console.log(1);', 'process.exit(1);', 'globalThis.process.env;', "process['env'];"],
      ["const a = process.platform === 'win32';", 'child.process.kill();', 'const process = 1;', "const a = 'console.log';"],
    );
    expect(inCore('console.log(1);', 'src/mcp/x.ts')).toEqual([expect.stringContaining('[quiet]')]);
    expect(inCore('console.log(1);', 'src/bin/x.ts')).toEqual([]);
  });
});
