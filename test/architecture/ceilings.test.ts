import { describe, expect, test } from 'vitest';
import { lines, withFiles } from './tree.ts';

describe('ceilings', () => {
  const inFile = (text: string, file = 'src/lib/core/long.ts'): readonly string[] => withFiles({ [file]: text });

  test('250 lines a file', () => {
    expect(inFile(lines(250))).toEqual([]);
    expect(inFile(lines(251))).toEqual([expect.stringContaining('[ceiling] has 251 lines, more than 250; split it')]);
  });

  test('60 lines a function, of every kind', () => {
    const body = (count: number): string => `{\n${lines(count - 2)}}`;
    for (const [name, write] of [
      ['named', (text: string) => `export function named(a: string): void ${text}\n`],
      ['typed', (text: string) => `export function typed<T>(a: string): Promise<Map<string, { a: number }>> ${text}\n`],
      ['shaped', (text: string) => `export async function shaped(a: string): Promise<{ a: number }> ${text}\n`],
      ['literal', (text: string) => `export function literal(a: string): { readonly a: number } ${text}\n`],
      ['narrows', (text: string) => `export function narrows(a: unknown): a is string ${text}\n`],
      ['arrow', (text: string) => `export const arrow = (a: string): string => ${text};\n`],
      ['maker', (text: string) => `export const maker = (a: string): (() => void) => ${text};\n`],
      ['value', (text: string) => `export const value = (a: string) => (${text});\n`],
      ['method', (text: string) => `export const o = { method(a: string) ${text} };\n`],
      ['inner', (text: string) => `export const all = [1].map(function inner(one) ${text});\n`],
    ] as const) {
      expect(inFile(write(body(60))), name).toEqual([]);
      const tooLong = inFile(write(body(61)));
      expect(tooLong, name).toHaveLength(1);
      expect(tooLong[0], name).toContain(`[ceiling] ${name} has 61 lines, more than 60`);
    }
  });

  test('components count, and text between tags is not code', () => {
    const component = (count: number): string =>
      `export const App = () => (\n  <Box>\n${lines(count - 4, "    <Text color={'red'}>it's :) {'}'} any {x}</Text>")}  </Box>\n);\n`;
    expect(inFile(component(60), 'src/tui/screens/app.tsx')).toEqual([]);
    expect(inFile(component(61), 'src/tui/screens/app.tsx')).toEqual([expect.stringContaining('App has 61 lines')]);
  });

  test('braces in strings, comments, templates and regular expressions do not count', () => {
    const text = `export const short = (a: string) => {\n  // {\n  const b = ['{', "{", \`{ \${a} {\`, /[{/]{2}/];\n  return b;\n};\n${lines(100)}`;
    expect(inFile(text)).toEqual([]);
  });

  test('a block, a call or a type is no function', () => {
    expect(
      inFile(
        `if (a) {\n${lines(80)}}\nfor (const a of b) {\n${lines(80)}}\nexport interface A {\n  a(b: string): void;\n${lines(60, '  c: d;')}}\n`,
      ),
    ).toEqual([]);
  });

  test('120 lines a catalog file, its fields apart', () => {
    const capability = (fields: number, rest: number): string =>
      `export const a = defineCapability({\n  fields: {\n${lines(fields, "    a: text({ about: '}' }),")}  },\n});\n${lines(rest - 4)}`;
    const file = 'src/lib/capability/catalog/ip-route.ts';
    expect(inFile(capability(400, 120), file)).toEqual([]);
    expect(inFile(capability(0, 121), file)).toEqual([expect.stringContaining('has 121 lines beside its fields, more than 120')]);
    expect(inFile(capability(400, 121), file)).toHaveLength(1);
  });

  test('the generated index has none', () => {
    expect(inFile(lines(900), 'src/lib/capability/catalog/index.ts')).toEqual([]);
  });
});
