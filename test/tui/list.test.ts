import { describe, expect, test } from 'vitest';
import { moveSelection, moveView, NEW_LIST, passes, settle, sortBy } from '../../src/tui/state/list.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('the selection', () => {
  test('starts at the first row and moves within the list', () => {
    const start = settle(NEW_LIST, ids, 3);
    expect(start).toMatchObject({ selected: 'a', index: 0, offset: 0 });
    expect(moveSelection(start, 'down', ids, 3)).toMatchObject({ selected: 'b', index: 1, offset: 0 });
    expect(moveSelection(start, 'up', ids, 3)).toMatchObject({ selected: 'a' });
    expect(moveSelection(start, 'bottom', ids, 3)).toMatchObject({ selected: 'f', offset: 3 });
    expect(moveSelection(start, 'page-down', ids, 3)).toMatchObject({ selected: 'c', offset: 0 });
  });

  test('stays with its row when rows come in front of it', () => {
    const on = moveSelection(NEW_LIST, 'down', ids, 3);
    expect(settle(on, ['x', 'y', ...ids], 3)).toMatchObject({ selected: 'b', index: 3, offset: 1 });
  });

  test('goes to the row that takes the place of one that is gone', () => {
    const on = moveSelection(NEW_LIST, 'down', ids, 3);
    expect(settle(on, ['a', 'c', 'd'], 3)).toMatchObject({ selected: 'c', index: 1 });
    expect(settle({ ...on, selected: 'f', index: 5 }, ['a', 'b'], 3)).toMatchObject({ selected: 'b', index: 1 });
  });

  test('is the same object when nothing moved, so that nothing is drawn', () => {
    const start = settle(NEW_LIST, ids, 3);
    expect(settle(start, ids, 3)).toBe(start);
  });

  test('keeps its row in view when the screen gets lower', () => {
    const on = moveSelection(settle(NEW_LIST, ids, 6), 'bottom', ids, 6);
    expect(settle(on, ids, 2)).toMatchObject({ selected: 'f', offset: 4 });
  });
});

test('a text scrolls no further than its end', () => {
  const end = moveView(NEW_LIST, 'bottom', 10, 4);
  expect(end.offset).toBe(6);
  expect(moveView(end, 'down', 10, 4)).toBe(end);
  expect(moveView(end, 'page-up', 10, 4).offset).toBe(3);
  expect(moveView(NEW_LIST, 'down', 3, 4)).toBe(NEW_LIST);
});

test('the same column again turns the order round', () => {
  const once = sortBy(NEW_LIST, 'cpu');
  expect(once).toMatchObject({ sort: 'cpu', descending: false });
  expect(sortBy(once, 'cpu')).toMatchObject({ sort: 'cpu', descending: true });
  expect(sortBy(sortBy(once, 'cpu'), 'name')).toMatchObject({ sort: 'name', descending: false });
});

describe('a filter', () => {
  test.each([
    ['edge', 'edge-1 lab', true],
    ['EDGE lab', 'edge-1 lab', true],
    ['edge prod', 'edge-1 lab', false],
    ['!edge', 'edge-1 lab', false],
    ['!prod', 'edge-1 lab', true],
    ['', 'edge-1 lab', true],
    ['!', 'edge-1 lab', true],
  ])('%j on %j: %s', (filter, text, kept) => expect(passes(filter, text)).toBe(kept));
});
