import { expect, test } from 'vitest';
import { BugError } from '../../src/lib/core/errors.ts';
import { compile, inverse } from '../../src/lib/plan/inverse.ts';
import type { Change } from '../../src/lib/plan/types.ts';

const change = (part: Partial<Change>): Change => ({
  capability: 'x',
  menu: '/x',
  verb: 'set',
  row: '*1',
  label: '',
  before: null,
  after: null,
  secret: [],
  ...part,
});

const SAMPLES: readonly Change[] = [
  change({ before: { a: '1' }, after: { a: '2', b: '3' } }),
  change({ verb: 'add', row: '#0', after: { a: '1' } }),
  change({ verb: 'add', row: '#0', after: { a: '1' }, place: { to: '*2' } }),
  change({ verb: 'remove', before: { a: '1' }, place: { from: null } }),
  change({ verb: 'remove', before: { a: '1' } }),
  change({ verb: 'move', place: { from: '*2', to: null } }),
];

test('undoing an undo is the change itself', () => {
  for (const one of SAMPLES) expect(inverse(inverse(one))).toStrictEqual(one);
});

test('before and after change places, add and remove too, and where it stood with where it stands', () => {
  expect(SAMPLES.map(inverse).map(({ verb, before, after, place }) => [verb, before, after, place])).toEqual([
    ['set', { a: '2', b: '3' }, { a: '1' }, undefined],
    ['remove', { a: '1' }, null, undefined],
    ['remove', { a: '1' }, null, { from: '*2' }],
    ['add', null, { a: '1' }, { to: null }],
    ['add', null, { a: '1' }, undefined],
    ['move', null, null, { from: null, to: '*2' }],
  ]);
});

test('a set on a singleton names no row, and empties what goes', () => {
  const set = change({ row: '', before: { a: '1', gone: '9' }, after: { a: '2' } });
  for (const unset of [undefined, 'command', 'bang'] as const)
    expect(compile({ shape: 'singleton', ...(unset && { unset }) }, set)).toEqual([
      { verb: 'set', menu: '/x', values: { a: '2', gone: '' } },
    ]);
});

test('a set on a row takes fields away with a bang, or by the menu’s own command', () => {
  const set = change({ before: { a: '1', gone: '9', too: '8' }, after: { a: '2' } });
  expect(compile({ shape: 'list' }, set)).toEqual([{ verb: 'set', menu: '/x', id: '*1', values: { a: '2', '!gone': '', '!too': '' } }]);
  expect(compile({ shape: 'fixed', unset: 'bang' }, set)).toEqual([
    { verb: 'set', menu: '/x', id: '*1', values: { a: '2', '!gone': '', '!too': '' } },
  ]);
  expect(compile({ shape: 'ordered', unset: 'command' }, set)).toEqual([
    { verb: 'set', menu: '/x', id: '*1', values: { a: '2' } },
    { verb: 'unset', menu: '/x', id: '*1', field: 'gone' },
    { verb: 'unset', menu: '/x', id: '*1', field: 'too' },
  ]);
  expect(compile({ shape: 'ordered', unset: 'command' }, { ...set, after: {} }).map(({ verb }) => verb)).toEqual([
    'unset',
    'unset',
    'unset',
  ]);
});

test('add, remove, move', () => {
  const { before: _none, ...bare } = change({});
  expect(compile({ shape: 'list' }, { ...bare, before: null, verb: 'add', row: '#0', after: { a: '1' } })).toEqual([
    { verb: 'add', menu: '/x', values: { a: '1' } },
  ]);
  const ordered = (part: Partial<Change>) => compile({ shape: 'ordered' }, change(part));
  expect(ordered({ verb: 'add', after: { a: '1' }, place: { to: '*2' } })).toEqual([
    { verb: 'add', menu: '/x', values: { a: '1' }, placeBefore: '*2' },
  ]);
  expect(ordered({ verb: 'add', after: { a: '1' }, place: { to: null } })).toEqual([{ verb: 'add', menu: '/x', values: { a: '1' } }]);
  expect(ordered({ verb: 'remove', before: { a: '1' } })).toEqual([{ verb: 'remove', menu: '/x', id: '*1' }]);
  expect(ordered({ verb: 'move', place: { from: null, to: '*2' } })).toEqual([{ verb: 'move', menu: '/x', id: '*1', before: '*2' }]);
  expect(ordered({ verb: 'move', place: { from: '*2', to: null } })).toEqual([{ verb: 'move', menu: '/x', id: '*1' }]);
});

test('a move that names no place goes to the end', () => {
  expect(compile({ shape: 'ordered' }, change({ verb: 'move' }))).toStrictEqual([{ verb: 'move', menu: '/x', id: '*1' }]);
});

test('a row that a command of another menu makes is asked of that command, and any other row of its own menu', () => {
  const add = change({ verb: 'add', row: '#0', after: { a: '1' } });
  const by = { menu: '/y', command: 'save' };
  expect(compile({ shape: 'list', madeBy: by }, add)).toStrictEqual([{ verb: 'add', menu: '/x', values: { a: '1' }, by }]);
  expect(compile({ shape: 'list' }, add)).toStrictEqual([{ verb: 'add', menu: '/x', values: { a: '1' } }]);
});

test('a set without a before or an after is a fault of ours', () => {
  for (const half of [{ after: { a: '1' } }, { before: { a: '1' } }])
    expect(() => compile({ shape: 'list' }, change(half))).toThrow(new BugError('A set has a before and an after.'));
});
