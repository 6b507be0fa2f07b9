import { describe, expect, test } from 'vitest';
import type { Row, WriteCall } from '../../../src/lib/client/types.ts';
import { oursOf, sortChanges } from '../../../src/lib/plan/guard/subject.ts';
import type { Change } from '../../../src/lib/plan/types.ts';

const MENU = '/ip/firewall/filter';
const SET: Change = {
  capability: 'firewall-filter',
  menu: MENU,
  verb: 'set',
  row: '*1',
  label: 'a rule',
  before: { comment: 'old' },
  after: { comment: 'new' },
  secret: [],
};
const ADD: Change = { ...SET, verb: 'add', row: '#0', before: null, after: { comment: 'new' } };
const REMOVE: Change = { ...SET, verb: 'remove', before: { comment: 'old' }, after: null };
const MOVE: Change = { ...SET, verb: 'move', before: null, after: null, place: { from: null, to: '*2' } };
const BACK: WriteCall = { verb: 'set', menu: MENU, id: '*1', values: { comment: 'old' } };

/** Why one change is not undone by a script; undefined where it is. */
const why = (change: Change, undo: readonly WriteCall[] = []): string | undefined => {
  const { steps, uncovered } = sortChanges({ changes: [change], undo: [undo] });
  expect(steps).toHaveLength(uncovered.length === 0 ? 1 : 0);
  return uncovered[0]?.why;
};

describe('what a script on the router can undo', () => {
  test.each<[string, Change, readonly WriteCall[]]>([
    ['a field that was set', SET, [BACK]],
    ['a field of a singleton', { ...SET, row: '' }, [BACK]],
    ['a field that came', { ...SET, before: null }, [{ verb: 'unset', menu: MENU, id: '*1', field: 'comment' }]],
    ['a field that went', { ...SET, after: null }, [BACK]],
    ['a field that is taken away by its name with a mark', SET, [{ ...BACK, values: { '!comment': '' } }]],
    ['a row that was added', ADD, [{ verb: 'remove', menu: MENU, id: '#0' }]],
    ['the tenth row of the plan', { ...ADD, row: '#10' }, []],
    ['a row that was removed', REMOVE, [{ verb: 'add', menu: MENU, values: { comment: 'old' } }]],
    ['a row that was moved, of which nothing else is known', MOVE, [{ verb: 'move', menu: MENU, id: '*1' }]],
    ['a row of the plan, set', { ...SET, row: '#1' }, []],
  ])('%s', (_, change, undo) => {
    expect(why(change, undo)).toBeUndefined();
    expect(sortChanges({ changes: [change], undo: [undo] }).steps).toEqual([{ index: 0, change, undo }]);
  });

  test('a change whose undo nobody wrote down is there with none', () => {
    expect(sortChanges({ changes: [SET], undo: [] })).toEqual({ steps: [{ index: 0, change: SET, undo: [] }], uncovered: [] });
  });

  test('each change keeps its number when one before it is left out', () => {
    const { steps, uncovered } = sortChanges({ changes: [{ ...SET, menu: 'x' }, SET], undo: [[], [BACK]] });
    expect([uncovered.map(({ change }) => change), steps.map(({ index, undo }) => [index, undo])]).toEqual([[0], [[1, [BACK]]]]);
  });
});

const EVIL = 'x] ; /system/reset-configuration';
const NO_MENU = 'its menu cannot be named in a script';
const NO_FIELD = 'a field of it cannot be named in a script';
const NO_VALUE = 'a value of it cannot be written into a script';
const NO_ROW = 'its row cannot be named in a script';
const COMMAND = 'it is undone by a command of its own';
const NOTHING = 'nothing of it tells its row from others';
const HALF = 'half \ud83e';

describe('what it leaves to us, and why', () => {
  test.each<[string, string, Change, readonly WriteCall[]]>([
    ['a menu that is code', NO_MENU, { ...SET, menu: EVIL }, []],
    ['an undo in a menu that is code', NO_MENU, SET, [BACK, { ...BACK, menu: EVIL }]],
    ['an undo by a command', COMMAND, SET, [{ verb: 'command', menu: '/system/backup', command: 'load', values: {} }]],
    [
      'an undo by a row that a command makes',
      COMMAND,
      REMOVE,
      [{ verb: 'add', menu: '/file', values: {}, by: { menu: '/system/backup', command: 'save' } }],
    ],
    ['a field before that is code', NO_FIELD, { ...SET, before: { [EVIL]: 'a' } }, []],
    ['a field after that is code', NO_FIELD, { ...SET, after: { comment: 'a', [EVIL]: 'a' } }, []],
    ['an undo of a field that is code', NO_FIELD, SET, [{ ...BACK, values: { [EVIL]: 'a' } }]],
    ['an undo of a field with two marks', NO_FIELD, SET, [{ ...BACK, values: { '!!comment': '' } }]],
    ['an undo of a field with a mark inside', NO_FIELD, SET, [{ ...BACK, values: { 'com!ment': '' } }]],
    ['an added undo of a field that is code', NO_FIELD, REMOVE, [{ verb: 'add', menu: MENU, values: { [EVIL]: 'a' } }]],
    ['an unset of a field that is code', NO_FIELD, SET, [{ verb: 'unset', menu: MENU, id: '*1', field: EVIL }]],
    ['half a sign before', NO_VALUE, { ...SET, before: { comment: HALF } }, []],
    ['half a sign after', NO_VALUE, { ...SET, after: { comment: 'new', log: HALF } }, []],
    ['half a sign in the undo', NO_VALUE, SET, [{ ...BACK, values: { comment: HALF } }]],
    ['a row that is code', NO_ROW, { ...SET, row: EVIL }, []],
    ['a row that begins like one of the plan', NO_ROW, { ...SET, row: `#1${EVIL}` }, []],
    ['a row that ends like one of the plan', NO_ROW, { ...SET, row: `${EVIL}#1` }, []],
    ['a row of the plan without a number', NO_ROW, { ...SET, row: '#x' }, []],
    ['a row of the plan with no number at all', NO_ROW, { ...SET, row: '#' }, []],
    ['an added row without any content', NOTHING, { ...ADD, after: {} }, []],
    ['an added row of which nothing is said', NOTHING, { ...ADD, after: null }, []],
    ['an added row of which only the former content is said', NOTHING, { ...ADD, before: { comment: 'a' }, after: {} }, []],
    ['a removed row without any content', NOTHING, { ...REMOVE, before: {} }, []],
    ['a removed row of which only a later content is said', NOTHING, { ...REMOVE, before: null, after: { comment: 'a' } }, []],
    ['a set of nothing', 'only secret fields of it were changed', { ...SET, before: null, after: {} }, []],
  ])('%s: %s', (_, reason, change, undo) => {
    expect(why(change, undo)).toBe(reason);
  });
});

describe('secrets', () => {
  const secret = { secret: ['password'], sealed: { key: { ref: 'vault-1', mac: 'm' } } };
  const rows: Row = { name: 'a', password: 'hunter1', key: 'hunter2' };

  test('stay out of a set and its undo, and the plan says so', () => {
    const undo: readonly WriteCall[] = [
      { ...BACK, values: { name: 'a', password: 'hunter1', '!key': '' } },
      { verb: 'unset', menu: MENU, id: '*1', field: 'password' },
      { verb: 'unset', menu: MENU, id: '*1', field: 'name' },
      { verb: 'move', menu: MENU, id: '*1' },
      { verb: 'add', menu: MENU, values: { password: 'hunter1', name: 'a' } },
    ];
    const change: Change = { ...SET, ...secret, before: rows, after: { ...rows, name: 'b', '!password': '' } };
    expect(sortChanges({ changes: [change], undo: [undo] })).toEqual({
      steps: [
        {
          index: 0,
          change: { ...change, before: { name: 'a' }, after: { name: 'b' } },
          undo: [{ ...BACK, values: { name: 'a' } }, undo[2], undo[3], { verb: 'add', menu: MENU, values: { name: 'a' } }],
        },
      ],
      uncovered: [{ change: 0, why: 'its secret fields are not undone there' }],
    });
  });

  test('have their own names: one that only looks like theirs is refused as any other', () => {
    const change: Change = { ...SET, secret: ['password'], before: { comment: 'a', 'pass!word': 'x' }, after: { comment: 'b' } };
    expect(why(change)).toBe(NO_FIELD);
  });

  test('are not missed where a row goes as a whole', () => {
    const change: Change = { ...ADD, ...secret, after: rows };
    const { steps, uncovered } = sortChanges({ changes: [change], undo: [[{ verb: 'remove', menu: MENU, id: '#0' }]] });
    expect([steps[0]?.change.after, steps[0]?.change.before, uncovered]).toEqual([{ name: 'a' }, null, []]);
  });

  test.each<[string, Partial<Change>]>([
    ['by their name', { secret: ['password'] }],
    ['by their place in the vault', { sealed: { password: { ref: 'vault-1', mac: 'm' } } }],
  ])('keep a removed row from coming back open; they are known %s', (_, how) => {
    expect(why({ ...REMOVE, ...how, before: rows })).toBe('it would come back without its secret fields');
  });

  test('that are all that was changed leave nothing to do, and no field tells an added row by them', () => {
    expect(why({ ...SET, secret: ['password'], before: { password: 'a' }, after: { password: 'b' } })).toBe(
      'only secret fields of it were changed',
    );
    expect(why({ ...ADD, secret: ['password'], after: { password: 'b' } })).toBe(NOTHING);
  });

  test('may hold signs that no script can, since none does', () => {
    const change: Change = {
      ...SET,
      secret: ['password'],
      before: { comment: 'a', password: HALF },
      after: { comment: 'b', password: HALF },
    };
    expect(sortChanges({ changes: [change], undo: [[]] }).steps).toHaveLength(1);
  });
});

test('what a set leaves on the router: an empty text for a field that it takes away', () => {
  expect(oursOf(SET)).toEqual({ comment: 'new' });
  expect(oursOf({ ...SET, before: { comment: 'a', log: 'yes' } })).toEqual({ comment: 'new', log: '' });
  expect(oursOf({ ...SET, before: { log: 'yes' }, after: null })).toEqual({ log: '' });
  expect(oursOf({ ...SET, before: null, after: { log: 'no', disabled: 'yes' } })).toEqual({ log: 'no', disabled: 'yes' });
});
