import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRow, encodeItem, fieldExists, wireName } from '../../src/lib/capability/codec.ts';
import type { Capability } from '../../src/lib/capability/define.ts';
import { itemOf, type SpelledItem, valuesOf } from './arbitrary.ts';
import { everyCapability, forEach, runsOf, VERSIONS } from './subjects.ts';

/** Law 1: decode(encode(item)) = item. */

const version = fc.constantFrom(...VERSIONS);
const known = (capability: Capability, at: string): readonly string[] =>
  Object.entries(capability.fields)
    .filter(([, field]) => !field.traits.secret && fieldExists(field, at))
    .map(([name]) => name);

/** What a decoded item says besides: switches that are missing are off, or what stands for a missing one. */
function withOff(capability: Capability, at: string, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const off = Object.entries(capability.fields).filter(([, field]) => field.kind.shape.name === 'flag' && fieldExists(field, at));
  return { ...Object.fromEntries(off.map(([name, { traits }]) => [name, traits.fallback === 'yes'])), ...values };
}

/** An empty text of a typed field means that it is not set. */
const isSet = (capability: Capability, [name, { wire }]: readonly [string, { readonly wire: string }]): boolean =>
  wire !== '' || ['text', 'list', 'flag'].includes(capability.fields[name]?.kind.shape.name ?? '');

const row = (capability: Capability, item: SpelledItem, at: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, { wire }]) =>
      capability.fields[name] ? [[wireName(name, capability.fields[name], at), wire]] : [],
    ),
  );

const asSets = (capability: Capability, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const shape = capability.fields[name]?.kind.shape;
      return [name, shape?.name === 'list' && !shape.sequence && Array.isArray(value) ? [...value].sort() : value];
    }),
  );

forEach(everyCapability, (capability) => {
  const cases = version.chain((at) => fc.record({ at: fc.constant(at), item: itemOf(capability, known(capability, at), false) }));

  test('every spelling of a value reads as that value, and nothing is left over', () => {
    fc.assert(
      fc.property(cases, ({ at, item }) => {
        const decoded = decodeRow(capability, { '.id': '*1', ...row(capability, item, at) }, at);
        const values = Object.fromEntries(Object.entries(item).filter((one) => isSet(capability, one)));
        expect(asSets(capability, decoded.item)).toEqual(asSets(capability, withOff(capability, at, valuesOf(values))));
        expect(decoded.extra).toEqual({});
      }),
      runsOf([capability], 60),
    );
  });

  test('decode(encode(item)) = item', () => {
    fc.assert(
      fc.property(cases, ({ at, item }) => {
        const values = valuesOf(item);
        const writable = Object.fromEntries(Object.entries(values).filter(([name]) => !capability.fields[name]?.traits.readOnly));
        const again = decodeRow(capability, encodeItem(capability, values, at), at);
        expect(again.item).toEqual(withOff(capability, at, writable));
        expect(encodeItem(capability, again.item, at)).toEqual(encodeItem(capability, withOff(capability, at, writable), at));
        expect(again.extra).toEqual({});
      }),
      runsOf([capability], 60),
    );
  });

  test('content has one text for one meaning: two spellings of an item have the same', () => {
    fc.assert(
      fc.property(cases, ({ at, item }) => {
        const spelled = decodeRow(capability, row(capability, item, at), at).content;
        const plain = decodeRow(capability, encodeItem(capability, valuesOf(item), at), at).content;
        expect(spelled).toEqual(plain);
      }),
      runsOf([capability], 60),
    );
  });
});
