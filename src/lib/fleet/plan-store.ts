import type { Actor } from '../core/actor.ts';
import { oneLine } from '../core/clean.ts';
import { parseCheck } from '../insight/checks/parse.ts';
import { riskOf, sealPlan } from '../plan/plan.ts';
import type { Change, Plan, Rollout } from '../plan/types.ts';
import type { Context } from './context.ts';
import { requireAllowed, requirePolicy } from './fence.ts';
import { sweepPlanSecrets } from './plan-secrets.ts';
import type { PlannedTarget } from './plan-target.ts';
import { planView, requirePlan } from './plans.ts';
import { auditDenial, entry } from './record.ts';
import type { PlanResult } from './types.ts';

const LONGEST_SUMMARY = 200;

export interface AboutPlan {
  readonly id: string;
  readonly summary?: string;
  readonly recipe?: string;
  readonly checks?: readonly string[];
  readonly soakSeconds?: number;
  readonly rollout?: Rollout;
}

/**
 * Seals a plan over one router or many, and stores it for a person to review.
 * @throws DeniedError policy refuses it; InputError a declared check is none
 */
export async function storePlan(context: Context, actor: Actor, targets: readonly PlannedTarget[], about: AboutPlan): Promise<PlanResult> {
  const [first] = targets;
  if (!first) return { planned: false };
  const checks = (about.checks ?? []).map((text) => parseCheck(text, context.catalog).text);
  const { risk, reasons } = riskOf(targets.map(({ judgement }) => judgement));
  const document = sealPlan({
    id: about.id,
    author: { id: actor.id, ...(actor.onBehalfOf !== undefined && { onBehalfOf: actor.onBehalfOf }), origin: actor.origin },
    ...(about.recipe !== undefined && { recipe: oneLine(about.recipe, LONGEST_SUMMARY) }),
    // Whoever asked wrote it, and a person reads it before approving.
    summary:
      about.summary === undefined ? summaryOf(targets.flatMap(({ target }) => target.changes)) : oneLine(about.summary, LONGEST_SUMMARY),
    risk,
    reasons,
    targets: targets.map(({ target }) => target),
    checks,
    soakSeconds: about.soakSeconds ?? context.config.checks.soakSeconds,
    ...(about.rollout && { rollout: about.rollout }),
    createdAt: context.store.now(),
  });
  const details = { risk, changes: document.blastRadius.changes };
  const device = targets.length === 1 ? { device: first.device } : {};
  return auditDenial(context, actor, 'plan.create', { ...device, details }, async () => {
    if (targets.length > 1) for (const one of targets) requireAllowed(context, one.device, risk, ['professional-workflows']);
    requirePolicy(context, document);
    await sweepPlanSecrets(context);
    await insert(context, actor, targets, document);
    return { planned: true, view: await planView(context, await requirePlan(context, document.id)) };
  });
}

async function insert(context: Context, actor: Actor, targets: readonly PlannedTarget[], document: Plan): Promise<void> {
  const details = { hash: document.hash, risk: document.risk };
  const about = { plan: document.id, details };
  // One entry for each router: its history is asked for by its name.
  const entries = targets.map(({ device }) => entry(actor, 'plan.create', 'ok', { ...about, device }));
  await context.ledger.commit(
    [{ kind: 'plan-insert', plan: document, state: 'review' }, ...targets.flatMap(({ secrets }) => secrets)],
    entries,
  );
}

/** A sentence from our own words only: verbs and capability names, never router text. */
function summaryOf(changes: readonly Change[]): string {
  const counts = new Map<string, number>();
  for (const { verb, capability } of changes) counts.set(`${verb} ${capability}`, (counts.get(`${verb} ${capability}`) ?? 0) + 1);
  return [...counts].map(([what, count]) => (count === 1 ? what : `${what} (${count})`)).join(', ');
}
