import { expect, test } from 'vitest';
import { aroundCursor, edit, editLine } from '../../src/tui/state/edit-line.ts';

const type = (text: string, ...kinds: ('left' | 'right' | 'home' | 'end' | 'backspace' | 'delete' | 'erase-word' | 'erase-all')[]) =>
  kinds.reduce((line, kind) => edit(line, { kind }), editLine(text));

test('text goes in at the cursor', () => {
  expect(edit(type('servers=1', 'home'), { kind: 'insert', text: 'a ' })).toEqual({ text: 'a servers=1', cursor: 2 });
  expect(edit(type('ab', 'left'), { kind: 'insert', text: 'x' })).toEqual({ text: 'axb', cursor: 2 });
});

test('erases a character, a word, all in front of the cursor', () => {
  expect(type('abc', 'backspace').text).toBe('ab');
  expect(type('abc', 'home', 'backspace')).toEqual({ text: 'abc', cursor: 0 });
  expect(type('abc', 'home', 'delete').text).toBe('bc');
  expect(type('set comment=x ', 'erase-word')).toEqual({ text: 'set ', cursor: 4 });
  expect(type('set comment', 'left', 'erase-all')).toEqual({ text: 't', cursor: 0 });
});

test('a character of several code points is one step', () => {
  expect(type('a👩‍👧e\u0301', 'backspace').text).toBe('a👩‍👧');
  expect(type('a👩‍👧', 'backspace').text).toBe('a');
});

test('the cursor stays inside the text', () => {
  expect(type('ab', 'right', 'right').cursor).toBe(2);
  expect(type('ab', 'left', 'left', 'left').cursor).toBe(0);
  expect(aroundCursor(type('ab', 'left'))).toEqual(['a', 'b', '']);
  expect(aroundCursor(editLine('ab'))).toEqual(['ab', ' ', '']);
});

test('a line ends somewhere', () => {
  expect(edit(editLine(), { kind: 'insert', text: 'x'.repeat(100_000) }).text).toHaveLength(2000);
});
