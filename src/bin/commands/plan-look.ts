import { type Comparison, ERROR_CODES, iso, oneLine, type Plan, type PlanState, type PlanView } from '../../lib/index.ts';
import type { Answer, Context, Run } from '../command.ts';
import { EXIT, EXIT_BY_KIND, EXIT_BY_STATE, type ExitCode } from '../exit-codes.ts';
import { UsageError } from '../failure.ts';
import { shownAnswer } from '../plan-answer.ts';
import { driftLines } from '../plan-end-text.ts';
import { lineJson, planJson } from '../plan-json.ts';
import { outOf } from '../plan-out.ts';
import { planSource } from '../plan-source.ts';
import { planText } from '../plan-text.ts';
import { table } from '../text-table.ts';

export const planShow: Run = async (context) => {
  const { args, flags, io, operator } = context;
  const out = outOf(context);
  const source = planSource(args[0] ?? '');
  if (source.kind === 'file') return out(source.plan, fileAnswer(context, source.plan));
  const view = await (await operator()).fleet.showPlan(source.planId);
  return out(view.plan, shownAnswer(io, view, { calls: flags.on('calls') }));
};

/** What a file says. No store is opened and no router asked: what it says of itself is all there is. */
function fileAnswer({ flags, io }: Context, plan: Plan): Answer {
  const options = { calls: flags.on('calls') };
  const approvalNeeds = { typedName: null, terminal: false, because: [] };
  const view: PlanView = { plan, state: 'draft', targets: [], runs: [], approvalNeeds };
  return {
    data: { ...planJson(view, options), approvalNeeds: null },
    text: () => planText(io, view, options),
    note: () => 'So says the file; it carries no approval. plan diff FILE compares it with the routers, plan apply FILE takes it in.',
  };
}

/** Reads the routers again and changes nothing: fresh, or stale with what was planned from, what is there now and what is wanted. */
export const planDiff: Run = async ({ args, io, operator }) => {
  const source = planSource(args[0] ?? '');
  const { fleet } = await operator();
  const { plan, verdict, routers } = await fleet.comparePlan(source.kind === 'id' ? source.planId : source.document);
  const blind = routers.find(({ code }) => code !== null);
  return {
    data: { planId: plan.id, hash: plan.hash, verdict, routers },
    text: () => routers.map((router) => comparedText(io, router)).join('\n'),
    exit: verdict === 'stale' ? EXIT.stale : blind ? exitOfCode(blind) : EXIT.fine,
  };
};

const exitOfCode = ({ code }: Comparison): ExitCode => EXIT_BY_KIND[ERROR_CODES[code ?? 'BUG']];

function comparedText(io: Context['io'], { device, verdict, code, why, drift, history }: Comparison): string {
  const because = why === null ? '' : `: ${oneLine(why, 400)}${code === null ? '' : ` (${code})`}`;
  const head = `${io.paint('bold', oneLine(device))} ${io.paint(verdict === 'fresh' ? 'green' : 'red', verdict)}${because}`;
  return [head, ...driftLines(io, drift, history)].join('\n');
}

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
          { head: 'routers', value: routersText },
          { head: 'summary', value: ({ plan }) => plan.summary },
          { head: 'author', value: ({ plan }) => plan.author.onBehalfOf ?? plan.author.id },
          { head: 'made', value: ({ plan }) => iso(plan.createdAt) },
        ],
        views,
      ),
    note: () => (views.length === 0 ? 'No plans.' : ''),
  };
};

const MOST_NAMED = 3;

const routersText = ({ plan: { targets } }: PlanView): string =>
  targets.length > MOST_NAMED ? `${targets.length} routers` : targets.map(({ deviceName }) => deviceName).join(',');

const isState = (text: string): text is PlanState => Object.hasOwn(EXIT_BY_STATE, text);

function stateOf(text: string | undefined): PlanState | undefined {
  if (text === undefined || isState(text)) return text;
  const states = Object.keys(EXIT_BY_STATE);
  throw new UsageError('There is no such state of a plan.', `Use one of: ${states.join(', ')}.`, { allowed: states });
}
