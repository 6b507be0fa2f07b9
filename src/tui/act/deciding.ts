import { clockTime } from '../parts/format.ts';
import { planOf } from '../state/app.ts';
import { ask, type TextPrompt } from '../state/prompt.ts';
import { type Act, openQuestion, say, troubleOf } from './act.ts';

/** Opens the question. A plan that asks for a name wants it typed exactly; any other wants y and Enter. */
export function askApprove(act: Act, planId: string): void {
  const view = planOf(act.store.get(), planId);
  if (!view) return;
  const { typedName } = view.approvalNeeds;
  const label = typedName === null ? 'Approve? y and Enter:' : `Type ${typedName} and Enter to approve:`;
  act.store.dispatch({ type: 'ask', prompt: ask({ kind: 'approve', planId, expect: typedName }, label) });
}

export const askReject = (act: Act, planId: string): void =>
  act.store.dispatch({ type: 'ask', prompt: ask({ kind: 'reject', planId }, 'Why not?') });

export async function submitApprove(act: Act, { purpose, input }: TextPrompt): Promise<void> {
  if (purpose.kind !== 'approve') return;
  const typed = input.text.trim();
  const yes = purpose.expect === null ? /^y(es)?$/i.test(typed) : typed === purpose.expect;
  if (!yes) {
    const wanted =
      purpose.expect === null ? 'Type y and press Enter to approve.' : `That is not the name. Type ${purpose.expect}, exactly.`;
    return act.store.dispatch({ type: 'complain', text: `${wanted} Esc leaves the plan as it is.` });
  }
  await decide(act, async () => {
    const { view } = await act.operator.approve(purpose.planId, purpose.expect === null ? {} : { typedName: typed });
    act.store.dispatch({ type: 'plan', view });
    const end = view.approval ? ` until ${clockTime(view.approval.expiresAt).slice(11, 16)}` : '';
    return `Approved${end}. Nothing was changed yet: A applies it.`;
  });
}

export async function submitReject(act: Act, { purpose, input }: TextPrompt): Promise<void> {
  if (purpose.kind !== 'reject') return;
  const reason = input.text.trim();
  if (reason === '')
    return act.store.dispatch({ type: 'complain', text: 'Say why, in a word or two: whoever made the plan will read it.' });
  await decide(act, async () => {
    act.store.dispatch({ type: 'plan', view: await act.operator.reject(purpose.planId, reason) });
    return 'Rejected.';
  });
}

async function decide(act: Act, work: () => Promise<string>): Promise<void> {
  const stillAsked = openQuestion(act);
  act.store.dispatch({ type: 'wait' });
  try {
    const done = await work();
    if (stillAsked()) act.store.dispatch({ type: 'dismiss' });
    say(act, 'good', done);
  } catch (thrown) {
    const { text, hint } = troubleOf(thrown);
    if (stillAsked()) act.store.dispatch({ type: 'complain', text: `${text} ${hint}`.trim() });
    else say(act, 'bad', `${text} ${hint}`.trim());
  }
}
