// Commits pairs of a journal and a ledger record, and says after each that it is stored; then tries to consume every approval
// of the plans it was given. Arguments: file, name, pairs, run id, plan id, then plans to race for.
import { openLedger } from '../../../src/lib/audit/ledger.ts';
import { systemClock } from '../../../src/lib/core/clock.ts';
import { openSqliteStore } from '../../../src/lib/store/sqlite.ts';
import { aJournalRecord, consumption } from '../samples.ts';

const [file = '', name = '', pairs = '0', runId = '', planId = '', ...contested] = process.argv.slice(2);
const store = await openSqliteStore({ file, clock: systemClock });
const ledger = openLedger({ store, chain: name });
for (let step = 1; step <= Number(pairs); step += 1) {
  const record = aJournalRecord({ id: runId, planId }, { deviceId: name, step });
  const entry = {
    actor: `user:${name}`,
    origin: 'cli',
    operation: 'test.step',
    result: 'ok' as const,
    requestId: 'req_1',
    details: { step },
  };
  await ledger.commit([{ kind: 'journal', record }], [entry]);
  process.stdout.write(`stored ${step}\n`);
}
for (const id of contested) {
  const approval = await store.approval(id);
  if (!approval) throw new Error('no approval');
  const won = await store.commit([consumption(approval)]).then(
    () => true,
    () => false,
  );
  if (won) process.stdout.write(`won ${id}\n`);
}
await ledger.close();
await store.close();
