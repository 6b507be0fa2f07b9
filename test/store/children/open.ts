// Opens a store and writes one ledger entry. Says how far it came, or which error it met.
// Arguments: file, chain, and `big` for an entry of some megabytes.
import { openLedger } from '../../../src/lib/audit/ledger.ts';
import { systemClock } from '../../../src/lib/core/clock.ts';
import { asFleetError } from '../../../src/lib/core/errors.ts';
import { openSqliteStore } from '../../../src/lib/store/sqlite.ts';

const [file = '', chain = 'a', size = 'small'] = process.argv.slice(2);
try {
  const store = await openSqliteStore({ file, clock: systemClock });
  process.stdout.write('opened\n');
  const details = size === 'big' ? { text: 'x'.repeat(4_000_000) } : {};
  await openLedger({ store, chain }).commit(
    [],
    [{ actor: 'user:ann', origin: 'cli', operation: 'test', result: 'ok', requestId: 'req_1', details }],
  );
  process.stdout.write('stored\n');
  await store.close();
} catch (thrown) {
  const error = asFleetError(thrown);
  process.stdout.write(`${JSON.stringify({ name: error.name, ...error.toJSON() })}\n`);
}
