import { guardsText, iso, type PlanState, type PlanView, reachText, type Unplanned } from '../../lib/index.ts';
import { DEFAULT_TOKENS, estimateTokens, fitting, tokensOf } from '../budget.ts';
import { writeCursor } from '../cursor.ts';
import { type OutputSchema, outputSchemaOf } from '../schema.ts';
import { quoted } from '../table.ts';
import type { Answer } from '../tool.ts';
import { type ChangeRow, changeLines, changeRow } from './diff.ts';
import { shortened } from './rows.ts';
import { driftLines, targetData } from './target.ts';

/** What thirty tools answer: each member is paid for thirty times, so that what explains itself is not declared. */
export const PLAN_OUTPUT: OutputSchema = outputSchemaOf({
  planned: { type: 'boolean' },
  applied: { type: 'boolean' },
  plan_id: { type: 'string' },
  state: { type: 'string' },
  changes: { type: 'array', items: { type: 'object' } },
});

/** Members of a list that is not what was asked for. */
const MOST_LISTED = 8;
/** What the routers of a plan may cost where its changes were asked for. */
const TARGET_TOKENS = 700;

/** Every change of a plan, over all its routers, in their order. */
export const changesOf = (view: PlanView): readonly ChangeRow[] =>
  view.plan.targets.flatMap((target) => target.changes.map((change) => changeRow(target, change)));

/** A plan without its changes: what it is, where it stands, what it waits for. */
export function planHead(view: PlanView): Readonly<Record<string, unknown>> {
  const { plan } = view;
  return {
    plan_id: plan.id,
    state: view.state,
    risk: plan.risk,
    reasons: plan.reasons,
    summary: String(shortened(plan.summary, 200)),
    author: {
      id: plan.author.id,
      ...(plan.author.onBehalfOf !== undefined && { on_behalf_of: plan.author.onBehalfOf }),
      origin: plan.author.origin,
    },
    ...(plan.recipe !== undefined && { recipe: plan.recipe }),
    created_at: iso(plan.createdAt),
    expires_at: iso(plan.expiresAt),
    changes_total: plan.blastRadius.changes,
    ...(plan.checks.length > 0 && { checks: plan.checks.slice(0, MOST_LISTED).map((check) => shortened(check, 200)) }),
    ...(plan.soakSeconds > 0 && { soak_seconds: plan.soakSeconds }),
    ...(plan.rollout && rolloutOf(plan.rollout)),
    ...targetsOf(view),
    ...lostOf(view),
    ...(view.decision && { decision: { ...view.decision, at: iso(view.decision.at) } }),
    approval: approvalData(view),
    next: nextStep(view),
  };
}

/** What cannot be undone, and how many more such there are: the approver sees all, an answer has room for some. */
function lostOf({ plan }: PlanView): Readonly<Record<string, unknown>> {
  const all = plan.targets.flatMap(({ lost, changes, deviceName }) =>
    lost.map((one) => `${deviceName} ${changes[one.change]?.menu ?? ''}: ${one.why}`),
  );
  return { lost: all.slice(0, MOST_LISTED), ...(all.length > MOST_LISTED && { lost_total: all.length }) };
}

const rolloutOf = ({ waves, parallel, pauseSeconds, budget, onStop }: NonNullable<PlanView['plan']['rollout']>) => ({
  rollout: { waves: waves.map((wave) => wave.length), parallel, pause_seconds: pauseSeconds, budget, on_stop: onStop },
});

const BADNESS: readonly unknown[] = ['stuck', 'failed', 'rolled-back', 'rolling-back', 'stale'];

/** Its routers as far as they fit, those first that somebody must look at; of several, how many stand where. */
function targetsOf(view: PlanView): Readonly<Record<string, unknown>> {
  const { targets } = view.plan;
  const all = targetRows(view);
  const worst = all.toSorted((a, b) => rankOf(a['state']) - rankOf(b['state']));
  const shown = fitting(worst, TARGET_TOKENS);
  return {
    ...(targets.length > 1 && { states: countsOf(all.map(({ state }) => String(state))) }),
    targets: shown.length === all.length ? all : shown,
    ...(shown.length < all.length && { targets_total: all.length }),
  };
}

const rankOf = (state: unknown): number => {
  const rank = BADNESS.indexOf(state);
  return rank < 0 ? BADNESS.length : rank;
};

const countsOf = (states: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...new Set(states)].map((state) => [state, states.filter((one) => one === state).length]));

/** Every router of a plan, in its order. */
export const targetRows = (view: PlanView): readonly Readonly<Record<string, unknown>>[] =>
  view.plan.targets.map((target) => targetData(view, target));

function approvalData({ approval, approvalNeeds, state, plan }: PlanView): Readonly<Record<string, unknown>> {
  const given = approval && {
    by: approval.by,
    kind: approval.kind,
    ...(approval.rule !== undefined && { rule: approval.rule }),
    expires_at: iso(approval.expiresAt),
    ...(approval.consumedAt !== undefined && { used_at: iso(approval.consumedAt) }),
  };
  if (state !== 'review' && state !== 'draft') return { waiting: false, ...given };
  return {
    waiting: true,
    how: approveWith(plan.id),
    ...(approvalNeeds.typedName !== null && { typed_name: approvalNeeds.typedName }),
    terminal: approvalNeeds.terminal,
    because: approvalNeeds.because,
  };
}

const approveWith = (planId: string): string => `a person must approve it in the terminal: routeros-mcp plan approve ${planId}`;

const UNFINISHED: readonly PlanState[] = ['executing', 'paused', 'rolling-back'];

/** The next safe step, as one sentence. */
export function nextStep({ state, plan, targets }: PlanView): string {
  if (state === 'review' || state === 'draft') return `Nothing was sent to a router: ${approveWith(plan.id)}; then call apply_plan.`;
  if (state === 'approved') return 'It is approved: call apply_plan.';
  if (state === 'completed') return 'It is done and was read back. config_rollback_plan plans the way back.';
  if (state === 'stuck') return stuckStep(plan.id, targets);
  if (UNFINISHED.includes(state)) return 'It is under way: get_plan shows where it stands; control_plan cancels it.';
  if (state === 'rejected') return 'A person rejected it: read their reason before you plan again.';
  return 'It is over: read the present state and make a new plan if the change is still wanted.';
}

function stuckStep(planId: string, targets: PlanView['targets']): string {
  const open = targets.some(({ state, outcome }) => state === 'stuck' && outcome?.resolved === undefined);
  if (!open) return 'It was stuck, and a person has resolved it: read the present state before you plan again.';
  return `A person resolves it: routeros-mcp plan resolve ${planId}. They look at what is left; until then this router takes no plan.`;
}

export interface PlanAnswerOptions {
  /** Changes before this one were shown already. */
  readonly from?: number;
  readonly applied?: boolean;
  /** A sentence of ours in front of everything. */
  readonly note?: string;
  /** Routers that were asked for and are not part of it. */
  readonly leftOut?: readonly Unplanned[] | undefined;
  readonly jobId?: string | undefined;
}

/** A plan with as many of its changes as the budget allows. */
export function planAnswer(view: PlanView, options: PlanAnswerOptions = {}): Answer {
  const { from = 0, applied, note, leftOut = [], jobId } = options;
  const head = {
    planned: true,
    ...(applied !== undefined && { applied }),
    ...(jobId !== undefined && { job_id: jobId }),
    ...planHead(view),
    ...leftOutData(leftOut),
  };
  const lines = [note, planLine(view), nextStep(view), ...leftOutLines(leftOut), ...safetyLines(view), ...driftLines(view)];
  const above = lines.filter((line) => line !== undefined).join('\n');
  const changes = changesOf(view);
  const shown = fitting(changes.slice(from), Math.max(300, DEFAULT_TOKENS - 120 - Math.max(tokensOf(head), estimateTokens(above))));
  const end = from + shown.length;
  const cursor = end < changes.length ? writeCursor({ skip: end }) : undefined;
  const more = cursor === undefined ? [] : [`${changes.length - end} more changes: get_plan with cursor=${cursor}.`];
  return {
    data: { ...head, changes: shown, ...(cursor !== undefined && { next_cursor: cursor }) },
    text: [above, ...changeLines(shown), ...more].join('\n'),
    untrusted: true,
  };
}

/** What protects the routers, and what holds afterwards: our words, and quoted where a router could have had a hand in it. */
function safetyLines({ plan }: PlanView): readonly string[] {
  const { targets, checks, rollout } = plan;
  const guards = guardsText(targets.slice(0, MOST_LISTED));
  const unsure = targets.flatMap(({ deviceName, reach }) =>
    reach.filter(({ verdict }) => verdict !== 'yes').map((one) => `Way to ${deviceName}: ${reachText(one)}`),
  );
  const asked = [...new Set([...checks, ...targets.flatMap((target) => target.checks)])].map((check) =>
    quoted(String(shortened(check, 200))),
  );
  const waves = rollout?.waves.map((wave) => wave.length).join(', ');
  return [
    `Undo: ${guards}`,
    ...unsure.slice(0, MOST_LISTED),
    ...(asked.length > 0 ? [`Checks: ${asked.slice(0, MOST_LISTED).join('; ')}`] : []),
    ...(rollout ? [`Rollout: waves of ${waves}; stops when more than ${rollout.budget} fail, then ${rollout.onStop}.`] : []),
  ];
}

/** Codes and sentences of our own errors; null is a router that is so already. */
const leftOutData = (leftOut: readonly Unplanned[]): Readonly<Record<string, unknown>> => ({
  ...(leftOut.length > 0 && { left_out: leftOut.slice(0, MOST_LISTED).map(({ device, code, why }) => ({ device, code, why })) }),
  ...(leftOut.length > MOST_LISTED && { left_out_total: leftOut.length }),
});

const leftOutLines = (leftOut: readonly Unplanned[]): readonly string[] =>
  leftOut.length === 0
    ? []
    : [
        `Left out, ${leftOut.length} of the routers: ${leftOut
          .slice(0, MOST_LISTED)
          .map(({ device, code, why }) => `${device}${code === null ? '' : ` (${code})`}: ${why}`)
          .join(' | ')}`,
      ];

/** One line of ours: no router text in it. */
export function planLine({ plan, state }: PlanView): string {
  const devices = plan.targets.map(({ deviceName, environment }) => `${deviceName} (${environment})`);
  const where = devices.length > 5 ? `${devices.slice(0, 5).join(', ')} and ${devices.length - 5} more` : devices.join(', ');
  return `Plan ${plan.id}: ${state}, risk ${plan.risk}, ${plan.blastRadius.changes === 1 ? '1 change' : `${plan.blastRadius.changes} changes`} on ${where}.`;
}

/** What was asked for is already so. */
export const nothingToDo = (leftOut: readonly Unplanned[] = []): Answer => {
  const has = leftOut.length > 1 ? 'the routers already have' : 'the router already has';
  return {
    data: { planned: false, applied: false, next: `Nothing to do: ${has} what was asked for.`, ...leftOutData(leftOut) },
    text: `Nothing to do: ${has} what was asked for. No plan was made.`,
    untrusted: false,
  };
};
