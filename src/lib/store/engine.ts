import { type CompiledQuery, sql } from 'kysely';
import type { Clock } from '../core/clock.ts';
import { asFleetError, FleetError } from '../core/errors.ts';
import { asFault, type Driver } from './driver.ts';
import { conflict, type Refused, storeError } from './faults.ts';
import { readPlanSecret, readPlanSecretOwners } from './plan-secrets.ts';
import * as reads from './reads.ts';
import { countPlans, readApproverKeys } from './reads-approvers.ts';
import { build } from './schema.ts';
import type { Store, StoreWrite } from './store.ts';
import { stepsOf } from './writes.ts';

/** Tries for a lock that another process holds, and the longest pause (ms) between two: some seconds in all. */
const TRIES = 80;
const LONGEST_PAUSE = 100;

const foreignCommits = sql<{ readonly data_version: number }>`pragma data_version`.compile(build);

/** The contract over any synchronous engine whose schema is in place. */
export function storeOn(driver: Driver, clock: Clock): Store {
  let tail: Promise<unknown> = Promise.resolve();
  let moves = 0;
  let seenForeign: number | undefined;

  const read = <Result>(work: (driver: Driver) => Result): Promise<Result> => patiently(driver, clock, () => work(driver));
  /** Commits of one process happen in the order in which they were asked for. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = tail.then(work);
    tail = next.catch(() => undefined);
    return next;
  };

  return Object.freeze<Store>({
    now: () => clock.now(),
    commit: (writes) =>
      inTurn(async () => {
        await commitAll(driver, clock, writes);
        if (writes.length > 0) moves += 1;
      }),
    devices: () => read(reads.readDevices),
    device: (idOrName) => read((from) => reads.readDevice(from, idOrName)),
    credential: (deviceId) => read((from) => reads.readCredential(from, deviceId)),
    plans: (filter = {}) => read((from) => reads.readPlans(from, filter)),
    plan: (id) => read((from) => reads.readPlan(from, id)),
    approval: (planId) => read((from) => reads.readApproval(from, planId)),
    approverKeys: () => read(readApproverKeys),
    planCount: (filter) => read((from) => countPlans(from, filter)),
    journal: (planId, deviceId) => read((from) => reads.readJournal(from, planId, deviceId)),
    runs: (planId) => read((from) => reads.readRuns(from, planId)),
    planSecret: (ref) => read((from) => readPlanSecret(from, ref)),
    planSecrets: () => read(readPlanSecretOwners),
    run: (runId) => read((from) => reads.readRun(from, runId)),
    recentRuns: (filter) => read((from) => reads.readRecentRuns(from, filter)),
    targetStates: (planId) => read((from) => reads.readTargetStates(from, planId)),
    livePlan: (deviceId) => read((from) => reads.readLivePlan(from, deviceId)),
    ledger: (filter = {}) => read((from) => reads.readLedger(from, filter)),
    ledgerHeads: () => read(reads.readLedgerHeads),
    lease: (deviceId) => read((from) => reads.readLease(from, deviceId)),
    version: () =>
      read((from) => {
        const foreign = from.all(foreignCommits)[0]?.data_version;
        if (seenForeign !== undefined && foreign !== seenForeign) moves += 1;
        seenForeign = foreign;
        return moves;
      }),
    close: () => inTurn(async () => driver.close()),
  });
}

async function commitAll(driver: Driver, clock: Clock, writes: readonly StoreWrite[]): Promise<void> {
  // Compiled before the lock is taken: what cannot be stored at all is found here.
  const compiled = compile(writes);
  if (compiled.length === 0) return;
  let refused: Refused | undefined;
  await patiently(
    driver,
    clock,
    () =>
      driver.transaction('write', () => {
        for (const [index, { kind, queries }] of compiled.entries()) {
          refused = { write: index, kind };
          for (const { query, rows } of queries) if (driver.run(query) !== 1 && rows !== 'any') throw conflict(refused);
        }
        refused = undefined;
      }),
    () => refused,
  );
}

function compile(writes: readonly StoreWrite[]): readonly {
  readonly kind: StoreWrite['kind'];
  readonly queries: readonly { readonly query: CompiledQuery; readonly rows: 'any' | undefined }[];
}[] {
  try {
    return writes.map((write) => ({
      kind: write.kind,
      queries: stepsOf(write).map((step) => ({ query: step.compile(), rows: step.rows })),
    }));
  } catch (thrown) {
    throw asFleetError(thrown);
  }
}

/** Does it; waits while another process holds the lock; says what went wrong in our words. */
export async function patiently<Result>(
  driver: Pick<Driver, 'name'>,
  clock: Clock,
  work: () => Result,
  refused: () => Refused | undefined = () => undefined,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return work();
    } catch (thrown) {
      if (thrown instanceof FleetError) throw thrown;
      const fault = asFault(thrown);
      if (fault.fault === 'busy' && attempt < TRIES) {
        await clock.sleep(Math.random() * Math.min(LONGEST_PAUSE, attempt * 5));
        continue;
      }
      throw storeError(fault, driver.name, refused());
    }
  }
}
