import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

/** The page of threats names tests; this one sees to it that they are there, and that no known gap is left out. */

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const page = read('docs/security/threats.md');

interface Threat {
  readonly number: number;
  readonly cells: readonly string[];
}

const [held = '', rest = ''] = page.split('## Known gaps');
const [gaps = ''] = rest.split('## What this cannot stop');
const rowsOf = (text: string): readonly Threat[] =>
  [...text.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(([, number, cells = '']) => ({ number: Number(number), cells: cells.split(' | ') }));
const threats = rowsOf(held);
const known = rowsOf(gaps);

interface Named {
  readonly file: string;
  readonly name: string;
}
const testsIn = (cell: string): readonly Named[] =>
  cell.split('<br>').flatMap((item) => {
    const [, file, link, name] = /^\[([^\]]+)\]\(([^)]+)\): (.+)$/.exec(item) ?? [];
    if (file === undefined || name === undefined) return [];
    expect(link).toBe(`../../${file}`);
    return [{ file, name }];
  });

/** Titles of tests as they are written, with the place holders of `test.each` and of templates. */
function titlesOf(file: string): readonly string[] {
  const text = read(file);
  const plain = [...text.matchAll(/\b(?:test|it)(?:\.\w+)*\(\s*(['"`])((?:\\.|(?!\1)[\s\S])+)\1/g)].map(([, , title]) => title ?? '');
  // `test.each(...)('title'`, `test.skipIf(...)('title'`: a call whose argument ended just before.
  const of = [...text.matchAll(/\)\(\s*(['"`])((?:\\.|(?!\1).)+)\1,\s*(?:\{|async|\()/g)].map(([, , title]) => title ?? '');
  return [...plain, ...of];
}

test('all thirty threats are there, once and in order', () => {
  expect(threats.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
});

describe.each(threats.map(({ number, cells }) => [number, cells] as const))('threat %i', (_number, cells) => {
  const [threat = '', control = '', shown = ''] = cells;

  test('says what stops it, and by which tests, or why it is open', () => {
    expect(cells).toHaveLength(3);
    expect(threat.length).toBeGreaterThan(10);
    expect(control.length).toBeGreaterThan(10);
    const open = shown.split('<br>').filter((item) => item.startsWith('**Open:** '));
    expect(testsIn(shown).length + open.length).toBe(shown.split('<br>').length);
  });

  test('names tests that there are', () => {
    for (const { file, name } of testsIn(shown)) {
      expect(existsSync(path.join(ROOT, file)), file).toBe(true);
      expect(titlesOf(file), file).toContain(name);
    }
  });
});

describe('known gaps', () => {
  const HERE = 'test/security';
  const files = readdirSync(path.join(ROOT, HERE)).filter((file) => file.endsWith('.test.ts'));
  const failing = files.flatMap((file) => {
    const text = read(`${HERE}/${file}`);
    const plain = [...text.matchAll(/\btest\.fails\(\s*'((?:\\.|[^'])+)'/g)].map(([, title]) => title ?? '');
    const each = [...text.matchAll(/\btest\.fails\.each\([\s\S]*?\n\]\)\('((?:\\.|[^'])+)'/g)].map(([, title]) => title ?? '');
    return [...plain, ...each].map((name) => `${HERE}/${file}: ${name}`);
  });
  const named = known.flatMap(({ cells }) => testsIn(cells.at(-1) ?? '')).map(({ file, name }) => `${file}: ${name}`);

  test('those on the page are those that are shown, none more and none less', () => {
    expect(failing.length).toBe(
      files.reduce((sum, file) => sum + (read(`${HERE}/${file}`).match(/^\s*test\.fails[.(]/gm)?.length ?? 0), 0),
    );
    expect([...named].sort()).toEqual([...failing].sort());
  });

  test('each belongs to a threat', () => {
    for (const { number, cells } of known) {
      expect(number).toBeGreaterThanOrEqual(1);
      expect(number).toBeLessThanOrEqual(30);
      expect(cells[0]?.length).toBeGreaterThan(10);
    }
  });
});

test('what cannot be stopped is said', () => {
  const list = page.split('## What this cannot stop')[1] ?? '';
  for (const word of ['shell', 'file system', 'share', 'lies', 'RouterOS', 'guard']) expect(list).toContain(word);
});
