import { type Fleet, oneLine, type PlanView, type Target } from '../../lib/index.ts';
import type { Situation } from '../situation.ts';
import { deviceOf, planOf } from '../state/app.ts';
import { ask, type Resolving, type TextPrompt } from '../state/prompt.ts';
import { first, frozen, noPlan, notPausable, notUnderWay } from '../why-not.ts';
import { type Act, background, openQuestion, say, troubleOf } from './act.ts';
import { loadPlan } from './reading.ts';

type Control = Parameters<Fleet['control']>[1];

const DONE: Readonly<Record<Control, string>> = {
  pause: 'Paused: no more routers are started. H goes on.',
  resume: 'It goes on.',
  cancel: 'Called off: no more routers are started, and what is not confirmed yet is taken back.',
};

async function control(act: Act, planId: string, what: Control): Promise<void> {
  await act.fleet.control(planId, what);
  await loadPlan(act, planId).catch(() => undefined);
  say(act, what === 'resume' ? 'good' : 'warn', DONE[what]);
}

/** H: pauses a rollout; one that is paused goes on. */
export function holdOrGoOn(act: Act, { plan, runs }: PlanView): Promise<void> {
  const run = runs.findLast(({ endedAt }) => endedAt === undefined);
  return control(act, plan.id, run?.wanted === 'pause' ? 'resume' : 'pause');
}

export const askCallOff = (act: Act, planId: string): void =>
  act.store.dispatch({ type: 'ask', prompt: ask({ kind: 'call-off', planId }, 'Call it off? y and Enter:') });

export async function submitCallOff(act: Act, { purpose, input }: TextPrompt): Promise<void> {
  if (purpose.kind !== 'call-off') return;
  if (!/^y(es)?$/i.test(input.text.trim()))
    return act.store.dispatch({ type: 'complain', text: 'y and Enter calls it off, Esc lets it go on.' });
  await during(act, () => control(act, purpose.planId, 'cancel'));
}

/** Does what the open question asked for: a refusal is shown there. */
async function during(act: Act, work: () => Promise<void>): Promise<void> {
  const stillAsked = openQuestion(act);
  act.store.dispatch({ type: 'wait' });
  try {
    await work();
    if (stillAsked()) act.store.dispatch({ type: 'dismiss' });
  } catch (thrown) {
    const { text, hint } = troubleOf(thrown);
    const words = `${text} ${hint}`.trim();
    if (stillAsked()) act.store.dispatch({ type: 'complain', text: words });
    else say(act, 'bad', words);
  }
}

/** `:pause`, `:resume`, `:cancel`, of the plan on the screen or the selected one. */
export function controlFromLine(act: Act, what: Control, situation: Situation): void {
  const why = first(frozen, noPlan, notUnderWay, what === 'pause' ? notPausable : () => undefined)(situation);
  const planId = situation.plan?.plan.id;
  if (why !== undefined || planId === undefined) act.store.dispatch({ type: 'complain', text: why ?? 'No plan is selected.' });
  else if (what === 'cancel') askCallOff(act, planId);
  else
    background(
      act,
      during(act, () => control(act, planId, what)),
    );
}

const WAYS: readonly string[] = ['pre', 'post', 'accept'] satisfies readonly Resolving['as'][];
const isWay = (word: string): word is Resolving['as'] => WAYS.includes(word);

/** `:resolve pre|post|accept [ROUTER]`: asks why, then, on a prod router, for its name. */
export function askResolve(act: Act, [as = '', name]: readonly string[], situation: Situation): void {
  const found = toResolve(as, name, situation);
  if (typeof found === 'string') {
    act.store.dispatch({ type: 'complain', text: found });
    return;
  }
  const { way, planId, target } = found;
  const { deviceId, deviceName, environment } = target;
  const prod = environment === 'prod' || deviceOf(act.store.get(), deviceId)?.environment === 'prod';
  const purpose = { kind: 'resolve', reason: null, planId, as: way, deviceId, deviceName, prod } as const;
  act.store.dispatch({ type: 'ask', prompt: ask(purpose, `What did you see on ${oneLine(deviceName, 64)}?`) });
}

/** The stuck router that is meant, or why there is none, as a sentence. */
function toResolve(
  as: string,
  name: string | undefined,
  situation: Situation,
): string | { readonly way: Resolving['as']; readonly planId: string; readonly target: Target } {
  const why = first(frozen, noPlan)(situation);
  const { plan: view } = situation;
  if (why !== undefined || !view) return why ?? 'No plan is selected.';
  if (!isWay(as)) return 'How does the router stand? :resolve pre (as before), post (as planned) or accept (neither).';
  const open = view.targets.filter(({ state, outcome }) => state === 'stuck' && outcome?.resolved === undefined);
  const stuck = view.plan.targets.filter(({ deviceId }) => open.some((one) => one.deviceId === deviceId));
  const named = name === undefined ? stuck : stuck.filter(({ deviceName }) => deviceName.toLowerCase() === name.toLowerCase());
  const [target, ...more] = named;
  if (!target) return stuck.length === 0 ? `This plan is ${view.state}: nothing of it is stuck.` : 'It is not stuck on that router.';
  if (more.length > 0) return `It is stuck on ${named.map(({ deviceName }) => oneLine(deviceName, 64)).join(', ')}: name one.`;
  return { way: as, planId: view.plan.id, target };
}

export async function submitResolve(act: Act, { purpose, input }: TextPrompt): Promise<void> {
  if (purpose.kind !== 'resolve') return;
  const typed = input.text.trim();
  const { planId, as, deviceId, deviceName, prod } = purpose;
  if (typed === '') return act.store.dispatch({ type: 'complain', text: 'Say it in a few words; it is written to the ledger.' });
  if (purpose.reason === null && prod)
    return act.store.dispatch({
      type: 'ask',
      prompt: ask({ ...purpose, reason: typed }, `It is a prod router. Type ${oneLine(deviceName, 64)} and Enter:`),
    });
  if (purpose.reason !== null && typed !== deviceName)
    return act.store.dispatch({ type: 'complain', text: `That is not the name. Type ${oneLine(deviceName, 64)}, exactly.` });
  const reason = purpose.reason ?? typed;
  await during(act, async () => {
    const several = (planOf(act.store.get(), planId)?.plan.targets.length ?? 1) > 1;
    const view = await act.operator.resolve(planId, { as, reason, ...(several && { device: deviceId }) });
    act.store.dispatch({ type: 'plan', view });
    say(act, 'good', `Closed: ${oneLine(deviceName, 64)} is ${view.targets.find((one) => one.deviceId === deviceId)?.state ?? 'closed'}.`);
  });
}
