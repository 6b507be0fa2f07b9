import { missingBecause } from '../capability/availability.ts';
import { readCallOf } from '../capability/read-call.ts';
import type { Link, Reader } from '../client/types.ts';
import type { Actor } from '../core/actor.ts';
import { oneLine } from '../core/clean.ts';
import { InputError } from '../core/errors.ts';
import { newPlanId } from '../core/ids.ts';
import { hostOf } from '../device/address.ts';
import type { Device } from '../device/device.ts';
import { type Menu, menuOf } from '../plan/menu.ts';
import { judge, sealPlan, targetOf } from '../plan/plan.ts';
import { type Draft, draftChanges } from '../plan/planner.ts';
import type { Change, Plan } from '../plan/types.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { nothingAsked, requireAllowed } from './fence.ts';
import { planView, requirePlan } from './plans.ts';
import { auditDenial, entry } from './record.ts';
import { upToDate } from './refresh.ts';
import type { PlanRequest, PlanResult } from './types.ts';

const LONGEST_SUMMARY = 200;

/** Reads what the intents touch, works out the differences, and stores them as an immutable plan that waits for a person. */
export async function plan(context: Context, actor: Actor, request: PlanRequest): Promise<PlanResult> {
  const enrolled = await requireDevice(context, request.device);
  if (request.intents.length === 0) {
    // A recipe looked at the router and found it as it should be; whoever names no change made a mistake.
    if (request.recipe !== undefined) return { planned: false };
    throw nothingAsked();
  }
  const { device, link } = await lookAt(context, actor, enrolled);
  const menus = await menusOf(
    context,
    device,
    link,
    request.intents.map((intent) => intent.capability),
  );
  const draft = draftChanges(menus, request.intents);
  return storePlan(context, actor, device, menus, draft, request);
}

/** The router a plan is for, as it is today, and the line to it. */
export function lookAt(context: Context, actor: Actor, enrolled: Device): Promise<{ readonly device: Device; readonly link: Link }> {
  return auditDenial(context, actor, 'plan.create', { device: enrolled }, async () => {
    const link = await context.routers.link(enrolled);
    return { device: await upToDate(context, enrolled, link), link };
  });
}

/** Menus of some capabilities, read one after the other. */
export async function menusOf(
  context: Context,
  device: Device,
  reader: Reader,
  capabilities: readonly string[],
): Promise<ReadonlyMap<string, Menu>> {
  const menus = new Map<string, Menu>();
  for (const id of new Set(capabilities)) {
    const capability = context.catalog.capability(id);
    const missing = missingBecause(capability, device.facts);
    if (missing !== undefined)
      throw new InputError(`${id} is ${missing}.`, { code: 'NOT_ON_THIS_ROUTER', hint: 'Read it first to see what the router has.' });
    menus.set(id, menuOf(capability, device.facts.version, await reader.read(readCallOf(capability, device.facts.version))));
  }
  return menus;
}

/** Judges, fences, seals and stores a draft. Nothing to change is an answer, not a plan. */
export async function storePlan(
  context: Context,
  actor: Actor,
  device: Device,
  menus: ReadonlyMap<string, Menu>,
  draft: Draft,
  about: Pick<PlanRequest, 'summary' | 'recipe'> & { readonly undoes?: true },
): Promise<PlanResult> {
  if (draft.changes.length === 0) return { planned: false };
  const judgement = judge(menus, draft, { environment: device.environment, ownHost: hostOf(device.address) }, about.undoes);
  const details = { risk: judgement.risk, changes: draft.changes.length };
  return auditDenial(context, actor, 'plan.create', { device, details }, async () => {
    requireAllowed(context, device, judgement.risk, judgement.asks);
    const document = sealPlan({
      id: newPlanId(),
      author: { id: actor.id, ...(actor.onBehalfOf !== undefined && { onBehalfOf: actor.onBehalfOf }), origin: actor.origin },
      ...(about.recipe !== undefined && { recipe: oneLine(about.recipe, LONGEST_SUMMARY) }),
      // Whoever asked wrote it, and a person reads it before approving.
      summary: about.summary === undefined ? summaryOf(draft.changes) : oneLine(about.summary, LONGEST_SUMMARY),
      risk: judgement.risk,
      reasons: judgement.reasons,
      targets: [targetOf(device, menus, draft)],
      createdAt: context.store.now(),
    });
    await insert(context, actor, device, document);
    return { planned: true, view: await planView(context, await requirePlan(context, document.id)) };
  });
}

const insert = (context: Context, actor: Actor, device: Device, document: Plan): Promise<void> =>
  context.ledger.commit(
    [{ kind: 'plan-insert', plan: document, state: 'review' }],
    [entry(actor, 'plan.create', 'ok', { device, plan: document.id, details: { hash: document.hash, risk: document.risk } })],
  );

/** A sentence from our own words only: verbs and capability names, never router text. */
function summaryOf(changes: readonly Change[]): string {
  const counts = new Map<string, number>();
  for (const { verb, capability } of changes) counts.set(`${verb} ${capability}`, (counts.get(`${verb} ${capability}`) ?? 0) + 1);
  return [...counts].map(([what, count]) => (count === 1 ? what : `${what} (${count})`)).join(', ');
}
