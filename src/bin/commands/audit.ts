import { iso } from '../../lib/index.ts';
import type { Run } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { table } from '../text-table.ts';

export const auditList: Run = async ({ flags, io, operator }) => {
  const device = flags.text('device');
  const planId = flags.text('plan');
  const operation = flags.text('operation');
  const { fleet } = await operator();
  const records = await fleet.history({
    limit: flags.whole('limit', { min: 1, max: 1_000 }) ?? 50,
    ...(device === undefined ? {} : { device }),
    ...(planId === undefined ? {} : { planId }),
    ...(operation === undefined ? {} : { operation }),
  });
  const names = new Map((await fleet.devices()).map(({ id, name }) => [id, name]));
  return {
    data: { records: records.map((record) => ({ ...record, at: iso(record.at) })) },
    text: () =>
      table(
        io,
        [
          { head: 'time', value: ({ at }) => iso(at) },
          { head: 'actor', value: ({ actor, onBehalfOf }) => (onBehalfOf ? `${actor} for ${onBehalfOf}` : actor) },
          { head: 'origin', value: ({ origin }) => origin },
          { head: 'operation', value: ({ operation: name }) => name },
          {
            head: 'result',
            value: ({ result }) => result,
            paint: (text, { result }) => (result === 'ok' ? text : io.paint('yellow', text)),
          },
          { head: 'device', value: ({ device: id = '' }) => names.get(id) ?? id },
          { head: 'plan', value: ({ plan }) => plan ?? '' },
        ],
        records,
      ),
    note: () => (records.length === 0 ? 'No records.' : ''),
  };
};

export const auditVerify: Run = async ({ io, operator }) => {
  const { fleet } = await operator();
  const verdict = await fleet.verifyLedger();
  const { ok, records, chains, problems } = verdict;
  return {
    data: verdict,
    text: () =>
      ok
        ? `The ledger is whole: ${records} records in ${chains} chains.`
        : table(
            io,
            [
              { head: 'chain', value: ({ chain }) => chain },
              { head: 'record', value: ({ seq }) => String(seq), right: true },
              { head: 'problem', value: ({ problem }) => problem },
            ],
            problems,
          ),
    ...(ok
      ? {}
      : {
          exit: EXIT.failed,
          failure: {
            code: 'LEDGER_FAILED',
            message: `The ledger was changed: ${problems.length} problems in ${records} records.`,
            hint: 'Keep the data directory as it is and compare it with a backup.',
            retryable: false,
            details: { problems },
          },
        }),
  };
};
