import { describe, expect, test } from 'vitest';
import { decodeRow } from '../../src/lib/capability/codec.ts';
import { type Capability, isWritable } from '../../src/lib/capability/define.ts';
import { columnsOf } from '../../src/lib/capability/present.ts';
import { nothingIsMissing, recordedRows, samplesAreUnderstood } from './ways.ts';

/** What holds for every menu of a topic, whatever is in it. */
export function everyMenu(topic: string, capabilities: readonly Capability[]): void {
  describe.each(capabilities.map((one) => [one.id, one] as const))('%s', (_id, capability) => {
    test('every field of the schema is declared, in every version', () => nothingIsMissing(capability));

    test('says what each field is, in words of its own', () => {
      for (const [name, { traits }] of Object.entries(capability.fields)) {
        expect(traits.about, name).toMatch(/^\S.*\.$/);
        expect(traits.about.toLowerCase().replace(/[^a-z]/g, ''), name).not.toBe(name.toLowerCase());
      }
    });

    test('shows some columns, each in a place of its own', () => {
      const places = Object.values(capability.fields).flatMap(({ traits }) => traits.column ?? []);
      expect(columnsOf(capability).length).toBeGreaterThanOrEqual(3);
      expect(new Set(places).size).toBe(places.length);
    });

    test('every recorded row is understood', () => {
      for (const { router, version, row } of recordedRows(capability))
        expect(decodeRow(capability, row, version).extra, router).toEqual({});
    });

    test('what is only read has nothing to write', () => {
      if (isWritable(capability)) return;
      for (const [name, { traits }] of Object.entries(capability.fields)) expect(traits.readOnly, name).toBe(true);
    });

    test('nothing that was recorded would be refused if it were written again as it is', () => {
      const { refuse } = capability;
      if (!refuse) return;
      for (const { router, version, row } of recordedRows(capability)) {
        const item = decodeRow(capability, row, version).item;
        const context = { environment: 'lab' as const, ownHost: '192.0.2.1', rows: [item] };
        expect(refuse({ verb: 'set', before: item, after: item }, context), router).toBeUndefined();
      }
    });
  });
  samplesAreUnderstood(topic, capabilities);
}
