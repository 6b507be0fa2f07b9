import { describe, expect, test } from 'vitest';
import type { Kind } from '../../src/lib/capability/field.ts';
import {
  isPair,
  isTimeSpan,
  networkSequence,
  onSwitch,
  ports,
  queueEnd,
  queueEnds,
  rate,
  rates,
  timeSpan,
  times,
  words,
} from '../../src/lib/capability/kinds-c.ts';

const about = { about: 'x' };
/** The kinds are told apart by their values, which the test does not care for. */
const any = (kind: unknown): Kind<unknown> => kind as Kind<unknown>;

interface Case {
  readonly kind: Kind<unknown>;
  /** Wire text -> what it means. */
  readonly reads: readonly (readonly [string, unknown])[];
  readonly writes: readonly (readonly [unknown, string])[];
  readonly refuses: readonly unknown[];
}

const CASES: Readonly<Record<string, Case>> = {
  rate: {
    kind: any(rate(about).kind),
    reads: [
      ['0', 0],
      ['10000000', 10_000_000],
      ['10M', 10_000_000],
      ['512k', 512_000],
      ['1.5G', 1_500_000_000],
      ['8.3kbps', 8300],
      ['0bps', 0],
      ['0x10', 16],
      ['unlimited', undefined],
      ['10T', undefined],
      ['-1', undefined],
      ['', undefined],
      ['99999999999G', undefined],
    ],
    writes: [[10_000_000, '10000000']],
    refuses: [-1, 1.5, '10M', 2 ** 60],
  },
  'a pair of rates': {
    kind: any(rates(about).kind),
    reads: [
      ['20000000/50000000', '20000000/50000000'],
      ['20M/512k', '20000000/512000'],
      ['20M', '20M'],
      ['', undefined],
    ],
    writes: [
      ['20M/512k', '20000000/512000'],
      ['0/0', '0/0'],
    ],
    refuses: ['', 5],
  },
  'a pair of durations': {
    kind: any(times(about).kind),
    reads: [
      ['90s/00:02:00', '1m30s/2m'],
      ['0s/0s', '0s/0s'],
      ['5/5', '5/5'],
    ],
    writes: [['90s/120s', '1m30s/2m']],
    refuses: ['', 5],
  },
  'a pair of words': {
    kind: any(words('8/8')(about).kind),
    reads: [['default/default', 'default/default']],
    writes: [['1/8', '1/8']],
    refuses: ['', 5],
  },
  'a span of time': {
    kind: any(timeSpan(about).kind),
    reads: [
      ['200s-600s', '3m20s-10m'],
      ['3m20s-10m', '3m20s-10m'],
    ],
    writes: [['200s-600s', '3m20s-10m']],
    refuses: ['', 5],
  },
  'the end of a queue': {
    kind: any(queueEnd(about).kind),
    reads: [
      ['ether1', 'ether1'],
      ['10.0.0.1', '10.0.0.1/32'],
      ['192.168.20.7/24', '192.168.20.0/24'],
      ['2001:DB8::1', '2001:db8::1/128'],
      ['', ''],
    ],
    writes: [['10.0.0.1', '10.0.0.1/32']],
    refuses: [5, 'x'.repeat(256)],
  },
  'the ends of a queue': {
    kind: any(queueEnds(about).kind),
    reads: [
      ['', []],
      ['ether1, 10.0.0.1', ['ether1', '10.0.0.1/32']],
    ],
    writes: [
      [['ether1', '10.0.0.1', 'ether1'], '10.0.0.1/32,ether1'],
      [[], ''],
    ],
    refuses: ['ether1', ['a,b'], [' a'], [1]],
  },
  'ranges in order': {
    kind: any(networkSequence(about).kind),
    reads: [
      ['10.0.0.9-10.0.0.12,10.0.0.1', ['10.0.0.9-10.0.0.12', '10.0.0.1']],
      ['10.0.0.12-10.0.0.9', undefined],
    ],
    writes: [[['10.0.0.9', '10.0.0.1'], '10.0.0.9,10.0.0.1']],
    refuses: [['10.0.0.9-10.0.0.1'], ['']],
  },
  'ports that are set': {
    kind: any(ports(about).kind),
    reads: [
      ['443', '443'],
      ['8000-8080,443', '8000-8080,443'],
      ['!443', undefined],
      ['70000', undefined],
      ['', undefined],
    ],
    writes: [['443', '443']],
    refuses: ['!443', '', 'https', 443],
  },
  'a switch that is on by itself': {
    kind: any(onSwitch(about).kind),
    reads: [
      ['true', 'yes'],
      ['false', 'no'],
      ['yes', 'yes'],
      ['no', 'no'],
      ['auto', undefined],
    ],
    writes: [['no', 'no']],
    refuses: [true, 'auto'],
  },
};

describe.each(Object.entries(CASES))('%s', (_name, { kind, reads, writes, refuses }) => {
  test.each(reads)('%j means %j', (wire, value) => expect(kind.decode(wire)).toEqual(value));
  test.each(writes)('%j is written %j', (value, wire) => expect(kind.encode(value)).toBe(wire));
  test.each(refuses.map((value) => [value]))('%j is refused', (value) => expect(kind.schema.safeParse(value).success).toBe(false));
  test('its example is one', () => expect(kind.schema.safeParse(kind.decode(kind.example)).success).toBe(true));
});

test('a pair is two halves of one sort', () => {
  for (const text of ['1/2', '10M/512k', '0/0']) expect(isPair('rate', text), text).toBe(true);
  for (const text of ['1', '1/', '/1', '1/2/3', '1/x', '1 / 2']) expect(isPair('rate', text), text).toBe(false);
  expect(isPair('time', '10s/1m')).toBe(true);
  expect(isPair('time', '10/60')).toBe(false);
  expect(isPair('word', 'a/b')).toBe(true);
  expect(isTimeSpan('3s-4s')).toBe(true);
  expect(isTimeSpan('3s/4s')).toBe(false);
});
