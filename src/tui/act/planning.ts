import { oneLine, type PlanResult } from '../../lib/index.ts';
import { someNames } from '../parts/alike.ts';
import { plural } from '../parts/format.ts';
import { deviceOf, planOf } from '../state/app.ts';
import type { TextPrompt } from '../state/prompt.ts';
import { type Act, complain, openQuestion, say, troubleOf } from './act.ts';
import { readEdit } from './edit-text.ts';
import { loadPlan } from './reading.ts';

/** Makes a plan out of what was typed at the edit prompt. It changes nothing on the router. */
export function submitEdit(act: Act, prompt: TextPrompt): Promise<void> {
  const { purpose, input } = prompt;
  if (purpose.kind !== 'edit') return Promise.resolve();
  const read = readEdit(input.text, act.catalog.capability(purpose.capability), purpose.row);
  if (!read.ok) {
    if (read.wipe) wipe(act);
    act.store.dispatch({ type: 'complain', text: read.why });
    return Promise.resolve();
  }
  return planFrom(act, () => act.fleet.plan({ device: purpose.deviceId, intents: [read.intent] }));
}

/** What was typed in the clear and must not stay on the screen. */
export function wipe(act: Act): void {
  for (const kind of ['end', 'erase-all'] as const) act.store.dispatch({ type: 'type', edit: { kind } });
}

/** Runs what makes a plan while the prompt waits: a refusal is shown there, so that the text can be mended. */
export async function planFrom(act: Act, make: () => Promise<PlanResult>): Promise<void> {
  const stillAsked = openQuestion(act);
  const prompted = stillAsked();
  act.store.dispatch({ type: 'wait' });
  try {
    const result = await make();
    if (act.signal.aborted) return;
    const wanted = stillAsked();
    if (wanted) act.store.dispatch({ type: 'dismiss' });
    showResult(act, result, wanted || !prompted);
  } catch (thrown) {
    if (!stillAsked()) return complain(act, thrown);
    const { text, hint } = troubleOf(thrown);
    act.store.dispatch({ type: 'complain', text: [text, hint].filter((part) => part !== '').join(' ') });
  }
}

/** Goes to the new plan, unless the person has left the prompt meanwhile. */
function showResult(act: Act, { planned, view, unplanned = [] }: PlanResult, go: boolean): void {
  if (!planned || !view) {
    say(act, 'info', 'It is so already: nothing to change.');
    return;
  }
  act.store.dispatch({ type: 'plan', view });
  act.store.dispatch({ type: 'left-out', planId: view.plan.id, routers: unplanned });
  if (go) act.store.dispatch({ type: 'push', place: { kind: 'plan', planId: view.plan.id }, pane: 'changes' });
  if (go && act.store.get().marked.length > 0 && view.plan.targets.length + unplanned.length > 1)
    act.store.dispatch({ type: 'mark', deviceId: null });
  const { text, tone } = madeText(view.plan.targets.length, unplanned);
  say(act, tone, go ? text : `The plan was made all the same: ${view.plan.id}. p lists it.`);
}

/** What became of the routers that were asked for. Those that are so already are no loss. */
function madeText(
  made: number,
  unplanned: NonNullable<PlanResult['unplanned']>,
): { readonly text: string; readonly tone: 'good' | 'warn' } {
  if (unplanned.length === 0) return { text: 'Planned. Nothing was changed yet.', tone: 'good' };
  const some = unplanned.map(({ device, why }) => `${oneLine(device, 64)} (${oneLine(why, 80)})`);
  return {
    text: `Planned for ${made} of ${plural(made + unplanned.length, 'router')}. Left out: ${someNames(some)}. Nothing was changed yet.`,
    tone: unplanned.some(({ code }) => code !== null) ? 'warn' : 'good',
  };
}

/** A new plan that undoes one that was done. */
export async function rollBack(act: Act, planId: string): Promise<void> {
  await during(act, planId, 'Planning the way back', async () => {
    const result = await act.fleet.rollback(planId);
    if (result.planned) return showResult(act, result, true);
    say(act, 'info', 'Nothing of it is left to undo.');
  });
}

/** Applies an approved plan; its steps arrive as events while this waits. */
export async function applyPlan(act: Act, planId: string): Promise<void> {
  act.store.dispatch({ type: 'hush' });
  await during(act, planId, 'Applying', async () => {
    const view = await act.fleet.apply({ planId });
    act.store.dispatch({ type: 'plan', view });
    const names = view.plan.targets.map(({ deviceId, deviceName }) => deviceOf(act.store.get(), deviceId)?.name ?? deviceName).join(', ');
    if (view.state === 'completed') say(act, 'good', `Done on ${names}, and checked.`);
    else
      say(
        act,
        view.state === 'rolled-back' || view.state === 'stale' ? 'warn' : 'bad',
        `The plan ended ${view.state} on ${names}: progress (3) says why.`,
      );
  });
}

/** Marks a plan as being worked on, so that its keys say so; reads it again afterwards, however it ended. */
export async function during(act: Act, planId: string, doing: string, work: () => Promise<void>): Promise<void> {
  act.store.dispatch({ type: 'busy', planId, doing });
  try {
    await work();
  } catch (thrown) {
    complain(act, thrown);
  } finally {
    act.store.dispatch({ type: 'busy', planId, doing: null });
    if (!act.signal.aborted && planOf(act.store.get(), planId)) await loadPlan(act, planId).catch(() => undefined);
  }
}
