import { type Change, iso, type Outcome, type PlanState, type PlanView } from '../../lib/index.ts';
import { DEFAULT_TOKENS, fitting } from '../budget.ts';
import { writeCursor } from '../cursor.ts';
import { type OutputSchema, outputSchemaOf } from '../schema.ts';
import type { Answer } from '../tool.ts';
import { type ChangeRow, changeLines, changeRow } from './diff.ts';
import { shortened } from './rows.ts';

/** The members a program decides by; summary, author, targets, lost and the like come along. */
/** What thirty tools answer: each member is paid for thirty times, so that what explains itself is not declared. */
export const PLAN_OUTPUT: OutputSchema = outputSchemaOf({
  planned: { type: 'boolean' },
  applied: { type: 'boolean' },
  plan_id: { type: 'string' },
  state: { type: 'string' },
  risk: { type: 'string' },
  changes: { type: 'array', items: { type: 'object' } },
  next: { type: 'string' },
});

/** A change that is still on the router although it was to be undone. */
const leftRow = ({ verb, menu, row, label }: Change): Readonly<Record<string, unknown>> => ({
  verb,
  menu,
  row,
  label: shortened(label, 80),
});

/** Members of a list that is not what was asked for. */
const MOST_LISTED = 8;

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
    targets: plan.targets.map((target) => {
      const stand = view.targets.find(({ deviceId }) => deviceId === target.deviceId);
      return {
        device: target.deviceName,
        environment: target.environment,
        version: target.version,
        state: stand?.state ?? view.state,
        guard: target.guard.kind === 'none' ? 'none' : 'armed',
        ...(stand?.outcome && { outcome: outcomeData(stand.outcome) }),
      };
    }),
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

/** How it ended on one router; the router's own words stay a field of their own. */
export const outcomeData = (outcome: Outcome): Readonly<Record<string, unknown>> => ({
  summary: outcome.summary,
  ...(outcome.code !== undefined && { code: outcome.code }),
  ...(outcome.hint !== undefined && { hint: outcome.hint }),
  ...(outcome.routerText !== undefined && { router_text: shortened(outcome.routerText, 300) }),
  checks: outcome.checks.map(({ check, verdict, why }) => ({ check, verdict, ...(why !== undefined && { why }) })),
  ...(outcome.left.length > 0 && { left_total: outcome.left.length, left: outcome.left.slice(0, MOST_LISTED).map(leftRow) }),
  ...(outcome.drift.length > 0 && {
    drift_total: outcome.drift.length,
    drift: outcome.drift.slice(0, 3).map((one) => shortened(one, 120)),
  }),
  at: iso(outcome.at),
});

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
export function nextStep({ state, plan }: PlanView): string {
  if (state === 'review' || state === 'draft') return `Nothing was sent to a router: ${approveWith(plan.id)}; then call apply_plan.`;
  if (state === 'approved') return 'It is approved: call apply_plan.';
  if (state === 'completed') return 'It is done and was read back. config_rollback_plan plans the way back.';
  if (state === 'stuck') return `A person must look: routeros-mcp plan show ${plan.id}. Plan nothing more for this router until then.`;
  if (UNFINISHED.includes(state)) return 'It is under way: get_plan shows where it stands.';
  if (state === 'rejected') return 'A person rejected it: read their reason before you plan again.';
  return 'It is over: read the present state and make a new plan if the change is still wanted.';
}

export interface PlanAnswerOptions {
  /** Changes before this one were shown already. */
  readonly from?: number;
  readonly budget?: number;
  readonly applied?: boolean;
  /** A sentence of ours in front of everything. */
  readonly note?: string;
}

/** A plan with as many of its changes as the budget allows. */
export function planAnswer(view: PlanView, options: PlanAnswerOptions = {}): Answer {
  const { from = 0, budget = DEFAULT_TOKENS - 600, applied, note } = options;
  const changes = changesOf(view);
  const shown = fitting(changes.slice(from), budget);
  const end = from + shown.length;
  const cursor = end < changes.length ? writeCursor({ skip: end }) : undefined;
  const data = {
    planned: true,
    ...(applied !== undefined && { applied }),
    ...planHead(view),
    changes: shown,
    ...(cursor !== undefined && { next_cursor: cursor }),
  };
  const more = cursor === undefined ? '' : `\n${changes.length - end} more changes: get_plan with cursor=${cursor}.`;
  const text = [note, planLine(view), nextStep(view), ...changeLines(shown)].filter((line) => line !== undefined).join('\n');
  return { data, text: `${text}${more}`, untrusted: true };
}

/** One line of ours: no router text in it. */
export function planLine({ plan, state }: PlanView): string {
  const devices = plan.targets.map(({ deviceName, environment }) => `${deviceName} (${environment})`);
  const where = devices.length > 5 ? `${devices.slice(0, 5).join(', ')} and ${devices.length - 5} more` : devices.join(', ');
  return `Plan ${plan.id}: ${state}, risk ${plan.risk}, ${plan.blastRadius.changes === 1 ? '1 change' : `${plan.blastRadius.changes} changes`} on ${where}.`;
}

/** What was asked for is already so. */
export const nothingToDo = (): Answer => ({
  data: { planned: false, applied: false, next: 'Nothing to do: the router already has what was asked for.' },
  text: 'Nothing to do: the router already has what was asked for. No plan was made.',
  untrusted: false,
});
