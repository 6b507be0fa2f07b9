import type { Account } from '../../accounts.ts';
import { stamp } from '../../dates.ts';
import { deviceTime } from '../../device-clock.ts';
import { notAllowed } from '../../errors.ts';
import type { Row } from '../../state/row.ts';
import { rowOr404, zone } from '../../state/tables.ts';
import { readScript } from '../compile.ts';
import { argumentOf, type Builtin, type Machine, needed, type Step } from '../machine.ts';
import type { Value } from '../value.ts';
import { idsOf } from './select.ts';

/** The policies a script or an entry of the scheduler names. */
export const policiesIn = (row: Readonly<Row>): readonly string[] =>
  (row['policy'] ?? '').split(',').filter((policy) => policy !== '' && !policy.startsWith('!'));

/** One who lacks a right the script has cannot run it, unless the script says that it does not matter. */
function rightsOf(row: Readonly<Row>, runner: Account): Account {
  const policies = policiesIn(row);
  if (row['dont-require-permissions'] === 'true') return { name: runner.name, policies: new Set(policies) };
  if (policies.some((policy) => !runner.policies.has(policy))) throw notAllowed();
  return { name: runner.name, policies: new Set(policies) };
}

/** Runs a stored script with the rights the script has. It is counted even when it fails. */
export function* runStored(machine: Machine, row: Row): Step<Value> {
  const { router, account, now } = machine.context();
  const runner = rightsOf(row, account);
  row['run-count'] = String(Number(row['run-count'] ?? '0') + 1);
  row['last-started'] = stamp(deviceTime(router, now), zone(router));
  return yield* machine.as(runner).call(readScript(router, row['source'] ?? ''), new Map());
}

/** `/system/script/run` */
export const runScript: Builtin = function* (call) {
  const { machine } = call;
  const given = (yield* argumentOf(call, 'number')) ?? (yield* needed(call, 'numbers'));
  let last: Value = { type: 'nil' };
  for (const key of idsOf(call, given)) {
    const row = rowOr404(machine.context().router, '/system/script', key);
    last = yield* runStored(machine, row);
  }
  return last;
};
