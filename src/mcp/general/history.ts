import { iso, type LedgerRecord } from '../../lib/index.ts';
import { DEFAULT_TOKENS, fitting, HARD_TOKENS } from '../budget.ts';
import { cursorParam, readCursor, writeCursor } from '../cursor.ts';
import { deviceParam, limitParam } from '../derive/read.ts';
import { outputSchemaOf, textParam } from '../schema.ts';
import { tableText } from '../table.ts';
import { defineTool, LOOKS, LOOKS_INSIDE } from '../tool.ts';
import { shortened } from '../view/rows.ts';
import { planIdParam } from './plans.ts';

/** Records that may have come in between two pages; the place is found again behind them. */
const SLACK = 200;

export const getHistory = defineTool({
  name: 'get_history',
  title: 'History',
  description:
    'Lists the ledger, newest first: who did what to which router, and how it ended.\nUse when you want to know what happened before.',
  params: {
    device_id: { ...deviceParam, required: false },
    plan_id: { ...planIdParam, required: false },
    operation: textParam({ about: 'Only this operation.', example: '"plan.apply"', max: 64 }),
    limit: limitParam,
    cursor: cursorParam,
  },
  output: outputSchemaOf({
    returned: { type: 'integer' },
    next_cursor: { type: 'string' },
    records: { type: 'array', items: { type: 'object' } },
  }),
  annotations: LOOKS,
  tier: 'fundamental',
  topic: 'audit',
  handler: async ({ device_id, plan_id, operation, limit, cursor }, { fleet }) => {
    const { after, skip } = readCursor(cursor);
    const size = limit ?? 50;
    const found = await fleet.history({
      ...(device_id !== undefined && { device: device_id }),
      ...(plan_id !== undefined && { planId: plan_id }),
      ...(operation !== undefined && { operation }),
      limit: skip + size + SLACK,
    });
    const last = after === undefined ? -1 : found.findIndex(({ hash }) => hash === after);
    const start = last < 0 ? skip : last + 1;
    const names = new Map((await fleet.devices()).map(({ id, name }) => [id, name]));
    const page = found.slice(start, start + size).map((record) => recordRow(record, names));
    const records = fitting(page, (limit === undefined ? DEFAULT_TOKENS : HARD_TOKENS) - 100);
    const end = start + records.length;
    const lastHash = found[end - 1]?.hash;
    const next = end < found.length && lastHash !== undefined ? writeCursor({ after: lastHash, skip: end }) : undefined;
    const head = `${records.length} records, newest first.${next === undefined ? '' : ` Older ones: cursor=${next}.`}`;
    return {
      data: { returned: records.length, ...(next !== undefined && { next_cursor: next }), records },
      text: records.length === 0 ? 'No records.' : `${head}\n${tableText(records)}`,
      untrusted: true,
    };
  },
});

function recordRow(record: LedgerRecord, names: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  return {
    at: iso(record.at),
    operation: record.operation,
    result: record.result,
    actor: shortened(record.actor, 80),
    ...(record.onBehalfOf !== undefined && { on_behalf_of: record.onBehalfOf }),
    origin: record.origin,
    ...(record.device !== undefined && { device: names.get(record.device) ?? record.device }),
    ...(record.plan !== undefined && { plan_id: record.plan }),
    ...(Object.keys(record.details).length > 0 && { details: shortened(record.details, 200) }),
    chain_seq: record.seq,
  };
}

export const verifyLedger = defineTool({
  name: 'verify_ledger',
  title: 'Verify the ledger',
  description:
    'Recomputes the hash chains of the ledger and reports every break.\nUse when you must know whether the history can be trusted.',
  params: {},
  output: outputSchemaOf({
    intact: { type: 'boolean' },
    records: { type: 'integer' },
    chains: { type: 'integer' },
    problems: { type: 'array', items: { type: 'object' } },
  }),
  annotations: LOOKS_INSIDE,
  tier: 'fundamental',
  topic: 'audit',
  handler: async (_args, { fleet }) => {
    const verdict = await fleet.verifyLedger();
    const problems = fitting(verdict.problems, DEFAULT_TOKENS - 100);
    const head = `${verdict.records} records in ${verdict.chains} chains: ${verdict.ok ? 'intact' : `${verdict.problems.length} problems, tell a person`}.`;
    return {
      data: { intact: verdict.ok, records: verdict.records, chains: verdict.chains, problems },
      text: problems.length === 0 ? head : `${head}\n${tableText(problems.map((one) => ({ ...one })))}`,
      untrusted: false,
    };
  },
});
