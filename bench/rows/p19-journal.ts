import type { verbs as bareJournal } from '../bare/journal.ts';
import { alternate } from '../kit/alternate.ts';
import { type Child, startChild } from '../kit/child.ts';
import { defineRow } from '../kit/row.ts';
import type { verbs as ourJournal } from '../ours/journal.ts';

/** What it takes until a record of the journal would survive the power: paid several times for every write to a router. */
export const journalAppend = defineRow({
  id: 'P19',
  what: 'durable journal append',
  against: 'the same record as a line of JSON, written to a file and forced to the disk (fsync)',
  target: { atMost: 1.3 },
  measure: async (effort) => {
    const times = effort.quick ? 50 : 1_000;
    await using ours = startChild<typeof ourJournal>('ours/journal.ts');
    await using bare = startChild<typeof bareJournal>('bare/journal.ts');
    const sides = { ours: { child: ours, written: 0 }, bare: { child: bare, written: 0 } };
    const perAppend = async (side: { readonly child: Child<typeof ourJournal> | Child<typeof bareJournal>; written: number }) => {
      const { wall, kept } = await side.child.call('append', times);
      side.written += times;
      if (kept !== side.written) throw new Error(`${kept} records instead of ${side.written}`);
      return (wall * 1_000) / times;
    };
    await perAppend(sides.ours);
    await perAppend(sides.bare);
    const pairs = await alternate(
      effort,
      () => perAppend(sides.ours),
      () => perAppend(sides.bare),
    );
    const notes = [`${times} appends one after the other, each read back afterwards; the disk of this machine decides what an fsync takes`];
    return [{ kind: 'compared', unit: 'µs', pairs, notes }];
  },
});
