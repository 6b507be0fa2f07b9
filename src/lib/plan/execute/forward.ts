import { asFleetError, RouterError, StoreError } from '../../core/errors.ts';
import { classify, type Seen } from '../classify.ts';
import type { Menu } from '../menu.ts';
import { Failure } from '../outcome.ts';
import { overFresh, readMenus, readSettled } from '../settle.ts';
import type { Change } from '../types.ts';
import { isFirstStep, keyOf, knownIds, type Run, untouch } from './run.ts';
import { cannotTell } from './secrets.ts';
import { guardSend, isRefused, send } from './send.ts';
import { comeBack, requireOffered } from './turn.ts';

/** Every change in order, each read back before the next; stops at the first that is not as planned. */
export async function forward(run: Run): Promise<Failure | undefined> {
  for (const [index, change] of run.target.changes.entries()) {
    try {
      await sendChange(run, index, change);
    } catch (thrown) {
      const error = asFleetError(thrown);
      // Before the first intent nothing has begun: the caller hears why. What cannot be recorded is not done, undo included.
      if (!run.begun || error instanceof StoreError) throw error;
      return new Failure(error);
    }
  }
  return undefined;
}

async function sendChange(run: Run, index: number, change: Change): Promise<void> {
  for (const [step, { change: owner, call }] of run.target.steps.entries()) {
    if (owner !== index) continue;
    if (call.verb === 'command') await requireOffered(run, change);
    await run.ports.mayGoOn();
    if (run.armed) await run.ports.guard.keep();
    if (!run.touched.includes(index)) run.touched.push(index);
    const sentAt = run.ports.clock.now();
    await send(run, { phase: 'apply', step, call }, change).catch((thrown: unknown) => {
      if (isRefused(call, asFleetError(thrown)) && isFirstStep(run, index, step)) untouch(run, index);
      throw thrown;
    });
    if (call.verb === 'command') run.turning = sentAt;
    if (run.unsure) break;
  }
  const answered = !run.unsure;
  const { seen } = run.turning === undefined ? await readBack(run, change) : await comeBack(run, change);
  if (seen.rowId !== undefined) run.ids.set(keyOf(change), seen.rowId);
  if (!answered && seen.unseen) throw cannotTell();
  if (seen.standing !== 'post') throw notAsPlanned();
  if (run.armed && seen.rowId !== undefined) await run.ports.guard.know(guardSend(run), change, seen.rowId);
  await verified(run, index, seen);
}

/** For a process that takes over while a router is on its way through a restart. @returns why it did not arrive as planned */
export async function waitForIt(run: Run): Promise<Failure | undefined> {
  const index = run.turning === undefined ? undefined : run.touched.at(-1);
  const change = index === undefined ? undefined : run.target.changes[index];
  if (index === undefined || !change) return undefined;
  try {
    const { seen } = await comeBack(run, change);
    await verified(run, index, seen);
    return undefined;
  } catch (thrown) {
    const error = asFleetError(thrown);
    if (error instanceof StoreError) throw error;
    return new Failure(error);
  }
}

/** For a process that takes over: rows of the plan whose ids nobody wrote down are found, and written down. */
export async function nameRows(run: Run): Promise<void> {
  for (const [index, change] of run.target.changes.entries()) {
    if (change.verb !== 'add' || run.ids.has(keyOf(change))) continue;
    const { seen } = await lookAgain(run, change);
    if (seen.rowId === undefined) continue;
    run.ids.set(keyOf(change), seen.rowId);
    await verified(run, index, seen);
  }
}

async function verified(run: Run, index: number, seen: Seen): Promise<void> {
  const step = run.target.steps.findLastIndex((one) => one.change === index);
  const call = run.target.steps[step]?.call;
  if (!call) return;
  const rowId = seen.rowId === undefined ? {} : { rowId: seen.rowId };
  await run.ports.journal({ phase: 'apply', step, stage: 'verified', call, ...rowId });
}

export async function readBack(run: Run, change: Change): Promise<{ readonly seen: Seen; readonly menu: Menu | undefined }> {
  const { ports, target } = run;
  if (run.unsure) return lookAgain(run, change);
  return looked(run, change, await readMenus(ports.reader, [change.capability], target, ports));
}

/** Where a change stands, over a new connection; after a lost reply not before the router has come to rest. */
export async function lookAgain(run: Run, change: Change): Promise<{ readonly seen: Seen; readonly menu: Menu | undefined }> {
  const { ports, target } = run;
  const menus = run.unsure
    ? new Map([[change.capability, await readSettled(ports, target, change.capability)]])
    : await overFresh(ports, (reader) => readMenus(reader, [change.capability], target, ports));
  run.unsure = false;
  return looked(run, change, menus);
}

function looked(run: Run, change: Change, menus: ReadonlyMap<string, Menu>): { readonly seen: Seen; readonly menu: Menu | undefined } {
  const menu = menus.get(change.capability);
  return { seen: menu ? see(run, change, menu) : { standing: 'foreign' }, menu };
}

/** Rows we created ourselves are known too: only what is neither old nor ours can be the row whose reply was lost. */
export function see(run: Run, change: Change, menu: Menu): Seen {
  const others = run.target.changes.filter((other) => other.menu === change.menu && other.row !== change.row);
  const ours = others.flatMap((other) => run.ids.get(keyOf(other)) ?? []);
  return classify(change, menu, run.ids, new Set([...knownIds(run, change.capability), ...ours]), run.ports.judgeSecret);
}

const notAsPlanned = (): RouterError =>
  new RouterError('The router took the request, but when read back it is not what was planned.', {
    hint: 'See the plan for what was found.',
  });
