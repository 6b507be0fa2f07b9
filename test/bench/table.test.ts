import { expect, test } from 'vitest';
import { defineRow } from '../../bench/kit/row.ts';
import { table } from '../../bench/kit/table.ts';
import { lineOf } from '../../bench/kit/verdict.ts';

const row = (target: { readonly atMost: number } | { readonly atLeast: number }) =>
  defineRow({ id: 'P0', what: 'nothing', against: 'less than nothing', target, measure: async () => [] });

const pairs = [
  { ours: 12, bare: 10 },
  { ours: 13, bare: 10 },
  { ours: 20, bare: 10 },
];

test('a ratio passes by its median, and both sides are shown', () => {
  const line = lineOf(row({ atMost: 1.3 }), { kind: 'compared', unit: 'ms', pairs, notes: ['noted'] });
  expect(line).toMatchObject({ ours: 13, bare: 10, verdict: 'pass', values: [1.2, 1.3, 2] });
  expect(line.result).toMatchObject({ median: 1.3, least: 1.2, most: 2 });
  expect(table([line]).split('\n')).toEqual([
    'id  what     ours     against  result  ±      least..most   n  target',
    'P0  nothing  13.0 ms  10.0 ms  1.30x   0.10x  1.20x..2.00x  3  <= 1.3x  pass',
    '    against: less than nothing',
    '    noted',
  ]);
});

test('a ratio that is too high misses, and so does one that is too low where more is better', () => {
  expect(lineOf(row({ atMost: 1.29 }), { kind: 'compared', unit: 'ms', pairs }).verdict).toBe('miss');
  expect(lineOf(row({ atLeast: 1.3 }), { kind: 'compared', unit: 'ms', pairs }).verdict).toBe('pass');
  expect(lineOf(row({ atLeast: 1.31 }), { kind: 'compared', unit: 'ms', pairs }).verdict).toBe('miss');
});

test('a figure stands for itself', () => {
  const line = lineOf(row({ atMost: 1 }), { kind: 'counted', unit: 'count', of: 'at night', values: [1] });
  expect(line).toMatchObject({ what: 'nothing: at night', ours: 1, verdict: 'pass' });
  expect(line.bare).toBeUndefined();
  expect(table([line])).toContain('1..1');
});
