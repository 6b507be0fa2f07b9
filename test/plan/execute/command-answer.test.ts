import { expect, test } from 'vitest';
import { requireDone } from '../../../src/lib/plan/execute/turn.ts';

/** A long command answers one row a step, and says in the last of them whether it failed. */

test.each([
  ['no rows', [], undefined],
  ['a step on the way', [{ status: 'ERROR: first try' }, { status: 'finished' }], undefined],
  ['no status', [{ progress: 'ERROR' }], undefined],
  ['a word that only begins so', [{ status: 'errors: none' }], undefined],
  ['a word in the middle', [{ status: 'no error' }], undefined],
  ['an error', [{ status: 'calculating' }, { status: 'ERROR: no space' }], 'ERROR: no space'],
  ['an error in another spelling', [{ status: '  error' }], 'error'],
  ['an error in two lines', [{ status: 'Error: a\nb' }], 'Error: a b'],
])('%s', (_, rows, words) => {
  if (words === undefined) return expect(() => requireDone(rows as never)).not.toThrow();
  expect(() => requireDone(rows as never)).toThrow(
    expect.objectContaining({
      message: 'The router refused, and said why.',
      hint: 'Its own words are in the details.',
      details: { routerText: words },
    }),
  );
});

test('a long one is cut', () => {
  const status = `ERROR ${'x'.repeat(5_000)}`;
  expect(() => requireDone([{ status }])).toThrow(
    expect.objectContaining({ details: { routerText: expect.stringMatching(/^ERROR x{200,293}\S?$/) } }),
  );
});
