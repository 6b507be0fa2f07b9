import { expect, test } from 'vitest';
import { covers, differs, dormant, goesDown, isEverything, isNote } from '../../src/lib/capability/touched.ts';

const on = { disabled: false };
const off = { disabled: true };

test('rows differ in a field when it says something else; absent, empty and off are the same', () => {
  const names = ['a', 'b'] as const;
  expect(differs({ a: 1, b: 'x' }, { a: 1, b: 'x' }, ...names)).toBe(false);
  expect(differs({ a: 1, b: 'x' }, { a: 1, b: 'y' }, ...names)).toBe(true);
  expect(differs({ a: 1, b: 'x' }, { a: 1, b: 'y' }, 'a')).toBe(false);
  expect(differs<{ a?: unknown }>({ a: false }, {}, 'a')).toBe(false);
  expect(differs<{ a?: unknown }>({ a: '' }, undefined, 'a')).toBe(false);
  expect(differs<{ a?: unknown }>({ a: 0 }, {}, 'a')).toBe(true);
  expect(differs({ a: ['x', 'y'] }, { a: ['x', 'y'] }, 'a')).toBe(false);
  expect(differs({ a: ['x', 'y'] }, { a: ['y', 'x'] }, 'a')).toBe(true);
  expect(differs<{ a?: unknown }>({ a: [] }, {}, 'a')).toBe(false);
});

test('a change is a note when nothing but the comment differs', () => {
  const row: { a?: unknown; comment?: string } = { a: 1, comment: 'x' };
  expect(isNote({ before: row, after: { ...row, comment: 'y' } })).toBe(true);
  expect(isNote({ before: row, after: { a: 1 } })).toBe(true);
  expect(isNote({ before: { comment: 'x' }, after: { a: [], comment: 'y' } })).toBe(true);
  expect(isNote({ before: row, after: { a: 2, comment: 'x' } })).toBe(false);
  expect([isNote({ before: row }), isNote({ after: row })]).toEqual([false, false]);
});

test('a row is dormant when it is in force neither before nor after', () => {
  expect([dormant(off, off), dormant(undefined, off), dormant(off, undefined)]).toEqual([true, true, true]);
  expect([dormant(on, off), dormant(off, on), dormant(undefined, on), dormant(undefined, {})]).toEqual([false, false, false, false]);
});

test('a row goes down when it was in force and is no more', () => {
  expect([goesDown(on, off), goesDown(on, undefined), goesDown({}, undefined)]).toEqual([true, true, true]);
  expect([goesDown(on, on), goesDown(off, undefined), goesDown(undefined, on), goesDown(off, on)]).toEqual([false, false, false, false]);
});

test.each([
  ['10.10.99.0/24', '10.10.99.1', true],
  ['10.10.98.0/24', '10.10.99.1', false],
  ['0.0.0.0/0', '10.10.99.1', true],
  ['::/0', '10.10.99.1', false],
  ['2001:db8::/32', '2001:DB8:1::5', true],
  ['2001:db8::/33', '2001:db8:8000::5', false],
  ['2001:db8::5/128', '2001:db8::5', true],
  ['2001:db8::5/128', '2001:db8::6', false],
  ['::/0', '2001:db8::5', true],
  ['10.10.99.0/24', 'edge.example.net', false],
  ['lan', '10.10.99.1', false],
  [undefined, '10.10.99.1', false],
])('%s covers %s: %s', (prefix, host, expected) => expect(covers(prefix, host)).toBe(expected));

test.each([
  ['0.0.0.0/0', true],
  ['::/0', true],
  ['0.0.0.0/1', false],
  ['10.0.0.0/0', false],
  [undefined, false],
])('%s is everything: %s', (prefix, expected) => expect(isEverything(prefix)).toBe(expected));
