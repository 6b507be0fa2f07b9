import { describe, expect, test } from 'vitest';
import type { Kind } from '../../src/lib/capability/field.ts';
import { prefixSet, switchOr, textSequence, wordSet } from '../../src/lib/capability/kinds-d.ts';

const about = { about: 'x' };

interface Case {
  readonly kind: Kind<unknown>;
  /** Wire text -> what it means. */
  readonly reads: readonly (readonly [string, unknown])[];
  readonly writes: readonly (readonly [unknown, string])[];
  readonly refuses: readonly unknown[];
}

/** The kinds are told apart by their values, which the test does not care for. */
const any = (kind: unknown): Kind<unknown> => kind as Kind<unknown>;

const CASES: Readonly<Record<string, Case>> = {
  'prefix set': {
    kind: any(prefixSet(about).kind),
    reads: [
      ['', []],
      ['10.0.0.0/24,2001:DB8::/32', ['10.0.0.0/24', '2001:db8::/32']],
      ['10.0.0.1, 10.0.0.2', ['10.0.0.1/32', '10.0.0.2/32']],
      ['10.0.0.0/24,lan', undefined],
      ['10.0.0.0/24,,10.0.1.0/24', undefined],
    ],
    writes: [
      [['10.0.1.0/24', '10.0.0.0/24', '10.0.1.0/24'], '10.0.0.0/24,10.0.1.0/24'],
      [[], ''],
    ],
    refuses: [['10.0.0.0/33'], ['lan'], '10.0.0.0/24', [1]],
  },
  'text sequence': {
    kind: any(textSequence(about).kind),
    reads: [
      ['ip,ipv6', ['ip', 'ipv6']],
      ['ipv6,ip', ['ipv6', 'ip']],
    ],
    writes: [[['ipv6', 'ip'], 'ipv6,ip']],
    refuses: [['a,b'], [' a'], [''], 'a'],
  },
  'word set': {
    kind: any(wordSet('pap', 'chap', 'mschap2')(about).kind),
    reads: [
      ['pap,chap', ['pap', 'chap']],
      ['pap,eap', undefined],
    ],
    writes: [[['pap', 'chap'], 'chap,pap']],
    refuses: [['eap'], 'pap'],
  },
  switch: {
    kind: any(switchOr('required')(about).kind),
    reads: [
      ['yes', 'yes'],
      ['true', 'yes'],
      ['false', 'no'],
      ['required', 'required'],
      ['', undefined],
      ['maybe', undefined],
    ],
    writes: [['required', 'required']],
    refuses: [true, 'true', 'maybe', ''],
  },
};

describe.each(Object.entries(CASES))('%s', (_name, { kind, reads, writes, refuses }) => {
  test.each(reads)('%j means %j', (wire, value) => expect(kind.decode(wire)).toEqual(value));
  test.each(writes)('%j is written %j', (value, wire) => expect(kind.encode(value)).toBe(wire));
  test.each(refuses.map((value) => [value]))('%j is refused', (value) => expect(kind.schema.safeParse(value).success).toBe(false));
  test('its example is one', () => expect(kind.decode(kind.example)).toBeDefined());
});
