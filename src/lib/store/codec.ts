import type { Selectable } from 'kysely';
import { canonical } from '../core/canonical.ts';
import { BugError, InputError, StoreError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import type { ApproverKey } from '../plan/approver-key.ts';
import type { Approval, JournalRecord, Outcome, Plan } from '../plan/types.ts';
import type { Database } from './schema.ts';
import type { LedgerRecord, Run, StoredPlan } from './store.ts';

type Rows = { readonly [Table in keyof Database]: Selectable<Database[Table]> };

/** A value and everything in it, for good. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}

/** What an engine answers, as the query promised it. The one place where rows get their type. */
export const typedRows = <Output>(rows: readonly unknown[]): Output[] => rows as Output[];

/** What we hand to an engine: finite numbers, null, and text that comes back as it went in. */
export const bindable = (parameters: readonly unknown[]): (string | number | null)[] =>
  parameters.map((value) => {
    if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value;
    if (typeof value !== 'string') throw new BugError(`The store was given a ${typeof value} where a column takes text, a number or null.`);
    if (value.isWellFormed() && !value.includes('\0')) return value;
    throw new InputError('A text holds characters that cannot be stored.', { hint: 'Leave out zero bytes and broken characters.' });
  });

const parse = <Value>(text: string): Value => JSON.parse(text) as Value;

/** Leaves out what is null on disk: an optional member is either there or missing. */
function present<Member extends object>(member: { readonly [Name in keyof Member]: Member[Name] | null }): Partial<Member> {
  return Object.fromEntries(Object.entries(member).filter(([, value]) => value !== null)) as Partial<Member>;
}

export const deviceOf = (row: Pick<Rows['devices'], 'body' | 'revision'>): Device =>
  frozen({ ...parse<Device>(row.body), revision: row.revision });

/** @throws StoreError somebody damaged the text of a plan */
function planOf(body: string): Plan {
  try {
    return parse<Plan>(body);
  } catch (thrown) {
    throw new StoreError('A stored plan cannot be read: it was altered.', {
      hint: 'Make a new plan and look into who altered the store.',
      cause: thrown,
    });
  }
}

export const storedPlanOf = (
  row: Pick<Rows['plans'], 'body'>,
  targets: readonly Pick<Rows['targets'], 'device_id' | 'state' | 'outcome'>[],
  decision: Rows['decisions'] | undefined,
): StoredPlan =>
  frozen({
    plan: planOf(row.body),
    targets: targets.map((target) => ({
      deviceId: target.device_id,
      state: targetStateOf(target),
      ...present({ outcome: target.outcome === null ? null : parse<Outcome>(target.outcome) }),
    })),
    ...(decision && { decision: { by: decision.decided_by, at: decision.at, reason: decision.reason } }),
  });

export const targetStateOf = (row: Pick<Rows['targets'], 'state'>): StoredPlan['targets'][number]['state'] =>
  row.state as StoredPlan['targets'][number]['state'];

export const approvalOf = (row: Rows['approvals']): Approval =>
  frozen({
    planId: row.plan_id,
    planHash: row.plan_hash,
    by: row.approved_by,
    kind: row.kind as Approval['kind'],
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    nonceHash: row.nonce_hash,
    mac: row.mac,
    ...present({
      rule: row.rule,
      signature: row.signature === null ? null : parse<NonNullable<Approval['signature']>>(row.signature),
      consumedAt: row.consumed_at,
    }),
  });

export const approverOf = (row: Rows['approvers']): ApproverKey =>
  frozen({
    keyId: row.id,
    person: row.person,
    publicKey: row.public_key,
    enrolledAt: row.enrolled_at,
    enrolledBy: row.enrolled_by,
    ...present({ signedBy: row.signed_by, signature: row.signature, revokedAt: row.revoked_at, revokedBy: row.revoked_by }),
  });

export const runOf = (row: Rows['runs']): Run =>
  frozen({
    id: row.id,
    planId: row.plan_id,
    by: row.started_by,
    startedAt: row.started_at,
    wanted: row.wanted as Run['wanted'],
    ...present({ endedAt: row.ended_at }),
  });

export const journalOf = (row: Rows['journal']): JournalRecord =>
  frozen({
    runId: row.run_id,
    planId: row.plan_id,
    deviceId: row.device_id,
    phase: row.phase as JournalRecord['phase'],
    step: row.step,
    stage: row.stage as JournalRecord['stage'],
    call: parse<JournalRecord['call']>(row.call),
    at: row.at,
    ...present({
      rowId: row.row_id,
      error: row.error === null ? null : parse<NonNullable<JournalRecord['error']>>(row.error),
      note: row.note === null ? null : parse<NonNullable<JournalRecord['note']>>(row.note),
    }),
  });

export const ledgerOf = (row: Rows['ledger']): LedgerRecord =>
  frozen({
    format: row.format as LedgerRecord['format'],
    chain: row.chain,
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    origin: row.origin,
    operation: row.operation,
    result: row.result as LedgerRecord['result'],
    requestId: row.request_id,
    details: ledgerDetails(row.details),
    previous: row.previous,
    hash: row.hash,
    ...present({ onBehalfOf: row.on_behalf_of, device: row.device, environment: row.environment, plan: row.plan }),
  });

/** Text that somebody damaged must not stop the reading of the ledger: its hash shows that it is not ours. */
function ledgerDetails(text: string): LedgerRecord['details'] {
  try {
    const value: unknown = JSON.parse(text);
    // Another spelling of the same value is damage too.
    if (typeof value === 'object' && value !== null && canonical(value) === text) return value as LedgerRecord['details'];
  } catch {
    // Fall through: the mark below takes its place.
  }
  return { unreadable: true };
}

export const ledgerRow = (record: LedgerRecord): Omit<Rows['ledger'], 'position'> => ({
  format: record.format,
  chain: record.chain,
  seq: record.seq,
  at: record.at,
  actor: record.actor,
  on_behalf_of: record.onBehalfOf ?? null,
  origin: record.origin,
  device: record.device ?? null,
  environment: record.environment ?? null,
  operation: record.operation,
  plan: record.plan ?? null,
  result: record.result,
  request_id: record.requestId,
  details: canonical(record.details),
  previous: record.previous,
  hash: record.hash,
});
