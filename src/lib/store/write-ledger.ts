import { ledgerRow } from './codec.ts';
import { build } from './schema.ts';
import type { Step } from './step.ts';
import type { LedgerRecord } from './store.ts';

const NOTHING_BEFORE = '0'.repeat(64);

/** Inserted only if it follows the last record of its chain, in number and in hash. */
export function appendLedger(record: LedgerRecord): readonly Step[] {
  const row = ledgerRow(record);
  const last = <Column extends 'seq' | 'hash'>(column: Column) =>
    build.selectFrom('ledger').select(column).where('chain', '=', record.chain).orderBy('seq', 'desc').limit(1);
  const source = build
    .selectNoFrom(({ val }) => [
      val(row.format).as('format'),
      val(row.chain).as('chain'),
      val(row.seq).as('seq'),
      val(row.at).as('at'),
      val(row.actor).as('actor'),
      val(row.on_behalf_of).as('on_behalf_of'),
      val(row.origin).as('origin'),
      val(row.device).as('device'),
      val(row.environment).as('environment'),
      val(row.operation).as('operation'),
      val(row.plan).as('plan'),
      val(row.result).as('result'),
      val(row.request_id).as('request_id'),
      val(row.details).as('details'),
      val(row.previous).as('previous'),
      val(row.hash).as('hash'),
    ])
    .where(({ eb, fn, val }) => eb(fn.coalesce(last('seq'), val(0)), '=', record.seq - 1))
    .where(({ eb, fn, val }) => eb(fn.coalesce(last('hash'), val(NOTHING_BEFORE)), '=', record.previous));
  return [
    build
      .insertInto('ledger')
      .columns([
        'format',
        'chain',
        'seq',
        'at',
        'actor',
        'on_behalf_of',
        'origin',
        'device',
        'environment',
        'operation',
        'plan',
        'result',
        'request_id',
        'details',
        'previous',
        'hash',
      ])
      .expression(source),
  ];
}
