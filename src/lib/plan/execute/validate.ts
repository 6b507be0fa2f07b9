import type { Link } from '../../client/types.ts';
import { asFleetError, DeniedError, RouterError } from '../../core/errors.ts';
import { classify, resolveId } from '../classify.ts';
import { type Menu, staticRows } from '../menu.ts';
import { awayTime, isOneWay } from '../one-way.ts';
import { Failure, goneBack } from '../outcome.ts';
import { overFresh, readMenus } from '../settle.ts';
import type { Change, CheckResult, Drift } from '../types.ts';
import { knownIds, type Run } from './run.ts';
import { twins } from './twins.ts';

/** How often (ms) a changed router is looked at while it is watched. */
const LOOK_EVERY = 15_000;
/** How often (ms) meanwhile we ask whether it is called off. */
const EAR = 1_000;
/** Between two reads (ms) of which the second is believed. */
const SETTLE = 3_000;
/** Looks before a missing measurement counts. */
const TRIES = 3;

/**
 * Over a new connection each time: the planned rows, read again, and health compared with before; again and again until the soak is
 * over. What was not measured is no pass.
 */
export async function check(run: Run): Promise<Failure | undefined> {
  const { clock } = run.ports;
  const until = clock.monotonic() + run.plan.soakSeconds * 1_000;
  // A router that has just started finds its neighbours, its routes and the time one after the other.
  const patient = clock.monotonic() + awayTime(run.target, run.ports) * 1_000;
  for (let tries = 1; ; tries += 1) {
    const failure = await checkOnce(run);
    // What could not be measured at once (a clock that is being set) may be measured a moment later.
    if (failure && tries < TRIES && isOnlyUnmeasured(run)) {
      await clock.sleep(SETTLE);
      continue;
    }
    if (failure && clock.monotonic() < patient) {
      await clock.sleep(LOOK_EVERY);
      continue;
    }
    const left = until - clock.monotonic();
    if (failure || left <= 0) return failure;
    const calledOff = await watchFor(run, Math.min(left, LOOK_EVERY));
    if (calledOff) return calledOff;
  }
}

/** Lets time pass, and hears within a second when the run is called off. */
async function watchFor({ ports, target }: Run, ms: number): Promise<Failure | undefined> {
  const until = ports.clock.monotonic() + ms;
  for (let left = ms; left > 0; left = until - ports.clock.monotonic()) {
    await ports.clock.sleep(Math.min(left, EAR));
    try {
      await ports.mayGoOn();
    } catch (thrown) {
      const error = asFleetError(thrown);
      // A person stops it: it goes back, if it can. That the time for writing is over is no fault of a change that was made in time.
      if (!(error instanceof DeniedError) || (error.code !== 'APPROVAL_EXPIRED' && !isOneWay(target))) return new Failure(error);
    }
  }
  return undefined;
}

const isOnlyUnmeasured = ({ checks }: Run): boolean =>
  checks.some(({ verdict }) => verdict === 'inconclusive') && checks.every(({ verdict }) => verdict !== 'fail');

async function checkOnce(run: Run): Promise<Failure | undefined> {
  try {
    const results = await overFresh(run.ports, async (link) => [
      await plannedRows(run, link),
      ...(await run.ports.checks.after(link, run.target)),
    ]);
    run.checks.splice(0, run.checks.length, ...results);
  } catch (thrown) {
    return new Failure(asFleetError(thrown));
  }
  const bad = run.checks.find((result) => result.verdict !== 'pass');
  return (
    bad && new Failure(new RouterError(`After the change the check "${bad.check}" did not pass.`, { hint: 'See the checks of this plan.' }))
  );
}

/** The planned rows alone, twice with a pause between: for the moment after which nothing undoes them any more. */
export async function recheck(run: Run): Promise<Failure | undefined> {
  for (const pause of [0, SETTLE]) {
    if (pause > 0) await run.ports.clock.sleep(pause);
    try {
      const rows = await overFresh(run.ports, (link) => plannedRows(run, link));
      if (rows.verdict !== 'pass') return new Failure(goneBack());
    } catch (thrown) {
      return new Failure(asFleetError(thrown));
    }
  }
  return undefined;
}

/** Every change, and the order of every ordered menu as the plan leaves it. */
async function plannedRows(run: Run, reader: Link): Promise<CheckResult> {
  const { target } = run;
  const menus = await readMenus(
    reader,
    target.changes.map((change) => change.capability),
    target,
    run.ports,
  );
  const done = target.changes.filter((change, index) => stillThere(run, change, target.changes.slice(index + 1), menus));
  const disorder = [...menus].filter(([id, menu]) => !inOrder(run, id, menu)).map(([id]) => id);
  const why = whyNot(target.changes.length - done.length, disorder, twins(run, menus, true));
  return {
    check: 'planned rows',
    verdict: why === undefined ? 'pass' : 'fail',
    after: `${done.length} of ${target.changes.length} as planned`,
    ...(why !== undefined && { why }),
  };
}

function whyNot(missing: number, disorder: readonly string[], doubled: readonly Drift[]): string | undefined {
  if (doubled.length > 0)
    return `a request was carried out twice: ${doubled.map(({ capability, row }) => `${capability} ${row}`).join(', ')} is one too many`;
  if (disorder.length > 0) return `the order of ${disorder.join(', ')} is not the planned one`;
  return missing > 0 ? 'rows are not what was planned when read again' : undefined;
}

function stillThere(run: Run, change: Change, later: readonly Change[], menus: ReadonlyMap<string, Menu>): boolean {
  const menu = menus.get(change.capability);
  const lasting = lastingPart(change, later);
  if (lasting === undefined) return true;
  if (!menu) return false;
  const seen = classify(lasting, menu, run.ids, knownIds(run, change.capability), run.ports.judgeSecret);
  // Taken over from a process that died before it had the answer: a secret that nobody can read is not known to be there.
  return seen.standing === 'post' && !(seen.unseen && run.unsure);
}

/** What of a change must still be seen at the end: later changes may have rewritten the row; where it stands is compared apart. */
export function lastingPart(change: Change, later: readonly Change[]): Change | undefined {
  if (later.some((other) => other.capability === change.capability && other.row === change.row && other.verb !== 'move')) return undefined;
  if (change.verb === 'move') return undefined;
  const { place: _place, ...content } = change;
  return content;
}

/** The rows that were there before, and those of the plan, stand as the plan leaves them; strangers between them are not ours. */
function inOrder(run: Run, capability: string, menu: Menu): boolean {
  const planned = run.order.get(capability);
  if (!planned || menu.capability.shape !== 'ordered') return true;
  const wanted = planned.map((id) => resolveId(run.ids, menu.capability.menu, id));
  const mine = new Set(wanted);
  const found = staticRows(menu)
    .map(({ id }) => id)
    .filter((id) => mine.has(id));
  const there = new Set(found);
  // A row that we did not touch and that is gone was taken away by another hand.
  const still = wanted.filter((id) => there.has(id));
  return still.every((id, at) => id === found[at]);
}
