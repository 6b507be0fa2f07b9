import { describe, expect, test } from 'vitest';
import { mplsInterface } from '../../src/lib/capability/catalog/mpls-interface.ts';
import { mplsLdp } from '../../src/lib/capability/catalog/mpls-ldp.ts';
import { mplsLdpNeighbor } from '../../src/lib/capability/catalog/mpls-ldp-neighbor.ts';
import { pimsmInstance } from '../../src/lib/capability/catalog/pimsm-instance.ts';
import { decodeRow, wireMap } from '../../src/lib/capability/codec.ts';
import { isWritable } from '../../src/lib/capability/define.ts';
import { columnsOf } from '../../src/lib/capability/present.ts';
import { keyed, nothingIsMissing, recordedRows } from './ways.ts';

/** Labels and multicast routing: menus that are looked at and not changed. */

const ALL = [mplsInterface, mplsLdp, mplsLdpNeighbor, pimsmInstance];

describe.each(ALL.map((one) => [one.id, one] as const))('%s', (_, capability) => {
  test('every field of the schema is declared', () => nothingIsMissing(capability));

  test('every recorded row is understood whole', () => {
    for (const { router, version, row } of recordedRows(capability))
      expect(decodeRow(capability, row, version).extra, `${router} ${row['.id'] ?? ''}`).toEqual({});
  });

  test('is read only, and shows four to ten columns, each in a place of its own', () => {
    expect(isWritable(capability)).toBe(false);
    const places = columnsOf(capability).map((name) => capability.fields[name]?.traits.column);
    expect(places.length).toBeGreaterThanOrEqual(4);
    expect(places.length).toBeLessThanOrEqual(10);
    expect(new Set(places).size).toBe(places.length);
  });

  test('says of every field what it is, each under a name of its own', () => {
    for (const [name, { traits }] of Object.entries(capability.fields)) expect(traits.about, name).toMatch(/^[^ ].{2,100}\.$/);
    for (const version of ['7.12.2', '7.24']) expect(wireMap(capability, version).size).toBeGreaterThan(0);
  });
});

test('rows that may stand side by side have different keys', () => {
  for (const capability of ALL) {
    if (capability.key.length === 0) continue;
    const rows = recordedRows(capability);
    const byRouter = Map.groupBy(rows, ({ router }) => router);
    for (const [router, own] of byRouter) {
      const keys = own.map(({ row }) => keyed(capability, row));
      expect(new Set(keys).size, `${capability.id} on ${router}`).toBe(keys.length);
    }
  }
});
