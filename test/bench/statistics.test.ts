import { describe, expect, test } from 'vitest';
import { median, ratios, spreadOf } from '../../bench/kit/statistics.ts';

describe('the median', () => {
  test('is the one in the middle, in whatever order they come', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([7])).toBe(7);
  });

  test('is half-way between the two in the middle of an even number', () => {
    expect(median([10, 1, 4, 2])).toBe(3);
  });

  test('leaves what it was given in its order', () => {
    const given = [3, 1, 2];
    median(given);
    expect(given).toEqual([3, 1, 2]);
  });

  test('of nothing, or of what is no number, is refused', () => {
    expect(() => median([])).toThrow(RangeError);
    expect(() => median([1, Number.NaN])).toThrow(RangeError);
    expect(() => median([1, Number.POSITIVE_INFINITY])).toThrow(RangeError);
  });
});

describe('the spread', () => {
  test('is the median absolute deviation, with the least and the most', () => {
    // Median 5; the distances are 4, 3, 0, 1, 95, and their median is 3.
    expect(spreadOf([1, 2, 5, 6, 100])).toEqual({ median: 5, deviation: 3, least: 1, most: 100 });
  });

  test('is none where all are the same', () => {
    expect(spreadOf([2, 2, 2])).toEqual({ median: 2, deviation: 0, least: 2, most: 2 });
  });

  test('hardly moves for one that was disturbed', () => {
    const quiet = spreadOf([1.0, 1.1, 1.2, 1.3, 1.4]);
    const disturbed = spreadOf([1.0, 1.1, 1.2, 1.3, 50]);
    expect(disturbed.median).toBe(quiet.median);
    expect(disturbed.deviation).toBeCloseTo(quiet.deviation, 10);
  });
});

describe('the ratio', () => {
  test('is taken within each pair, so that a slow minute does not count', () => {
    const pairs = [
      { ours: 3, bare: 2 },
      { ours: 30, bare: 20 },
    ];
    expect(ratios(pairs)).toEqual([1.5, 1.5]);
  });

  test('to nothing is refused', () => {
    expect(() => ratios([{ ours: 1, bare: 0 }])).toThrow(RangeError);
    expect(() => ratios([{ ours: 1, bare: Number.NaN }])).toThrow(RangeError);
  });
});
