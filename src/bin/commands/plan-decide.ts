import { DeniedError, type PlanView } from '../../lib/index.ts';
import type { KeyAccess } from '../../lib/operator.ts';
import type { Context, Run } from '../command.ts';
import { UsageError } from '../failure.ts';
import { askPassphrase } from '../passphrase.ts';
import { shownAnswer } from '../plan-answer.ts';
import { planJson } from '../plan-json.ts';
import { planText } from '../plan-text.ts';
import { askText, confirm } from '../prompt.ts';

/** Shows the plan, asks, approves. Which answer is enough is policy, and the library judges it whatever is asked here. */
export const planApprove: Run = async (context) => {
  const { args, flags, io, operator } = context;
  const door = await operator();
  const view = await door.fleet.showPlan(args[0] ?? '');
  const typedName = view.state === 'review' ? await consent(context, view) : undefined;
  const approverKey = await keyFor(context, view);
  const approved = await door.approve(view.plan.id, { ...(typedName === undefined ? {} : { typedName }), ...approverKey });
  const shown = shownAnswer(io, approved.view, { calls: flags.on('calls') });
  if (!flags.on('print-token')) return { ...shown, text: () => said(approved.view) };
  const token = approved.token.reveal();
  return {
    ...shown,
    data: { ...planJson(approved.view, { calls: flags.on('calls') }), token },
    text: () => `${said(approved.view)}\ntoken ${token}`,
  };
};

/** The person's own key, where policy asks for one: which file, and the passphrase, typed after the plan was read. */
async function keyFor({ flags, io }: Context, { state, approvalNeeds }: PlanView): Promise<{ readonly approverKey?: KeyAccess }> {
  const file = flags.text('key-file');
  if (file === undefined && !(approvalNeeds.approverKey && (state === 'review' || state === 'approved'))) return {};
  const passphrase = await askPassphrase(io, 'Passphrase of your approver key:');
  return { approverKey: { passphrase, ...(file === undefined ? {} : { file }) } };
}

const said = ({ plan }: PlanView): string => `Approved ${plan.id}. Next: routeros-mcp plan apply ${plan.id}`;

/** The typed name where one is needed; a yes elsewhere. Without either there is no approval. */
async function consent({ flags, io }: Context, view: PlanView): Promise<string | undefined> {
  const { typedName } = view.approvalNeeds;
  const inAdvance = flags.text('confirm');
  if (inAdvance !== undefined) return inAdvance;
  // Without a terminal --yes goes to the library as it is: it knows what may be approved that way.
  if (flags.on('yes') && (typedName === null || !io.canAsk)) return undefined;
  if (!io.canAsk)
    throw unanswered('Nobody can be asked to approve this plan.', 'Approve it on a terminal, or with --yes where policy lets you.');
  io.warn(planText(io, view, { calls: flags.on('calls') }));
  io.warn('');
  if (typedName === null) {
    if (await confirm('Approve exactly this plan?')) return undefined;
    throw unanswered('The plan was not approved; nothing was changed.', 'It waits for another answer until it expires.');
  }
  const typed = await askText(`Type ${typedName} to approve exactly this plan:`);
  if (typed === typedName) return typed;
  throw unanswered('The name was not typed exactly; the plan was not approved.', 'It waits for another answer until it expires.');
}

const unanswered = (message: string, hint: string): DeniedError => new DeniedError(message, { code: 'CONFIRMATION_NEEDED', hint });

export const planReject: Run = async ({ args, flags, io, operator }) => {
  const door = await operator();
  const view = await door.fleet.showPlan(args[0] ?? '');
  const reason = flags.text('reason') ?? (io.canAsk ? await askText('Why is it rejected?') : '');
  if (reason === '') throw new UsageError('A rejection needs a reason.', 'Give it with --reason "not before the weekend".');
  const rejected = await door.reject(view.plan.id, reason);
  return { ...shownAnswer(io, rejected, { calls: false }), text: () => `Rejected ${rejected.plan.id}.` };
};
