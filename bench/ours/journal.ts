// Our journal: one commit for each record, on the disk before it returns.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/lib/index.ts';
import { sealPlan } from '../../src/lib/plan/plan.ts';
import { openSqliteStore } from '../../src/lib/store/sqlite.ts';
import type { Store } from '../../src/lib/store/store.ts';
import { type Appended, recordOf } from '../kit/appends.ts';
import { serve } from '../kit/serve.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'routeros-mcp-bench-'));
const author = { id: 'user:bench', origin: 'library' };
const plan = sealPlan({ id: 'pln_bench', author, summary: 'bench', risk: 'low', reasons: [], targets: [], createdAt: 1 });
let store: Store | undefined;
let written = 0;

async function opened(): Promise<Store> {
  if (store) return store;
  store = await openSqliteStore({ file: path.join(folder, 'data', 'fleet.db'), clock: systemClock });
  await store.commit([
    { kind: 'plan-insert', plan, state: 'review' },
    { kind: 'run-start', run: { id: 'run_bench', planId: plan.id, by: author.id, startedAt: 1, wanted: 'go' } },
  ]);
  return store;
}

export const verbs = {
  append: async (times: number): Promise<Appended> => {
    const to = await opened();
    const records = Array.from({ length: times }, (_, at) => recordOf(written + at));
    const before = performance.now();
    for (const record of records) await to.commit([{ kind: 'journal', record }]);
    const wall = performance.now() - before;
    written += times;
    return { wall, kept: (await to.journal(plan.id)).length };
  },
};

serve(verbs, async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});
