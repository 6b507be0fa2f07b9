import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const directory = path.resolve(import.meta.dirname, '../../docs/decisions');
const pages = readdirSync(directory).filter((name) => name !== 'README.md');
const read = (name: string): string => readFileSync(path.join(directory, name), 'utf8');

test('the index lists every decision under its own title and date, and nothing else', () => {
  const listed = read('README.md')
    .split('\n')
    .filter((line) => line.startsWith('| 2'));
  const expected = pages.map((name) => `| ${name.slice(0, 10)} | [${/^# (.+)/.exec(read(name))?.[1]}](${name}) |`);
  expect(listed.toSorted()).toEqual(expected.toSorted());
});

for (const name of pages) {
  test(`${name} is a decision`, () => {
    expect(name).toMatch(/^\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.md$/);
    const headings = read(name).match(/^(?:#{1,2} .+|Status: \w+, .+)$/gm);
    expect(headings?.slice(1)).toEqual([`Status: accepted, ${name.slice(0, 10)}`, '## Context', '## Decision', '## Consequences']);
  });
}
