import type { WriteCall } from '../client/types.ts';
import { asFleetError, DeniedError, type FleetError, RouterError, StoreError } from '../core/errors.ts';
import { baseNow, driftOf } from './base.ts';
import { classify, idKey, resolveId, type Seen } from './classify.ts';
import type { Menu } from './menu.ts';
import { completed, Failure, failed, rolledBack, stale, stuck } from './outcome.ts';
import type { ApplyPorts, JournalDraft } from './ports.ts';
import { overFresh, readMenus, readSettled } from './settle.ts';
import type { Change, CheckResult, Outcome, Plan, Target } from './types.ts';
import { validate } from './validate.ts';

/** One execution in progress. */
interface Run {
  readonly plan: Plan;
  readonly target: Target;
  readonly ports: ApplyPorts;
  readonly startedAt: number;
  /** `#n` and re-added rows, as the router calls them now. */
  readonly ids: Map<string, string>;
  /** Ids that were there before we wrote, by capability. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>;
  readonly checks: CheckResult[];
  /** Changes for which a request was sent, in order. */
  readonly touched: number[];
  undone: number;
  /** A request went out, and nobody has said or seen yet what became of it. */
  unsure: boolean;
}

/**
 * Applies one target of an approved plan and ends in a named state. The only writer of the library.
 * Stale is found before the approval is consumed, so that it keeps the approval; an error before the first write is thrown.
 */
export async function applyTarget(plan: Plan, target: Target, ports: ApplyPorts): Promise<Outcome> {
  const at = ports.clock.now();
  const menus = await readMenus(
    ports.reader,
    target.base.sections.map((section) => section.capability),
    target,
    ports,
  );
  const drift = driftOf(target.base, baseNow(target.base, menus));
  if (drift.length > 0) return stale(drift, at);
  await ports.checks.before(ports.reader);
  const known = new Map([...menus].map(([id, menu]) => [id, new Set(menu.rows.map((row) => row.id))]));
  const run: Run = {
    plan,
    target,
    ports,
    startedAt: ports.clock.monotonic(),
    ids: new Map(),
    known,
    checks: [],
    touched: [],
    undone: 0,
    unsure: false,
  };
  const first = target.steps[0];
  if (!first) return completed([], at);
  await ports.begin({ phase: 'apply', step: 0, stage: 'intent', call: first.call });
  const failure = (await forward(run)) ?? (await check(run));
  return failure === undefined ? completed(run.checks, ports.clock.now()) : rollBack(run, failure);
}

/** Every change in order, each read back before the next; stops at the first that is not as planned. */
async function forward(run: Run): Promise<Failure | undefined> {
  for (const [index, change] of run.target.changes.entries()) {
    try {
      await sendChange(run, index, change);
    } catch (thrown) {
      return new Failure(asFleetError(thrown));
    }
  }
  return undefined;
}

async function sendChange(run: Run, index: number, change: Change): Promise<void> {
  for (const [step, { change: owner, call }] of run.target.steps.entries()) {
    if (owner !== index) continue;
    if (run.ports.clock.monotonic() - run.startedAt > run.plan.executeWithin) throw tooLate();
    if (!run.touched.includes(index)) run.touched.push(index);
    await send(run, { phase: 'apply', step, call }, change, step > 0);
    if (run.unsure) break;
  }
  const seen = await readBack(run, change);
  if (seen.rowId !== undefined) run.ids.set(keyOf(change), seen.rowId);
  if (seen.standing !== 'post') throw notAsPlanned();
  const last = run.target.steps.findLastIndex((one) => one.change === index);
  const step = run.target.steps[last];
  if (step)
    await run.ports.journal({
      phase: 'apply',
      step: last,
      stage: 'verified',
      call: step.call,
      ...(seen.rowId !== undefined && { rowId: seen.rowId }),
    });
}

/**
 * One write: journaled before it goes out and after the answer. Without an answer the run is `unsure` until it has read back.
 * @throws RouterError when the router refused, so that nothing changed
 */
async function send(run: Run, what: Pick<JournalDraft, 'phase' | 'step' | 'call'>, change: Change, intent: boolean): Promise<void> {
  const call = resolveCall(run, what.call);
  const record = { ...what, call };
  if (intent) await run.ports.journal({ ...record, stage: 'intent' });
  run.ports.holdsLease();
  await run.ports.journal({ ...record, stage: 'sent' });
  const { unsure } = run;
  run.unsure = true;
  try {
    const { id } = await run.ports.writer.write(call);
    run.unsure = unsure;
    if (call.verb === 'add' && id !== undefined) run.ids.set(keyOf(change), id);
    await run.ports.journal({ ...record, stage: 'ack', ...(id !== undefined && { rowId: id }) });
  } catch (thrown) {
    const error = asFleetError(thrown);
    if (error instanceof StoreError) throw error;
    const refused = error instanceof RouterError && error.code !== 'ROUTER_FAULT';
    if (refused) run.unsure = unsure;
    await run.ports.journal({ ...record, stage: refused ? 'err' : 'unknown', error: { code: error.code, ...routerText(error) } });
    if (refused) throw error;
  }
}

const routerText = (error: FleetError): { readonly routerText?: string } => {
  const words = error.details['routerText'];
  return typeof words === 'string' ? { routerText: words } : {};
};

/** References to rows of this plan, and to rows that came back under another id, as the router knows them now. */
function resolveCall(run: Run, call: WriteCall): WriteCall {
  const real = (id: string): string => resolveId(run.ids, call.menu, id);
  switch (call.verb) {
    case 'add':
      return call.placeBefore === undefined ? call : { ...call, placeBefore: real(call.placeBefore) };
    case 'move':
      return { ...call, id: real(call.id), ...(call.before !== undefined && { before: real(call.before) }) };
    case 'set':
      return call.id === undefined ? call : { ...call, id: real(call.id) };
    case 'command':
      return call;
    default:
      return { ...call, id: real(call.id) };
  }
}

async function readBack(run: Run, change: Change): Promise<Seen> {
  const { ports, target } = run;
  if (run.unsure) return lookAgain(run, change);
  const menu = (await readMenus(ports.reader, [change.capability], target, ports)).get(change.capability);
  return menu ? see(run, change, menu) : { standing: 'foreign' };
}

/** Where a change stands, over a new connection; after a lost reply not before the router has come to rest. */
async function lookAgain(run: Run, change: Change): Promise<Seen> {
  const { ports, target } = run;
  const menus = run.unsure
    ? new Map([[change.capability, await readSettled(ports, target, change.capability)]])
    : await overFresh(ports, (reader) => readMenus(reader, [change.capability], target, ports));
  run.unsure = false;
  const menu = menus.get(change.capability);
  return menu ? see(run, change, menu) : { standing: 'foreign' };
}

const keyOf = (change: Change): string => idKey(change.menu, change.row);
const knownIds = (run: Run, capability: string): ReadonlySet<string> => run.known.get(capability) ?? new Set();
/** Rows we created ourselves are known too: only what is neither old nor ours can be the row whose reply was lost. */
const see = (run: Run, change: Change, menu: Menu): Seen => {
  const others = run.target.changes.filter((other) => other.menu === change.menu && other.row !== change.row);
  const ours = others.flatMap((other) => run.ids.get(keyOf(other)) ?? []);
  return classify(change, menu, run.ids, new Set([...knownIds(run, change.capability), ...ours]));
};

async function check(run: Run): Promise<Failure | undefined> {
  try {
    run.checks.push(...(await validate(run.ports, run.target, run.ids, (capability) => knownIds(run, capability))));
  } catch (thrown) {
    return new Failure(asFleetError(thrown));
  }
  const bad = run.checks.find((result) => result.verdict !== 'pass');
  return (
    bad && new Failure(new RouterError(`After the change the check "${bad.check}" did not pass.`, { hint: 'See the checks of this plan.' }))
  );
}

/** Backwards over what was touched; each change only if the router still has our value. Then the base must be there again. */
async function rollBack(run: Run, failure: Failure): Promise<Outcome> {
  const { ports, target } = run;
  const left: Change[] = [];
  try {
    for (const index of [...run.touched].reverse()) {
      const change = target.changes[index];
      if (change && !(await undoChange(run, change, target.undo[index] ?? []))) left.push(change);
    }
    const menus = await overFresh(ports, (reader) =>
      readMenus(
        reader,
        target.base.sections.map((section) => section.capability),
        target,
        ports,
      ),
    );
    const drift = driftOf(target.base, baseNow(target.base, menus, run.ids));
    if (left.length > 0 || drift.length > 0) return stuck(failure, run.checks, left, drift, ports.clock.now());
    const lost = target.lost.some(({ change }) => run.touched.includes(change));
    return run.undone > 0 ? rolledBack(failure, run.checks, lost, ports.clock.now()) : failed(failure, run.checks, ports.clock.now());
  } catch (thrown) {
    const error = asFleetError(thrown);
    if (error instanceof StoreError) throw error;
    const unsure = run.touched.flatMap((index) => target.changes[index] ?? []);
    return stuck(failure, run.checks, unsure, [], ports.clock.now());
  }
}

/** @returns whether the router stands where it stood before this change */
async function undoChange(run: Run, change: Change, calls: readonly WriteCall[]): Promise<boolean> {
  const seen = await lookAgain(run, change);
  if (seen.standing === 'pre') return true;
  if (seen.standing === 'foreign') return false;
  if (seen.rowId !== undefined) run.ids.set(keyOf(change), seen.rowId);
  if (run.undone === 0) await run.ports.rollingBack();
  // What was removed comes back under another id.
  if (change.verb === 'remove') run.ids.delete(keyOf(change));
  for (const call of calls) {
    run.undone += 1;
    try {
      await send(run, { phase: 'undo', step: run.undone - 1, call }, change, true);
    } catch (thrown) {
      // A refused undo is not the end of undoing: the rest still goes back, and this change is reported as left.
      if (!(thrown instanceof RouterError)) throw thrown;
    }
  }
  if (change.verb === 'remove' && !run.ids.has(keyOf(change))) {
    // The router did not say the id of what was put back: the row that is new and has the old content is the one.
    const back = await readBack(run, { ...change, verb: 'add', after: change.before, row: `${change.row}?` });
    if (back.rowId !== undefined) run.ids.set(keyOf(change), back.rowId);
  }
  return (await readBack(run, change)).standing === 'pre';
}

const tooLate = (): DeniedError =>
  new DeniedError('The time within which this plan may be executed is over.', { code: 'APPROVAL_EXPIRED', hint: 'Make a new plan.' });
const notAsPlanned = (): RouterError =>
  new RouterError('The router took the request, but when read back it is not what was planned.', {
    hint: 'See the plan for what was found.',
  });
