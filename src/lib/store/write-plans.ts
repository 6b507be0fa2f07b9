import { canonical } from '../core/canonical.ts';
import { isTerminal } from '../plan/state.ts';
import type { Approval, JournalRecord, Plan, TargetState } from '../plan/types.ts';
import { dropPlanSecrets } from './plan-secrets.ts';
import { build } from './schema.ts';
import type { Step } from './step.ts';
import type { Run, StoreWrite } from './store.ts';

type Write<Kind extends StoreWrite['kind']> = Extract<StoreWrite, { readonly kind: Kind }>;

export const insertPlan = (plan: Plan, state: Write<'plan-insert'>['state']): readonly Step[] => [
  build.insertInto('plans').values({ id: plan.id, hash: plan.hash, created_at: plan.createdAt, body: canonical(plan) }),
  ...plan.targets.map((target, position) =>
    build.insertInto('targets').values({ plan_id: plan.id, device_id: target.deviceId, position, state, outcome: null }),
  ),
];

/** What is over sends no secret any more; a `stuck` target does not either: a person says where it stands. */
const isOver = (state: TargetState): boolean => state === 'stuck' || isTerminal(state);

/** An outcome tells why a target is where it is: it does not outlive the state it belongs to. Its secrets do not outlive the end. */
export const moveTarget = (write: Write<'target-move'>): readonly Step[] => [
  build
    .updateTable('targets')
    .set({ state: write.to, outcome: write.outcome ? canonical(write.outcome) : null })
    .where('plan_id', '=', write.planId)
    .where('device_id', '=', write.deviceId)
    .where('state', '=', write.from),
  ...(isOver(write.to) ? dropPlanSecrets(write.planId, write.deviceId) : []),
];

export const decidePlan = (write: Write<'plan-decide'>): readonly Step[] => [
  build.insertInto('decisions').values({ plan_id: write.planId, decided_by: write.by, at: write.at, reason: write.reason }),
];

export function putApproval(approval: Approval): readonly Step[] {
  const columns = {
    plan_hash: approval.planHash,
    approved_by: approval.by,
    kind: approval.kind,
    rule: approval.rule ?? null,
    issued_at: approval.issuedAt,
    expires_at: approval.expiresAt,
    nonce_hash: approval.nonceHash,
    mac: approval.mac,
    signature: approval.signature ? canonical(approval.signature) : null,
    consumed_at: approval.consumedAt ?? null,
  };
  return [
    build
      .insertInto('approvals')
      .values({ plan_id: approval.planId, ...columns })
      .onConflict((existing) => existing.column('plan_id').doUpdateSet(columns).where('approvals.consumed_at', 'is', null)),
  ];
}

/** One conditional update: of any number of consumers, one changes the row. */
export const consumeApproval = (write: Write<'approval-consume'>): readonly Step[] => [
  build
    .updateTable('approvals')
    .set({ consumed_at: write.at })
    .where('plan_id', '=', write.planId)
    .where('plan_hash', '=', write.planHash)
    .where('nonce_hash', '=', write.nonceHash)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', write.at),
];

export const startRun = (run: Run): readonly Step[] => [
  build
    .insertInto('runs')
    .values({ id: run.id, plan_id: run.planId, started_by: run.by, started_at: run.startedAt, ended_at: run.endedAt ?? null }),
];

/** Refused once it has ended. */
export const controlRun = (write: Write<'run-control'>): readonly Step[] => [
  build.updateTable('runs').set({ wanted: write.wanted }).where('id', '=', write.runId).where('ended_at', 'is', null),
];

export const endRun = (write: Write<'run-end'>): readonly Step[] => [
  build.updateTable('runs').set({ ended_at: write.at }).where('id', '=', write.runId).where('ended_at', 'is', null),
];

export const appendJournal = (record: JournalRecord): readonly Step[] => [
  build.insertInto('journal').values({
    run_id: record.runId,
    plan_id: record.planId,
    device_id: record.deviceId,
    phase: record.phase,
    step: record.step,
    stage: record.stage,
    call: canonical(record.call),
    row_id: record.rowId ?? null,
    error: record.error ? canonical(record.error) : null,
    note: record.note ? canonical(record.note) : null,
    at: record.at,
  }),
];
