import { oneLine } from '../../lib/index.ts';
import { age, plural } from '../parts/format.ts';
import { line, type Span, span, type Tone } from '../parts/line.ts';
import type { HistoryRow, Level } from '../state/app.ts';
import { passes } from '../state/list.ts';
import { listOf } from '../state/reduce.ts';
import type { Column, Scene, ScreenView } from './view.ts';

const TONES: Readonly<Record<string, Tone>> = { ok: 'good', failed: 'bad', denied: 'bad', unknown: 'warn', started: 'dim' };

/** Who did what, newest first: the ledger. */
export function historyView(level: Level, scene: Scene): ScreenView {
  const list = listOf(level);
  const all = scene.state.history ?? [];
  const rows = all.filter((row) => list.filter === '' || passes(list.filter, Object.values(row).join(' ')));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    crumbs: ['History'],
    note: [span(plural(rows.length, 'record'))],
    intro: [],
    faded: false,
    body: {
      kind: 'table',
      columns: historyColumns(scene),
      ids: rows.map(({ id }) => id),
      sortable: [],
      cells: (id) => {
        const row = byId.get(id);
        return row ? cells(row, scene) : [];
      },
      empty: [
        line(
          scene.state.history === null
            ? 'Reading the ledger.'
            : list.filter === ''
              ? 'Nothing was recorded yet.'
              : `No record matches /${list.filter}. Esc shows all.`,
          'dim',
        ),
      ],
    },
  };
}

function historyColumns({ columns }: Scene): readonly Column[] {
  const room = Math.max(30, columns - 2 - 5 - 9 - 5 * 2);
  const share = (part: number): number => Math.floor(room * part);
  return [
    { name: 'age', title: 'age', width: 5, align: 'right' },
    { name: 'result', title: 'result', width: 9 },
    { name: 'operation', title: 'operation', width: share(0.25) },
    { name: 'actor', title: 'actor', width: share(0.3) },
    { name: 'device', title: 'router', width: share(0.2) },
    { name: 'plan', title: 'plan', width: share(0.25) },
  ];
}

const cells = (row: HistoryRow, { state }: Scene): readonly Span[] => [
  span(age(state.now - row.at)),
  span(row.result, TONES[row.result] ?? 'plain'),
  span(oneLine(row.operation, 60)),
  span(oneLine(row.actor, 60)),
  span(oneLine(row.device, 64)),
  span(oneLine(row.plan, 40), 'dim'),
];
