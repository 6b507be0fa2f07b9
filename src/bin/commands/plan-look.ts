import { iso, type PlanState, type PlanView } from '../../lib/index.ts';
import type { Run } from '../command.ts';
import { EXIT_BY_STATE } from '../exit-codes.ts';
import { UsageError } from '../failure.ts';
import { shownAnswer } from '../plan-answer.ts';
import { table } from '../text-table.ts';

export const planShow: Run = async ({ args, flags, io, operator }) => {
  const view = await (await operator()).fleet.showPlan(args[0] ?? '');
  return shownAnswer(io, view, { calls: flags.on('calls') });
};

export const planList: Run = async ({ flags, io, operator }) => {
  const state = stateOf(flags.text('state'));
  const device = flags.text('device');
  const limit = flags.whole('limit', { min: 1, max: 1_000 });
  const { fleet } = await operator();
  const views = await fleet.plans({
    ...(state === undefined ? {} : { state }),
    ...(device === undefined ? {} : { device }),
    ...(limit === undefined ? {} : { limit }),
  });
  return {
    data: { plans: views.map(lineJson) },
    text: () =>
      table(
        io,
        [
          { head: 'plan', value: ({ plan }) => plan.id },
          { head: 'state', value: (view) => view.state },
          { head: 'risk', value: ({ plan }) => plan.risk },
          { head: 'routers', value: (view) => names(view).join(',') },
          { head: 'summary', value: ({ plan }) => plan.summary },
          { head: 'author', value: ({ plan }) => plan.author.onBehalfOf ?? plan.author.id },
          { head: 'made', value: ({ plan }) => iso(plan.createdAt) },
        ],
        views,
      ),
    note: () => (views.length === 0 ? 'No plans.' : ''),
  };
};

const names = ({ plan }: PlanView): readonly string[] => plan.targets.map(({ deviceName }) => deviceName);

/** A plan in a list: enough to choose one; `plan show` has the rest under the same names. */
const lineJson = (view: PlanView): Readonly<Record<string, unknown>> => ({
  planId: view.plan.id,
  state: view.state,
  summary: view.plan.summary,
  risk: view.plan.risk,
  devices: names(view),
  author: view.plan.author,
  createdAt: iso(view.plan.createdAt),
  expiresAt: iso(view.plan.expiresAt),
});

const isState = (text: string): text is PlanState => Object.hasOwn(EXIT_BY_STATE, text);

function stateOf(text: string | undefined): PlanState | undefined {
  if (text === undefined || isState(text)) return text;
  const states = Object.keys(EXIT_BY_STATE);
  throw new UsageError('There is no such state of a plan.', `Use one of: ${states.join(', ')}.`, { allowed: states });
}
