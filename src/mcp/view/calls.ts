import { iso, type JournalRecord, type Plan } from '../../lib/index.ts';
import { shortened } from './rows.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** The literal requests; values of secret fields are masked. */
export function callRows({ targets }: Pick<Plan, 'targets'>): Rows {
  return targets.flatMap((target) =>
    target.steps.map(({ change, call }, index) => {
      const secret = target.changes[change]?.secret ?? [];
      return { step: index, device: target.deviceName, ...maskedCall(call, secret) };
    }),
  );
}

function maskedCall(call: JournalRecord['call'], secret: readonly string[]): Readonly<Record<string, unknown>> {
  if (!('values' in call)) return { ...call };
  const values = Object.entries(call.values).map(([name, value]) => [name, secret.includes(name) ? '(secret)' : shortened(value, 512)]);
  return { ...call, values: Object.fromEntries(values) };
}

/** A line of the journal. What was sent stands in the calls. */
export const journalRow = ({ phase, step, stage, call, rowId, error, at }: JournalRecord): Readonly<Record<string, unknown>> => ({
  at: iso(at),
  phase,
  step,
  stage,
  verb: call.verb,
  menu: call.menu,
  ...(rowId !== undefined && { row: rowId }),
  ...(error && { code: error.code, ...(error.routerText !== undefined && { router_text: shortened(error.routerText, 300) }) }),
});
