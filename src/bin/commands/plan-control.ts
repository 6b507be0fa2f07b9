import { DeniedError, type PlanView } from '../../lib/index.ts';
import type { Answer, Context, Run } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { UsageError } from '../failure.ts';
import { jobHint, jobJson, jobSheet } from '../job-text.ts';
import { endOf, shownAnswer } from '../plan-answer.ts';
import { lineJson } from '../plan-json.ts';
import { askText, confirm } from '../prompt.ts';
import { table } from '../text-table.ts';
import { needed, oneOf } from '../values.ts';

/** Heard by whichever process is at work on the plan: here, a terminal UI, an MCP server. */
const control =
  (what: 'pause' | 'resume' | 'cancel'): Run =>
  async ({ args, io, operator }): Promise<Answer> => {
    const view = await (await operator()).fleet.control(args[0] ?? '', what);
    return { data: jobJson(view), text: () => jobSheet(io, view), note: () => jobHint(view) };
  };

export const planPause: Run = control('pause');
export const planResume: Run = control('resume');
export const planCancel: Run = control('cancel');

/** The worst end says how it went; nothing to take up is fine. */
const ORDER: readonly ExitCode[] = [EXIT.stuck, EXIT.rolledBack, EXIT.failed, EXIT.stale];

const PATIENCE = 'What was taken up is finished or undone first. Ctrl-C again leaves at once; plan recover takes it up again.';

export const planRecover: Run = async ({ io, operator, finishFirst }) => {
  const { fleet } = await operator();
  finishFirst(PATIENCE);
  const views: PlanView[] = [];
  for (const planId of await fleet.recover()) views.push(await fleet.showPlan(planId));
  const ends = views.map(endOf);
  return {
    data: { recovered: views.map(lineJson) },
    text: () =>
      table(
        io,
        [
          { head: 'plan', value: ({ plan }) => plan.id },
          { head: 'state', value: ({ state }) => state },
          { head: 'summary', value: ({ plan }) => plan.summary },
        ],
        views,
      ),
    note: () => (views.length === 0 ? 'No run was left in the middle.' : ''),
    exit: ORDER.find((code) => ends.includes(code)) ?? EXIT.fine,
  };
};

/** Closes a plan that is stuck. The library reads the router before it believes `pre` or `post`. */
export const planResolve: Run = async (context) => {
  const { args, flags, io, operator } = context;
  const as = oneOf('as', needed('as', flags.text('as'), 'Say how the router stands: --as pre, post or accept.'), ['pre', 'post', 'accept']);
  const door = await operator();
  const view = await door.fleet.showPlan(args[0] ?? '');
  const device = flags.text('device');
  const reason = flags.text('reason') ?? (io.canAsk ? await askText('What did you see on the router?') : '');
  if (reason === '') throw new UsageError('A resolution needs a reason.', 'Give it with --reason "the rule is gone, I looked".');
  await agreed(context, view, device === undefined ? undefined : (await door.fleet.device(device)).id);
  const resolved = await door.resolve(view.plan.id, { as, reason, ...(device !== undefined && { device }) });
  return { ...shownAnswer(io, resolved, { calls: false }), text: () => `Closed ${resolved.plan.id} as ${resolved.state}.` };
};

/** A yes, or --yes; of a prod router its name is typed at a terminal. */
async function agreed({ flags, io }: Context, { plan, targets }: PlanView, named: string | undefined): Promise<void> {
  const stuck = targets.filter(({ state, outcome }) => state === 'stuck' && outcome?.resolved === undefined);
  const meant = plan.targets.filter(
    ({ deviceId }) => stuck.some((one) => one.deviceId === deviceId) && (named === undefined || named === deviceId),
  );
  const [only] = meant;
  // Which of several, or none: the library says it.
  if (!only || meant.length > 1) return;
  if (only.environment === 'prod') {
    if (!io.canAsk) throw unanswered('A stuck plan of a prod router is closed at a terminal.');
    const typed = flags.text('confirm') ?? (await askText(`Type ${only.deviceName} to close its plan:`));
    if (typed !== only.deviceName) throw unanswered('The name was not typed exactly.');
    return;
  }
  if (flags.on('yes')) return;
  if (!io.canAsk) throw unanswered('Nobody can be asked whether to close this plan.');
  if (!(await confirm(`Close the plan of ${only.deviceName}?`))) throw unanswered('The plan was not closed.');
}

const unanswered = (message: string): DeniedError =>
  new DeniedError(message, { code: 'CONFIRMATION_NEEDED', hint: 'Nothing was changed. Answer on a terminal, or with --yes outside prod.' });
