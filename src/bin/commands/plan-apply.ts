import { asFleetError, type Fleet, type PlanView } from '../../lib/index.ts';
import { tellerOf } from '../apply-progress.ts';
import type { Context, Run } from '../command.ts';
import { endedAnswer } from '../plan-answer.ts';
import { planSource } from '../plan-source.ts';
import { readSecret } from '../secret-input.ts';

/** How often (ms) a plan that has not begun yet is called off again. */
const AGAIN = 200;

export const planApply: Run = async (context) => {
  const { args, flags, io, operator, finishFirst } = context;
  const source = planSource(args[0] ?? '');
  const seconds = flags.whole('timeout', { min: 1, max: 86_400 });
  const token = await readSecret(context, { stdin: 'token-stdin', fd: 'token-fd' });
  const { fleet } = await operator();
  const view = source.kind === 'id' ? await fleet.showPlan(source.planId) : await imported(fleet, source.document, io.note);
  const over = new AbortController();
  const callOff = (): void => void calledOff(fleet, view.plan.id, over.signal);
  finishFirst(patience(view), callOff);
  const timer = seconds === undefined ? undefined : setTimeout(() => timedOut(io.warn, callOff), seconds * 1_000);
  try {
    const ended = await watched(fleet, context, view, () =>
      fleet.apply({ planId: view.plan.id, ...(token === undefined ? {} : { token: token.reveal() }) }),
    );
    return endedAnswer(io, ended);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
};

/** A file of this store is its plan; one of another store waits for review under an id of this one. */
async function imported(fleet: Fleet, document: unknown, note: (text: string) => void): Promise<PlanView> {
  const { view, imported } = await fleet.importPlan(document);
  if (imported) note(`Imported as ${view.plan.id}: nobody here has approved it yet.`);
  return view;
}

const patience = ({ plan }: PlanView): string => {
  const bare = plan.targets.filter(({ guard }) => guard.kind === 'none').length;
  const after =
    bare === 0
      ? 'the router then goes back by itself'
      : bare === plan.targets.length
        ? 'nothing on the router takes the change back then'
        : `only routers with a guard then go back by themselves, ${bare} have none`;
  return (
    'Called off: the request under way is finished or undone first, what is not confirmed is taken back, and no more is begun. ' +
    `Ctrl-C again leaves at once: ${after}; routeros-mcp plan recover settles what is left.`
  );
};

function timedOut(warn: (text: string) => void, callOff: () => void): void {
  warn('The time is over: what is under way is finished or undone first, what is not confirmed is taken back, and no more is begun.');
  callOff();
}

/** Asks again until it is heard: a run that is being prepared cannot be called off yet, and one that is over need not be. */
async function calledOff(fleet: Fleet, planId: string, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    try {
      await fleet.control(planId, 'cancel');
      return;
    } catch (thrown) {
      if (asFleetError(thrown).code !== 'PLAN_STATE' && asFleetError(thrown).kind !== 'store') return;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

/** Does the work and tells on stderr, line by line, what happens meanwhile. */
async function watched(fleet: Fleet, { io }: Pick<Context, 'io'>, { plan }: PlanView, work: () => Promise<PlanView>): Promise<PlanView> {
  const stop = new AbortController();
  const line = tellerOf(plan, io.verbose);
  const tell = async (): Promise<void> => {
    try {
      for await (const event of fleet.watch({ signal: stop.signal })) {
        const text = line(event);
        if (text !== undefined) io.note(text);
      }
    } catch {
      // Telling is a courtesy: the work goes on, and its result is told by the command.
    }
  };
  const telling = tell();
  try {
    return await work();
  } finally {
    stop.abort();
    await telling;
  }
}
