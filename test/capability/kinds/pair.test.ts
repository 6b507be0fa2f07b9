import { expect, test } from 'vitest';
import { durationPair, isPair, isTimeSpan, ratePair, timeSpan, wordPair } from '../../../src/lib/capability/kinds.ts';
import { about, mustHold, none } from './cases.ts';

mustHold({
  'a pair of rates': {
    field: ratePair(about),
    reads: { '20000000/50000000': '20000000/50000000', '20M/512k': '20000000/512000', '20M': '20M', '': none },
    writes: [
      ['20M/512k', '20000000/512000'],
      ['0/0', '0/0'],
    ],
    refuses: ['', 5],
  },
  'a pair of durations': {
    field: durationPair(about),
    reads: { '90s/00:02:00': '1m30s/2m', '0s/0s': '0s/0s', '5/5': '5/5' },
    writes: [['90s/120s', '1m30s/2m']],
    refuses: ['', 5],
  },
  'a pair of words': {
    field: wordPair('8/8')(about),
    reads: { 'default/default': 'default/default' },
    writes: [['1/8', '1/8']],
    refuses: ['', 5],
  },
  'a span of time': {
    field: timeSpan(about),
    reads: { '200s-600s': '3m20s-10m', '3m20s-10m': '3m20s-10m' },
    writes: [['200s-600s', '3m20s-10m']],
    refuses: ['', 5],
  },
});

test('a pair is two halves of one sort', () => {
  for (const text of ['1/2', '10M/512k', '0/0']) expect(isPair('rate', text), text).toBe(true);
  for (const text of ['1', '1/', '/1', '1/2/3', '1/x', '1 / 2']) expect(isPair('rate', text), text).toBe(false);
  expect(isPair('duration', '10s/1m')).toBe(true);
  expect(isPair('duration', '10/60')).toBe(false);
  expect(isPair('word', 'a/b')).toBe(true);
  expect(isTimeSpan('3s-4s')).toBe(true);
  expect(isTimeSpan('3s/4s')).toBe(false);
});
