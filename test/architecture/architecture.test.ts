import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { check, RULES, show } from './check.ts';
import { EXCEPTIONS } from './exceptions.ts';

const root = path.resolve(import.meta.dirname, '../..');

const sources = new Map(
  readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `src/${name.replaceAll(path.sep, '/')}`)
    .sort()
    .map((file) => [file, readFileSync(path.join(root, file), 'utf8')] as const),
);

test('there is something to check', () => {
  expect([...sources.keys()]).toContain('src/lib/core/errors.ts');
});

const violations = check(sources, EXCEPTIONS);

for (const rule of RULES) {
  test(`the tree keeps the rule "${rule}"`, () => {
    expect(violations.filter((one) => one.rule === rule).map(show)).toEqual([]);
  });
}
