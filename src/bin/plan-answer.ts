import { ERROR_CODES, oneLine, type PlanResult, type PlanView, type Unplanned } from '../lib/index.ts';
import type { Answer } from './command.ts';
import { EXIT, EXIT_BY_STATE, type ExitCode } from './exit-codes.ts';
import type { Failure } from './failure.ts';
import type { Io } from './io.ts';
import { planJson, planResultJson, worstTarget } from './plan-json.ts';
import { planText } from './plan-text.ts';

interface Options {
  readonly calls: boolean;
  /** With --detailed-exitcode. */
  readonly changes?: boolean;
}

/** What was planned. Nothing to change is fine. */
export function plannedAnswer(io: Io, result: PlanResult, options: Options): Answer {
  const { view, unplanned = [] } = result;
  const exit: ExitCode = result.planned && options.changes ? EXIT.changes : EXIT.fine;
  const text = (): string =>
    result.planned && view
      ? planText(io, view, options)
      : `Nothing to change: the router${unplanned.length > 1 ? 's are' : ' is'} already as you want it.`;
  return {
    data: planResultJson(result, options),
    text: () => [text(), unplannedText(io, unplanned)].filter((part) => part !== '').join('\n\n'),
    exit,
  };
}

/** The routers that were asked for and are not part of the plan, each with the reason. */
const unplannedText = (io: Io, unplanned: readonly Unplanned[]): string =>
  unplanned.length === 0
    ? ''
    : [
        io.paint('bold', `Left out: ${unplanned.length} ${unplanned.length === 1 ? 'router' : 'routers'}`),
        ...unplanned.map(({ device, code, why }) => `  ${oneLine(device)}: ${oneLine(why, 400)}${code === null ? '' : ` (${code})`}`),
      ].join('\n');

/** Where a plan stands. */
export const shownAnswer = (io: Io, view: PlanView, options: Options): Answer => ({
  data: planJson(view, options),
  text: () => planText(io, view, options),
});

/** How an apply ended: the exit code says it, and an end that was not wanted is an error with its data. */
export function endedAnswer(io: Io, view: PlanView): Answer {
  const exit = endOf(view);
  const shown = shownAnswer(io, view, { calls: false });
  return exit === EXIT.fine ? shown : { ...shown, exit, failure: endFailure(view) };
}

export function endOf(view: PlanView): ExitCode {
  const worst = worstTarget(view);
  return worst?.state === 'stuck' ? EXIT.stuck : EXIT_BY_STATE[view.state];
}

function endFailure(view: PlanView): Failure {
  const outcome = worstTarget(view)?.outcome;
  const code = outcome?.code ?? (view.state === 'stale' ? 'STALE' : 'ROUTER_FAULT');
  return {
    code,
    message: outcome?.summary ?? `The plan ended as ${view.state}.`,
    hint: outcome?.hint ?? `See routeros-mcp plan show ${view.plan.id}.`,
    // The plan is over: the same plan cannot be applied again, whatever the code says of single requests.
    retryable: false,
    details: { planId: view.plan.id, state: view.state, kind: ERROR_CODES[code] },
  };
}
