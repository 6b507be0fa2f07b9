import type { WriteCall } from '../../client/types.ts';
import { asFleetError, StaleError, StoreError, UnreachableError } from '../../core/errors.ts';
import type { Seen } from '../classify.ts';
import { type Menu, rowById } from '../menu.ts';
import { commandOf } from '../one-way.ts';
import { anotherBox, Failure, failed, rolledBack, stuck } from '../outcome.ts';
import { overFresh, readMenus } from '../settle.ts';
import type { Change, Outcome } from '../types.ts';
import { missingFromBase, standsAsBefore } from './equal.ts';
import { lookAgain, readBack, see } from './forward.ts';
import { keyOf, type Run } from './run.ts';
import { isForGood } from './secrets.ts';
import { guardSend, isRefused, send } from './send.ts';
import { twins } from './twins.ts';

/** How often an undo whose effect is not seen is sent: each time after the router was read and still had our value. */
const TRIES = 3;

/**
 * Brings a router back to its base, and says whether that went well. While the guard is armed its script is the undo, so that there are
 * never two at work; what it left is undone from here, backwards, each change only if the router still has our value.
 */
export async function restore(run: Run, failure: Failure): Promise<Outcome> {
  const { ports, target } = run;
  try {
    if (run.armed) await reachable(run);
    // Nothing of ours was taken: there is nothing to put back, and nothing that a look could tell.
    if (run.touched.length === 0 && !run.rollingBack) {
      await sweep(run);
      return failed(failure, run.checks, ports.clock.now());
    }
    if (run.armed) await fire(run);
    const left: Change[] = [];
    for (const index of [...run.touched].reverse()) {
      const change = target.changes[index];
      if (change && !(await undoChange(run, index, change))) left.push(change);
    }
    const menus = await overFresh(ports, (reader) => readMenus(reader, touchedCapabilities(run), target, ports));
    const drift = [...missingFromBase(run, menus), ...twins(run, menus, false)];
    await sweep(run);
    if (left.length > 0 || drift.length > 0) return stuck(failure, run.checks, left, drift, ports.clock.now());
    const lost = target.lost.some(({ change }) => run.touched.includes(change));
    // Also where others had put it back before us: from `rolling-back` no way leads to `failed`.
    return run.rollingBack ? rolledBack(failure, run.checks, lost, ports.clock.now()) : failed(failure, run.checks, ports.clock.now());
  } catch (thrown) {
    const error = asFleetError(thrown);
    if (error instanceof StoreError) throw error;
    const unsure = run.touched.flatMap((index) => target.changes[index] ?? []);
    return stuck(error instanceof StaleError ? new Failure(error) : failure, run.checks, unsure, [], ports.clock.now());
  }
}

const touchedCapabilities = (run: Run): readonly string[] =>
  run.target.base.sections.filter(({ critical }) => !critical).map(({ capability }) => capability);

/** A router that is out of reach goes back by itself meanwhile: it is waited for as long as that may take. */
async function reachable(run: Run): Promise<void> {
  try {
    await run.ports.guard.state();
  } catch (thrown) {
    if (!(thrown instanceof UnreachableError)) throw thrown;
    await run.ports.guard.await();
  }
}

/** Lets the guard undo what we wrote. One that never runs is taken away. */
async function fire(run: Run): Promise<void> {
  const { ports } = run;
  if (run.touched.length === 0) return;
  await beginRollback(run);
  try {
    await ports.guard.fire(guardSend(run));
  } catch (thrown) {
    const error = asFleetError(thrown);
    if (error instanceof StoreError) throw error;
    // It refuses, or we cannot reach it: then its own time will tell.
    await ports.guard.await();
  }
  // Nothing ran it: without its script it never will, and the inverse from here takes its place.
  if ((await ports.guard.state()) === 'armed') await sweep(run);
}

/** No armed guard survives the end of a run. */
export async function sweep(run: Run): Promise<void> {
  if (!run.armed) return;
  try {
    await run.ports.guard.sweep(guardSend(run));
  } catch (thrown) {
    if (!(thrown instanceof UnreachableError)) throw thrown;
    await run.ports.guard.await();
    await run.ports.guard.sweep(guardSend(run));
  }
  run.armed = false;
}

/** @throws StaleError when another box answers */
async function beginRollback(run: Run): Promise<void> {
  if (!run.recognised && !(await overFresh(run.ports, (link) => run.ports.sameBox(link)))) throw anotherBox();
  run.recognised = true;
  if (run.rollingBack) return;
  await run.ports.rollingBack();
  run.rollingBack = true;
}

/** @returns whether the router stands where it stood before this change */
async function undoChange(run: Run, index: number, change: Change): Promise<boolean> {
  // A router that may still turn into another one is not written to.
  if (run.turning !== undefined) return false;
  const oneWay = commandOf(run.ports.capability(change.capability), change) !== undefined;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { seen, menu } = await lookAgain(run, change);
    if (seen.standing === 'pre' || isBack(run, change, menu) || isGoneWithItsRow(run, change, menu)) return true;
    // The anchor of a move may be gone with the rows of the plan: what counts is where the row stands.
    if (change.verb === 'move' && menu && standsAsBefore(run, change, menu)) return true;
    if (isForGood(change, seen)) return forgo(run);
    if (oneWay && seen.standing === 'post') return false;
    if (seen.standing === 'foreign') return false;
    if (!(await sendUndo(run, index, change, seen))) return (await readBack(run, change)).seen.standing === 'pre';
  }
  return (await lookAgain(run, change)).seen.standing === 'pre';
}

/** What was done to a row of the plan itself went with that row. */
const isGoneWithItsRow = (run: Run, change: Change, menu: Menu | undefined): boolean =>
  change.verb !== 'add' && change.row.startsWith('#') && menu !== undefined && !rowById(menu, run.ids.get(keyOf(change)) ?? change.row);

/** What stays is part of what was done: the outcome says that what the plan calls lost was not put back. */
async function forgo(run: Run): Promise<true> {
  await beginRollback(run);
  return true;
}

/** @returns whether it is worth another look and another try: the router did not refuse */
async function sendUndo(run: Run, index: number, change: Change, seen: Seen): Promise<boolean> {
  if (seen.rowId !== undefined) run.ids.set(keyOf(change), seen.rowId);
  await beginRollback(run);
  // What was removed comes back under another id.
  if (change.verb === 'remove') run.ids.delete(keyOf(change));
  let refused = false;
  for (const call of run.target.undo[index] ?? []) refused = !(await sendOne(run, index, change, call)) || refused;
  return !refused;
}

/** A refused undo is not the end of undoing: the rest still goes back, and this change is reported as left. */
async function sendOne(run: Run, index: number, change: Change, call: WriteCall): Promise<boolean> {
  const step = run.undone;
  run.undone += 1;
  try {
    await send(run, { phase: 'undo', step, call, note: { change: index } }, change);
    return true;
  } catch (thrown) {
    if (!isRefused(call, asFleetError(thrown))) throw thrown;
    return false;
  }
}

/**
 * A removed row that is there again under another id, by the guard's hand or after a lost reply: the row that is new and has the old
 * content is the one. Looked for before it is put back a second time.
 */
function isBack(run: Run, change: Change, menu: Menu | undefined): boolean {
  if (change.verb !== 'remove' || !menu || rowById(menu, run.ids.get(keyOf(change)) ?? change.row)) return false;
  const { place: _place, ...bare } = change;
  const { rowId } = see(run, { ...bare, verb: 'add', after: change.before, before: null, row: `${change.row}?` }, menu);
  if (rowId !== undefined) run.ids.set(keyOf(change), rowId);
  return rowId !== undefined;
}
