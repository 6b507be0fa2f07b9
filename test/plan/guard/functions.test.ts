import { describe, expect, test } from 'vitest';
import { NEXT, SAME } from '../../../src/lib/plan/guard/functions.ts';
import { quoted } from '../../../src/lib/plan/guard/quoted.ts';
import { consoleBench } from '../../simulator/console-bench.ts';

const bench = consoleBench();
const same = (value: string, text: string): string => bench.say(`${SAME}; :put [$same ${value} ${quoted(text)}]`);

describe('the same value in two spellings', () => {
  test.each([
    ['"plain"', 'plain'],
    ['true', 'yes'],
    ['false', 'no'],
    ['00:10:00', '10m'],
    ['1d00:00:00', '1d'],
    ['32768', '0x8000'],
    ['5', '5'],
    ['({192.0.2.1;192.0.2.2})', '192.0.2.1,192.0.2.2'],
    ['({192.0.2.1})', '192.0.2.1'],
    ['"established,related"', 'related,established'],
    ['192.0.2.1', '192.0.2.1/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['[:nothing]', ''],
    ['[:nothing]', 'no'],
    ['""', ''],
  ])('%s is %j', (value, text) => {
    expect(same(value, text)).toBe('true');
  });

  test.each([
    ['"plain"', 'Plain'],
    ['true', 'no'],
    ['false', 'yes'],
    ['00:10:00', '11m'],
    ['5', '6'],
    ['"a,b"', 'a,c'],
    ['"a,b"', 'a,b,c'],
    ['"a,b,c"', 'a,b'],
    ['192.0.2.1', '192.0.2.1/24'],
    ['[:nothing]', 'yes'],
    ['""', 'x'],
    ['"x"', ''],
    ['"ab"', 'a'],
  ])('%s is not %j', (value, text) => {
    expect(same(value, text)).toBe('false');
  });
});

test('the next of a row, the last, and one that is not there', () => {
  const next = (id: string): string => bench.say(`${NEXT}; :put ("<" . [$next ({*1;*B;*2}) ${id}] . ">")`);
  expect(['*1', '*B', '*2', '*3'].map(next)).toEqual(['<*B>', '<*2>', '<>', '<none>']);
});

test.each(['[:typeof $1] = "time"', '[:typeof $1] = "num"', ':if ($b = "") do={ :return false }'])(
  'leaves %s not to the comparison of lists: what `:toarray` makes of its members is known of the simulator only',
  (text) => {
    expect(SAME).toContain(text);
  },
);
