import type { Fleet, FleetEvent, PlanView } from '../../lib/index.ts';
import type { Context, Run } from '../command.ts';
import { endedAnswer, plannedAnswer } from '../plan-answer.ts';
import { readSecret } from '../secret-input.ts';

const PATIENCE =
  'A change is under way and is finished or undone first. Ctrl-C again leaves at once: a person must then look at the router.';

export const planApply: Run = async (context) => {
  const { args, io, operator, finishFirst } = context;
  const token = await readSecret(context, { stdin: 'token-stdin', fd: 'token-fd' });
  const { fleet } = await operator();
  const view = await fleet.showPlan(args[0] ?? '');
  finishFirst(PATIENCE);
  const ended = await watched(fleet, context, view, () =>
    fleet.apply({ planId: view.plan.id, ...(token === undefined ? {} : { token: token.reveal() }) }),
  );
  return endedAnswer(io, ended);
};

export const planRollback: Run = async ({ args, flags, io, operator }) => {
  const { fleet } = await operator();
  const result = await fleet.rollback(args[0] ?? '');
  return plannedAnswer(io, result, { calls: flags.on('calls'), changes: flags.on('detailed-exitcode') });
};

/** Does the work and tells on stderr, line by line, what happens meanwhile. */
async function watched(fleet: Fleet, { io }: Pick<Context, 'io'>, view: PlanView, work: () => Promise<PlanView>): Promise<PlanView> {
  const stop = new AbortController();
  const telling = tell(fleet.watch({ signal: stop.signal }), view, io.note);
  try {
    return await work();
  } finally {
    stop.abort();
    await telling;
  }
}

async function tell(events: AsyncIterable<FleetEvent>, { plan }: PlanView, note: (text: string) => void): Promise<void> {
  const nameOf = (deviceId: string): string => plan.targets.find((target) => target.deviceId === deviceId)?.deviceName ?? deviceId;
  try {
    for await (const event of events) {
      if (event.type === 'target-state' && event.planId === plan.id) note(`${nameOf(event.deviceId)}: ${event.state}`);
      if (event.type === 'step' && event.planId === plan.id) note(`${nameOf(event.deviceId)}: ${stepText(event)}`);
    }
  } catch {
    // Telling is a courtesy: the work goes on, and its result is told by the command.
  }
}

function stepText({ record, steps }: Extract<FleetEvent, { readonly type: 'step' }>): string {
  const { phase, step, stage, call } = record;
  const where = phase === 'apply' ? `step ${step + 1} of ${steps}` : `undo ${step + 1}`;
  return `${where} ${stage}: ${call.verb} ${call.menu}`;
}
