import type { DeviceView, Fleet, ItemView, JournalRecord, PlanResult, PlanView } from '../../lib/index.ts';
import type { Tone } from '../parts/line.ts';
import type { ListState } from './list.ts';
import type { Prompt } from './prompt.ts';

/** Where a person can be. */
export type Place =
  | { readonly kind: 'fleet' }
  | { readonly kind: 'device'; readonly deviceId: string }
  /** All plans, or those of one router. */
  | { readonly kind: 'plans'; readonly deviceId?: string }
  | { readonly kind: 'plan'; readonly planId: string }
  | { readonly kind: 'history'; readonly deviceId?: string }
  | { readonly kind: 'help' }
  /** One row, device or plan in full, as it was when it was opened. */
  | { readonly kind: 'record'; readonly title: string; readonly record: object; readonly capability?: string; readonly raw: boolean };

/** One screen of the stack, and what was selected on each of its panes. */
export interface Level {
  readonly place: Place;
  readonly pane: string;
  readonly lists: Readonly<Record<string, ListState>>;
}

/** What went wrong, as a face shows it. */
export interface Trouble {
  readonly text: string;
  readonly hint: string;
}

/** The rows of one menu of one router. */
export interface ReadState {
  readonly items: readonly ItemView[];
  readonly total: number;
  /** Why this router has no such menu. */
  readonly missing?: string;
  /** Of a view: which parts this router does not have, and why. */
  readonly lacks?: Readonly<Record<string, string>>;
  /** When the rows were read; null while none ever came. */
  readonly readAt: number | null;
  /** Set where SSH served it, since REST did not answer. */
  readonly overSsh?: true;
  /** The newest question; answers to older ones are dropped. */
  readonly asked: number;
  readonly answered: number;
  readonly trouble?: Trouble;
}

/** A ledger record as a row of the history. */
export interface HistoryRow {
  readonly id: string;
  readonly at: number;
  readonly actor: string;
  readonly operation: string;
  readonly result: string;
  readonly device: string;
  readonly plan: string;
}

/** An execution of a plan, in whichever process. */
export type Job = Awaited<ReturnType<Fleet['job']>>;
/** Routers that are not part of a plan for many, and why. */
export type LeftOut = NonNullable<PlanResult['unplanned']>;

export interface AppState {
  /** Never empty; the last one is on top. */
  readonly stack: readonly [Level, ...Level[]];
  readonly prompt: Prompt | null;
  readonly notice: { readonly tone: Tone; readonly text: string } | null;
  /** Null until they were read once. */
  readonly devices: readonly DeviceView[] | null;
  readonly plans: readonly PlanView[] | null;
  readonly journals: Readonly<Record<string, readonly JournalRecord[]>>;
  readonly reads: Readonly<Record<string, ReadState>>;
  readonly history: readonly HistoryRow[] | null;
  /** Counts the samples' changes; the samples themselves are kept beside the state. */
  readonly samples: number;
  readonly paused: boolean;
  /** Plans on which something is under way from here, and what. */
  readonly busy: Readonly<Record<string, string>>;
  /** What is under way, here or in another process. */
  readonly jobs: readonly Job[];
  /** Ids of the routers that were marked in the fleet. */
  readonly marked: readonly string[];
  /** By plan that was made from here. */
  readonly leftOut: Readonly<Record<string, LeftOut>>;
  readonly now: number;
}

export const levelOf = (place: Place, pane = ''): Level => ({ place, pane, lists: {} });

export const initialState = (options: { readonly now: number; readonly paused: boolean }): AppState => ({
  stack: [levelOf({ kind: 'fleet' })],
  prompt: null,
  notice: null,
  devices: null,
  plans: null,
  journals: {},
  reads: {},
  history: null,
  samples: 0,
  paused: options.paused,
  busy: {},
  jobs: [],
  marked: [],
  leftOut: {},
  now: options.now,
});

export const topOf = (state: AppState): Level => state.stack[state.stack.length - 1] ?? state.stack[0];

export const readKey = (deviceId: string, capability: string): string => `${deviceId} ${capability}`;

export const planOf = (state: AppState, planId: string): PlanView | undefined => state.plans?.find(({ plan }) => plan.id === planId);
export const deviceOf = (state: AppState, deviceId: string): DeviceView | undefined => state.devices?.find(({ id }) => id === deviceId);
export const waitingPlans = (state: AppState): readonly PlanView[] => state.plans?.filter((view) => view.state === 'review') ?? [];
