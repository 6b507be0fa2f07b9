import { sql } from 'kysely';
import type { Device } from '../device/device.ts';
import { planState } from '../plan/state.ts';
import type { Approval, JournalRecord } from '../plan/types.ts';
import { approvalOf, deviceOf, frozen, journalOf, ledgerOf, runOf, storedPlanOf } from './codec.ts';
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
        const stored = withTargets(driver, row);
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
  const { deviceId, state } = filter;
  if (deviceId !== undefined)
    query = query.where('id', 'in', build.selectFrom('targets').select('plan_id').where('device_id', '=', deviceId));
  // Most states of a plan are the state of one of its targets, too; these need not be.
  if (state !== undefined && !['partial', 'failed', 'draft'].includes(state))
    query = query.where('id', 'in', build.selectFrom('targets').select('plan_id').where('state', '=', state));
  return query.compile();
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

export const readJournal = (driver: Driver, planId: string): readonly JournalRecord[] =>
  frozen(driver.all(build.selectFrom('journal').selectAll().where('plan_id', '=', planId).orderBy('position').compile()).map(journalOf));

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
