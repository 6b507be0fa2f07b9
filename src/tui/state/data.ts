import type { DeviceView, ItemView, JournalRecord, PlanView } from '../../lib/index.ts';
import type { AppState, HistoryRow, Job, LeftOut, ReadState, Trouble } from './app.ts';

/** What came from the library. */
export type DataAction =
  | { readonly type: 'devices'; readonly devices: readonly DeviceView[] }
  | { readonly type: 'plans'; readonly plans: readonly PlanView[] }
  /** One plan, newer than the list's. */
  | { readonly type: 'plan'; readonly view: PlanView }
  | { readonly type: 'journal'; readonly planId: string; readonly journal: readonly JournalRecord[] }
  | { readonly type: 'step'; readonly record: JournalRecord }
  | { readonly type: 'history'; readonly rows: readonly HistoryRow[] }
  | { readonly type: 'read-asked'; readonly key: string; readonly asked: number }
  | {
      readonly type: 'read';
      readonly key: string;
      readonly asked: number;
      readonly items: readonly ItemView[];
      readonly total: number;
      readonly readAt: number;
      readonly missing?: string;
      readonly lacks?: Readonly<Record<string, string>>;
      readonly overSsh?: true;
    }
  | { readonly type: 'read-failed'; readonly key: string; readonly asked: number; readonly trouble: Trouble }
  | { readonly type: 'samples'; readonly version: number }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'pause'; readonly paused: boolean }
  | { readonly type: 'busy'; readonly planId: string; readonly doing: string | null }
  | { readonly type: 'jobs'; readonly jobs: readonly Job[] }
  | { readonly type: 'left-out'; readonly planId: string; readonly routers: LeftOut };

const TYPES: ReadonlySet<string> = new Set<DataAction['type']>([
  'devices',
  'plans',
  'plan',
  'journal',
  'step',
  'history',
  'read-asked',
  'read',
  'read-failed',
  'samples',
  'tick',
  'pause',
  'busy',
  'jobs',
  'left-out',
]);
export const isDataAction = (action: { readonly type: string }): action is DataAction => TYPES.has(action.type);

const NEVER_READ: ReadState = Object.freeze({ items: [], total: 0, readAt: null, asked: 0, answered: 0 });

export function dataReducer(state: AppState, action: DataAction): AppState {
  switch (action.type) {
    case 'devices':
      return withDevices(state, action.devices);
    case 'plans':
      return { ...state, plans: [...action.plans, ...opened(state, action.plans)] };
    case 'plan':
      return { ...state, plans: withPlan(state.plans ?? [], action.view) };
    case 'journal':
      return { ...state, journals: { ...state.journals, [action.planId]: action.journal } };
    case 'step':
      return withStep(state, action.record);
    case 'history':
      return { ...state, history: action.rows };
    case 'read-asked':
    case 'read':
    case 'read-failed':
      return withRead(state, action);
    case 'samples':
      return state.samples === action.version ? state : { ...state, samples: action.version };
    case 'tick':
      return state.now === action.now ? state : { ...state, now: action.now };
    case 'pause':
      return { ...state, paused: action.paused };
    case 'busy': {
      const { [action.planId]: _done, ...busy } = state.busy;
      return { ...state, busy: action.doing === null ? busy : { ...busy, [action.planId]: action.doing } };
    }
    case 'jobs':
      return state.jobs.length === 0 && action.jobs.length === 0 ? state : { ...state, jobs: action.jobs };
    case 'left-out':
      return { ...state, leftOut: { ...state.leftOut, [action.planId]: action.routers } };
  }
}

/** A mark on a router that is no longer enrolled goes with it. */
function withDevices(state: AppState, devices: readonly DeviceView[]): AppState {
  if (state.marked.length === 0) return { ...state, devices };
  const known = new Set(devices.map(({ id }) => id));
  return { ...state, devices, marked: state.marked.filter((id) => known.has(id)) };
}

/** Plans that somebody looks at stay, though the list of the newest has no place for them any more. */
function opened(state: AppState, fresh: readonly PlanView[]): readonly PlanView[] {
  const wanted = state.stack.flatMap(({ place }) => (place.kind === 'plan' ? [place.planId] : []));
  return (state.plans ?? []).filter(({ plan }) => wanted.includes(plan.id) && !fresh.some((one) => one.plan.id === plan.id));
}

function withPlan(plans: readonly PlanView[], view: PlanView): readonly PlanView[] {
  const known = plans.some(({ plan }) => plan.id === view.plan.id);
  return known ? plans.map((one) => (one.plan.id === view.plan.id ? view : one)) : [view, ...plans];
}

/** Our own steps are told one by one; the journal that is read later has them too. */
function withStep(state: AppState, record: JournalRecord): AppState {
  const journal = state.journals[record.planId] ?? [];
  const same = (one: JournalRecord): boolean =>
    one.runId === record.runId &&
    one.deviceId === record.deviceId &&
    one.phase === record.phase &&
    one.step === record.step &&
    one.stage === record.stage;
  return journal.some(same) ? state : { ...state, journals: { ...state.journals, [record.planId]: [...journal, record] } };
}

type ReadAction = Extract<DataAction, { type: 'read' | 'read-asked' | 'read-failed' }>;

function withRead(state: AppState, action: ReadAction): AppState {
  const before = state.reads[action.key] ?? NEVER_READ;
  const after = readReducer(before, action);
  return after === before ? state : { ...state, reads: { ...state.reads, [action.key]: after } };
}

/** What is on the screen stays there until something newer comes; an answer to an older question is dropped. */
function readReducer(before: ReadState, action: ReadAction): ReadState {
  if (action.type === 'read-asked') return { ...before, asked: action.asked };
  if (action.asked <= before.answered) return before;
  if (action.type === 'read-failed') return { ...before, answered: action.asked, trouble: action.trouble };
  const { items, total, readAt, missing, lacks, overSsh } = action;
  return {
    items,
    total,
    readAt,
    asked: before.asked,
    answered: action.asked,
    ...(missing === undefined ? {} : { missing }),
    ...(lacks && { lacks }),
    ...(overSsh && { overSsh }),
  };
}
