import { isWritable } from '../lib/index.ts';
import type { Situation } from './situation.ts';

/** Why keys cannot work now, each as a sentence; undefined when they can. */

export const noTable = ({ body }: Situation): string | undefined => (body.kind === 'table' ? undefined : 'This page is not a list.');
export const noRow = ({ body, row }: Situation): string | undefined =>
  body.kind === 'table' && row === null ? 'The list is empty.' : undefined;

export const noPlan = ({ plan }: Situation): string | undefined => (plan ? undefined : 'No plan is selected.');
export const frozen = ({ readOnly }: Situation): string | undefined => (readOnly === undefined ? undefined : `Read-only: ${readOnly}`);
export const working = ({ busy }: Situation): string | undefined => (busy === undefined ? undefined : `${busy}: wait until that is done.`);

export const first =
  (...reasons: readonly ((situation: Situation) => string | undefined)[]) =>
  (situation: Situation): string | undefined => {
    for (const reason of reasons) {
      const why = reason(situation);
      if (why !== undefined) return why;
    }
    return undefined;
  };

export const notInState =
  (wanted: readonly string[], sentence: string) =>
  ({ plan }: Situation): string | undefined =>
    plan && !wanted.includes(plan.state) ? `This plan is ${plan.state}: ${sentence}` : undefined;

export function notEditable({ kind, capability, view, marked }: Situation): string | undefined {
  if (kind === 'fleet')
    return marked.length > 0 ? undefined : 'Mark routers with space and plan for all of them, or open one and edit a page.';
  if (kind !== 'device') return 'Open a router first.';
  if (view) return 'A view is put together from several menus: edit the page of one of them.';
  if (!capability) return 'The overview cannot be edited: go to a page such as dns (tab, or :dns).';
  return isWritable(capability) ? undefined : `${capability.title} is read only: RouterOS sets it itself.`;
}

export function nothingToDescribe({ kind, body, capability, view }: Situation): string | undefined {
  if (kind === 'device' && (capability || view) && body.kind === 'text') return 'All fields are on the page already; y shows them raw.';
  return kind === 'device' && !capability ? 'The overview has no rows.' : undefined;
}

/** Its passphrase is not typed where the screen is. */
export const needsKey = ({ plan }: Situation): string | undefined =>
  plan?.approvalNeeds.approverKey ? `An approver key must sign. In a shell: routeros-mcp plan approve ${plan.plan.id}` : undefined;

export function notUnderWay({ plan }: Situation): string | undefined {
  const run = plan?.runs.findLast(({ endedAt }) => endedAt === undefined);
  if (!plan || (run && run.wanted !== 'cancel')) return undefined;
  return run ? 'This plan was called off already.' : `This plan is ${plan.state}: it is not under way.`;
}

export const notPausable = ({ plan }: Situation): string | undefined =>
  plan && !plan.plan.rollout ? 'A plan of one router cannot be paused: C calls it off, and what was done is taken back.' : undefined;
