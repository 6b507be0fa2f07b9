import { describe, expect, test } from 'vitest';
import type { Field } from '../../../src/lib/capability/field.ts';

export const about = { about: 'A field.' };
export const none = undefined;

/** What a kind makes of texts and values. */
export interface Case {
  readonly field: Field;
  /** Texts and what they mean; undefined is text that is not understood, and never a guess. */
  readonly reads: Readonly<Record<string, unknown>>;
  /** Values and the spelling of the router. */
  readonly writes?: readonly (readonly [unknown, string])[];
  /** Values that are not of the kind. */
  readonly refuses?: readonly unknown[];
  /** What a missing field means. */
  readonly absent?: string;
}

const json = (value: unknown): string => JSON.stringify(value);

/** One describe block for each case, by its name. */
export function mustHold(cases: Readonly<Record<string, Case>>): void {
  for (const [name, { field, reads, writes = [], refuses = [], absent }] of Object.entries(cases)) {
    const { kind } = field;
    const takes = (value: unknown): boolean => kind.schema.safeParse(value).success;
    describe(name, () => {
      for (const [wire, value] of Object.entries(reads)) test(`reads ${json(wire)}`, () => expect(kind.decode(wire)).toEqual(value));
      test('what it reads it takes and writes, and reads again as the same', () => {
        for (const value of Object.values(reads).filter((one) => one !== undefined && !(typeof one === 'number' && one < 0))) {
          expect(takes(value), json(value)).toBe(true);
          const wire = kind.encode(value);
          expect(kind.encode(kind.decode(wire)), json(value)).toBe(wire);
        }
      });
      for (const [value, wire] of writes) test(`writes ${json(value)} as ${json(wire)}`, () => expect(kind.encode(value)).toBe(wire));
      for (const value of refuses) test(`does not take ${json(value) ?? String(value)}`, () => expect(takes(value)).toBe(false));
      test('its example is one', () => expect(takes(kind.decode(kind.example))).toBe(true));
      test('a missing one', () => expect(kind.absent).toBe(absent));
    });
  }
}
