import { idKey } from '../classify.ts';
import { type Menu, staticRows } from '../menu.ts';
import type { ApplyPorts } from '../ports.ts';
import { menuAfter } from '../sketch.ts';
import type { Change, CheckResult, JournalRecord, Plan, Target } from '../types.ts';

/** One execution of one target in progress: all that the next step must know of the steps before. */
export interface Run {
  readonly plan: Plan;
  readonly target: Target;
  readonly ports: ApplyPorts;
  /** `#n` and re-added rows, as the router calls them now. */
  readonly ids: Map<string, string>;
  /** Ids that were there before we wrote, by capability. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>;
  /** In ordered menus: the rows in the order in which the plan leaves them, with `#n` for its own. */
  readonly order: ReadonlyMap<string, readonly string[]>;
  readonly checks: CheckResult[];
  /** Changes for which a request was sent, in order. */
  readonly touched: number[];
  /** The approval is used up and the first intent is in the journal. */
  begun: boolean;
  undone: number;
  /** Running number of the guard's own writes. */
  guarded: number;
  /** A request went out, and nobody has said or seen yet what became of it. */
  unsure: boolean;
  /** Since when (ms since 1970) a command is out that restarts the router, of which nobody has seen the end. */
  turning: number | undefined;
  /** The guard stands on the router, as far as we know. */
  armed: boolean;
  /** The target is in `rolling-back`. */
  rollingBack: boolean;
  /** The box was asked who it is since this process began to undo. */
  recognised: boolean;
}

/** What a process that takes over must know and cannot read from the router any more: plain data, journaled with the first intent. */
export interface RunNote {
  readonly known: Readonly<Record<string, readonly string[]>>;
  readonly order: Readonly<Record<string, readonly string[]>>;
  readonly health: unknown;
}

export function newRun(plan: Plan, target: Target, ports: ApplyPorts, menus: ReadonlyMap<string, Menu>): Run {
  const touched = [...menus].filter(([id]) => target.changes.some((change) => change.capability === id));
  return blank(plan, target, ports, {
    known: new Map(touched.map(([id, menu]) => [id, new Set(menu.rows.map((row) => row.id))])),
    order: new Map(touched.filter(([, menu]) => menu.capability.shape === 'ordered').map(([id, menu]) => [id, orderAfter(menu, target)])),
  });
}

function blank(plan: Plan, target: Target, ports: ApplyPorts, facts: Pick<Run, 'known' | 'order'>): Run {
  return {
    plan,
    target,
    ports,
    ids: new Map(),
    ...facts,
    checks: [],
    touched: [],
    begun: false,
    undone: 0,
    guarded: 0,
    unsure: false,
    turning: undefined,
    armed: false,
    rollingBack: false,
    recognised: false,
  };
}

/** The rows of an ordered menu as the plan leaves them: worked out on data, before anything is sent. */
function orderAfter(menu: Menu, target: Target): readonly string[] {
  const after = target.changes
    .filter((change) => change.capability === menu.capability.id)
    .reduce((now, change) => menuAfter(now, change), menu);
  return staticRows(after).map((row) => row.id);
}

export function noteOf(run: Run): RunNote {
  return {
    known: Object.fromEntries([...run.known].map(([id, ids]) => [id, [...ids]])),
    order: Object.fromEntries(run.order),
    health: run.ports.checks.snapshot(),
  };
}

/** A run as the journal of a process that is gone tells it. */
export function runFrom(plan: Plan, target: Target, ports: ApplyPorts, journal: readonly JournalRecord[]): Run {
  const note = journal.map((record) => record.note).find(isRunNote);
  const run = blank(plan, target, ports, {
    known: new Map(Object.entries(note?.known ?? {}).map(([id, ids]) => [id, new Set(ids)])),
    order: new Map(Object.entries(note?.order ?? {})),
  });
  run.begun = true;
  if (note) ports.checks.restore(note.health);
  for (const record of journal) remember(run, record);
  return run;
}

function remember(run: Run, record: JournalRecord): void {
  const { phase, step, stage, rowId } = record;
  if (phase === 'guard') {
    run.guarded = Math.max(run.guarded, step + 1);
    // Once anything of the guard went out, it is there until somebody has looked.
    if (stage === 'sent') run.armed = true;
    return;
  }
  const index = phase === 'apply' ? run.target.steps[step]?.change : record.note?.['change'];
  if (phase === 'undo') run.undone = Math.max(run.undone, step + 1);
  const change = typeof index === 'number' ? run.target.changes[index] : undefined;
  if (!change || typeof index !== 'number') return;
  if (phase === 'apply' && stage === 'sent' && !run.touched.includes(index)) run.touched.push(index);
  if (phase === 'apply' && stage === 'sent' && record.call.verb === 'command') run.turning = record.at;
  if (stage === 'err' || stage === 'verified') run.turning = undefined;
  if (stage === 'sent' || stage === 'unknown') run.unsure = true;
  if (stage === 'ack' || stage === 'err' || stage === 'verified') run.unsure = false;
  if (phase === 'apply' && stage === 'err' && isFirstStep(run, index, step)) untouch(run, index);
  // An add of the plan, and a removed row that was put back under another id.
  const makes = phase === 'apply' ? change.verb === 'add' : change.verb === 'remove';
  if (makes && rowId !== undefined) run.ids.set(keyOf(change), rowId);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isRunNote = (note: unknown): note is RunNote => isRecord(note) && isRecord(note['known']) && isRecord(note['order']);

/**
 * A change whose first request was refused was not made by us: a row that somebody else took away is not ours to put back, and of a
 * secret that cannot be read nothing but the refusal says that it is not there.
 */
export function untouch(run: Run, index: number): void {
  const at = run.touched.indexOf(index);
  if (at >= 0) run.touched.splice(at, 1);
}

export const isFirstStep = (run: Run, index: number, step: number): boolean =>
  run.target.steps.findIndex(({ change }) => change === index) === step;

export const keyOf = (change: Pick<Change, 'menu' | 'row'>): string => idKey(change.menu, change.row);
export const knownIds = (run: Run, capability: string): ReadonlySet<string> => run.known.get(capability) ?? new Set();
