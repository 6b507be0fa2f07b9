import { sql } from 'kysely';
import { StoreError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import { planState } from '../plan/state.ts';
import type { Approval, JournalRecord, TargetState } from '../plan/types.ts';
import { approvalOf, deviceOf, frozen, journalOf, ledgerOf, runOf, storedPlanOf, targetStateOf } from './codec.ts';
import type { Driver } from './driver.ts';
import { build } from './schema.ts';
import type { Lease, LedgerFilter, LedgerHead, LedgerRecord, PlanFilter, Run, SealedCredential, StoredPlan } from './store.ts';
import { nameKey } from './write-devices.ts';

/** How many plans are looked at in one go when a filter can only be decided on the plan as a whole. */
const PAGE = 100;

export const readDevices = (driver: Driver): readonly Device[] =>
  frozen(driver.all(build.selectFrom('devices').select(['body', 'revision']).orderBy('name_key').compile()).map(deviceOf));

export function readDevice(driver: Driver, idOrName: string): Device | undefined {
  const found = driver.all(
    build
      .selectFrom('devices')
      .select(['id', 'body', 'revision'])
      .where(({ or, eb }) => or([eb('id', '=', idOrName), eb('name_key', '=', nameKey(idOrName))]))
      .compile(),
  );
  // One device's id could be another one's name: the id goes first.
  const row = found.find(({ id }) => id === idOrName) ?? found[0];
  return row && deviceOf(row);
}

export function readCredential(driver: Driver, deviceId: string): SealedCredential | undefined {
  const [row] = driver.all(build.selectFrom('credentials').selectAll().where('device_id', '=', deviceId).compile());
  return row && frozen({ deviceId: row.device_id, sealed: row.sealed });
}

type PlanRow = { readonly position: number; readonly id: string; readonly body: string };

export function readPlan(driver: Driver, id: string): StoredPlan | undefined {
  return driver.transaction('read', () => {
    const [row] = driver.all(build.selectFrom('plans').select(['position', 'id', 'body']).where('id', '=', id).compile());
    return row && withTargets(driver, row);
  });
}

export function readPlans(driver: Driver, filter: PlanFilter): readonly StoredPlan[] {
  const limit = filter.limit ?? Number.POSITIVE_INFINITY;
  return driver.transaction('read', () => {
    const found: StoredPlan[] = [];
    for (let below = Number.MAX_SAFE_INTEGER; ; ) {
      const page = driver.all(planPage(filter, below));
      for (const row of page) {
        if (found.length >= limit) return frozen(found);
        const stored = legible(driver, row);
        if (!stored) continue;
        if (filter.state === undefined || planState(stored.targets.map(({ state }) => state)) === filter.state) found.push(stored);
      }
      const last = page.at(-1);
      if (!last || page.length < PAGE) return frozen(found);
      below = last.position;
    }
  });
}

function planPage(filter: PlanFilter, below: number) {
  let query = build
    .selectFrom('plans')
    .select(['position', 'id', 'body'])
    .where('position', '<', below)
    .orderBy('position', 'desc')
    .limit(PAGE);
  const { deviceId, state, expiredBy } = filter;
  if (expiredBy !== undefined) query = query.where(sql<number>`json_extract(body, '$.expiresAt')`, '<=', expiredBy);
  if (deviceId !== undefined)
    query = query.where('id', 'in', build.selectFrom('targets').select('plan_id').where('device_id', '=', deviceId));
  // Most states of a plan are the state of one of its targets, too; these need not be.
  if (state !== undefined && !['partial', 'failed', 'draft'].includes(state))
    query = query.where(
      'id',
      'in',
      // Between two routers of a rollout none is being changed, and yet it is executing.
      build
        .selectFrom('targets')
        .select('plan_id')
        .where('state', 'in', state === 'executing' ? [state, 'approved'] : [state]),
    );
  return query.compile();
}

/** One that somebody damaged does not hide the others; whoever asks for it by its id is told. */
function legible(driver: Driver, row: PlanRow): StoredPlan | undefined {
  try {
    return withTargets(driver, row);
  } catch (thrown) {
    if (thrown instanceof StoreError) return undefined;
    throw thrown;
  }
}

function withTargets(driver: Driver, row: PlanRow): StoredPlan {
  const targets = driver.all(
    build.selectFrom('targets').select(['device_id', 'state', 'outcome']).where('plan_id', '=', row.id).orderBy('position').compile(),
  );
  const [decision] = driver.all(build.selectFrom('decisions').selectAll().where('plan_id', '=', row.id).compile());
  return storedPlanOf(row, targets, decision);
}

export function readApproval(driver: Driver, planId: string): Approval | undefined {
  const [row] = driver.all(build.selectFrom('approvals').selectAll().where('plan_id', '=', planId).compile());
  return row && approvalOf(row);
}

export function readJournal(driver: Driver, planId: string, deviceId?: string): readonly JournalRecord[] {
  let query = build.selectFrom('journal').selectAll().where('plan_id', '=', planId).orderBy('position');
  if (deviceId !== undefined) query = query.where('device_id', '=', deviceId);
  return frozen(driver.all(query.compile()).map(journalOf));
}

export function readRun(driver: Driver, runId: string): Run | undefined {
  const [row] = driver.all(build.selectFrom('runs').selectAll().where('id', '=', runId).compile());
  return row && runOf(row);
}

export function readRecentRuns(driver: Driver, { open, limit }: { readonly open?: true; readonly limit: number }): readonly Run[] {
  let query = build.selectFrom('runs').selectAll().orderBy('position', 'desc').limit(limit);
  if (open) query = query.where('ended_at', 'is', null);
  return frozen(driver.all(query.compile()).map(runOf));
}

export const readTargetStates = (driver: Driver, planId: string): ReadonlyMap<string, TargetState> =>
  new Map(
    driver
      .all(build.selectFrom('targets').select(['device_id', 'state']).where('plan_id', '=', planId).orderBy('position').compile())
      .map((row) => [row.device_id, targetStateOf(row)]),
  );

export const readLivePlan = (driver: Driver, deviceId: string): string | undefined =>
  driver.all(
    build
      .selectFrom('targets')
      .select('plan_id')
      .where('device_id', '=', deviceId)
      .where('state', 'in', ['executing', 'rolling-back'])
      .compile(),
  )[0]?.plan_id;

export const readRuns = (driver: Driver, planId: string): readonly Run[] =>
  frozen(driver.all(build.selectFrom('runs').selectAll().where('plan_id', '=', planId).orderBy('position').compile()).map(runOf));

export function readLedger(driver: Driver, filter: LedgerFilter): readonly LedgerRecord[] {
  const direction = filter.ascending ? 'asc' : 'desc';
  // Within a chain the order is the chain's own; across chains it is the order of storing.
  let query = build
    .selectFrom('ledger')
    .selectAll()
    .orderBy(filter.chain === undefined ? 'position' : 'seq', direction);
  if (filter.chain !== undefined) query = query.orderBy('position', direction);
  if (filter.deviceId !== undefined) query = query.where('device', '=', filter.deviceId);
  if (filter.planId !== undefined) query = query.where('plan', '=', filter.planId);
  if (filter.chain !== undefined) query = query.where('chain', '=', filter.chain);
  if (filter.operation !== undefined) query = query.where('operation', '=', filter.operation);
  if (filter.afterSeq !== undefined) query = query.where('seq', '>', filter.afterSeq);
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  return frozen(driver.all(query.compile()).map(ledgerOf));
}

/** Jumps from chain to chain along the index: a million records of ten chains cost ten steps. */
const heads = sql<LedgerHead>`
  with recursive chains(chain) as (
    select min(chain) from ledger
    union all
    select (select min(chain) from ledger where chain > chains.chain) from chains where chains.chain is not null
  )
  select ledger.chain, ledger.seq, ledger.hash from chains join ledger
  on ledger.position = (select position from ledger as own where own.chain = chains.chain order by seq desc, position desc limit 1)
  order by ledger.chain`.compile(build);

export const readLedgerHeads = (driver: Driver): readonly LedgerHead[] =>
  frozen(driver.all(heads).map(({ chain, seq, hash }) => ({ chain, seq, hash })));

export function readLease(driver: Driver, deviceId: string): Lease | undefined {
  const [row] = driver.all(build.selectFrom('leases').selectAll().where('device_id', '=', deviceId).compile());
  return row && row.holder !== null
    ? frozen({ deviceId: row.device_id, holder: row.holder, fence: row.fence, until: row.until })
    : undefined;
}
