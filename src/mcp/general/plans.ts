import { iso, type PlanView, STATES } from '../../lib/index.ts';
import { DEFAULT_TOKENS, fitting, HARD_TOKENS, tokensOf } from '../budget.ts';
import { cursorParam, readCursor, writeCursor } from '../cursor.ts';
import { deviceParam, limitParam } from '../derive/read.ts';
import { outputSchemaOf, required, textParam, wordParam } from '../schema.ts';
import { tableText } from '../table.ts';
import { type Answer, defineTool, LOOKS, PLANS } from '../tool.ts';
import { callRows, journalRow } from '../view/calls.ts';
import { nextStep, nothingToDo, PLAN_OUTPUT, planAnswer, planHead, planLine, targetRows } from '../view/plan.ts';
import { shortened } from '../view/rows.ts';

export const planIdParam = required(
  textParam({ about: 'Plan: pln_…', example: '"pln_0123456789abcdef"', allowed: 'the id of a plan (list_plans)', max: 64 }),
);

export const listPlans = defineTool({
  name: 'list_plans',
  title: 'Plans',
  description:
    'Lists plans, newest first, with state, risk and routers.\nUse when you want to know what waits for a person, what ran, or how it ended.',
  params: {
    state: wordParam(STATES, 'Only this state.'),
    device_id: { ...deviceParam, required: false },
    limit: limitParam,
    cursor: cursorParam,
  },
  output: outputSchemaOf({
    returned: { type: 'integer' },
    next_cursor: { type: 'string' },
    plans: { type: 'array', items: { type: 'object' } },
  }),
  annotations: LOOKS,
  tier: 'fundamental',
  topic: 'plan',
  handler: async ({ state, device_id, limit, cursor }, { fleet }) => {
    const { after, skip } = readCursor(cursor);
    const size = limit ?? 50;
    // New plans come in at the front: the page goes on behind the last plan shown, wherever it stands by now.
    const found = await fleet.plans({
      ...(state && { state }),
      ...(device_id !== undefined && { device: device_id }),
      limit: skip + size + 50,
    });
    const last = after === undefined ? -1 : found.findIndex(({ plan }) => plan.id === after);
    const start = after === undefined || last < 0 ? skip : last + 1;
    const plans = fitting(found.slice(start, start + size).map(planRow), (limit === undefined ? DEFAULT_TOKENS : HARD_TOKENS) - 100);
    const end = start + plans.length;
    const lastShown = found[end - 1]?.plan.id;
    const next = end < found.length && lastShown !== undefined ? writeCursor({ after: lastShown, skip: end }) : undefined;
    const head = `${plans.length} plans, newest first.${next === undefined ? '' : ` Older ones: cursor=${next}.`}`;
    return {
      data: { returned: plans.length, ...(next !== undefined && { next_cursor: next }), plans },
      text: plans.length === 0 ? 'No plans.' : `${head}\n${tableText(plans)}`,
      untrusted: true,
    };
  },
});

const planRow = ({ plan, state }: PlanView): Readonly<Record<string, unknown>> => ({
  plan_id: plan.id,
  state,
  risk: plan.risk,
  devices: plan.targets.slice(0, 5).map(({ deviceName }) => deviceName),
  changes: plan.blastRadius.changes,
  summary: shortened(plan.summary, 120),
  author: plan.author.id,
  created_at: iso(plan.createdAt),
  expires_at: iso(plan.expiresAt),
});

export const getPlan = defineTool({
  name: 'get_plan',
  title: 'One plan',
  description:
    'Shows one plan: changes, risk, guard, way to each router, what cannot be undone, the approval it waits for, how it ended.\n' +
    'Use when you want to check a plan before or after apply_plan. show: calls are the exact requests, journal what was sent.',
  params: { plan_id: planIdParam, show: wordParam(['changes', 'targets', 'calls', 'journal'], 'Default: changes.'), cursor: cursorParam },
  output: outputSchemaOf({
    ...PLAN_OUTPUT.properties,
    targets: { type: 'array', items: { type: 'object' } },
    calls: { type: 'array', items: { type: 'object' } },
    journal: { type: 'array', items: { type: 'object' } },
  }),
  annotations: LOOKS,
  tier: 'fundamental',
  topic: 'plan',
  handler: async ({ plan_id, show = 'changes', cursor }, { fleet }) => {
    const view = await fleet.showPlan(plan_id);
    const { skip } = readCursor(cursor);
    if (show === 'changes') return planAnswer(view, { from: skip });
    if (show === 'targets') return listed(view, 'targets', targetRows(view), skip);
    if (show === 'calls') return listed(view, 'calls', callRows(view.plan), skip);
    return listed(view, 'journal', (await fleet.journal(plan_id)).map(journalRow), skip);
  },
});

type Rows = readonly Readonly<Record<string, unknown>>[];

function listed(view: PlanView, what: 'targets' | 'calls' | 'journal', rows: Rows, skip: number): Answer {
  // Its routers stand in the head already, as far as they fit: shown in full they take its place.
  const { targets, ...head } = planHead(view);
  const above = { planned: true, ...head, ...(what !== 'targets' && { targets }) };
  const shown = fitting(rows.slice(skip), Math.max(300, DEFAULT_TOKENS - 150 - tokensOf(above)));
  const end = skip + shown.length;
  const next = end < rows.length ? writeCursor({ skip: end }) : undefined;
  const rest = next === undefined ? '' : ` The rest: show=${what} cursor=${next}.`;
  return {
    data: { ...above, [what]: shown, ...(next !== undefined && { next_cursor: next }) },
    text: [planLine(view), nextStep(view), `${shown.length} of ${rows.length} ${what}.${rest}`, tableText(shown)].join('\n'),
    untrusted: true,
  };
}

export const rollbackPlan = defineTool({
  name: 'config_rollback_plan',
  title: 'Plan the way back',
  description:
    'Plans what undoes a completed plan; nothing is sent to a router.\n' +
    'Use when a change was wrong. The new plan waits for a person like any other, then apply_plan runs it.',
  params: { plan_id: planIdParam },
  output: PLAN_OUTPUT,
  annotations: PLANS,
  tier: 'professional',
  topic: 'plan',
  handler: async ({ plan_id }, { fleet }) => {
    const { view } = await fleet.rollback(plan_id);
    return view ? planAnswer(view, { applied: false, note: 'This new plan undoes the other one.' }) : nothingToDo();
  },
});
