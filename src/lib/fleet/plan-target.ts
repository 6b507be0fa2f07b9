import { missingBecause } from '../capability/availability.ts';
import type { Consent } from '../capability/define.ts';
import { readCallOf } from '../capability/read-call.ts';
import type { Link, Reader } from '../client/types.ts';
import type { Actor } from '../core/actor.ts';
import { InputError } from '../core/errors.ts';
import { hostOf } from '../device/address.ts';
import type { Device } from '../device/device.ts';
import { declaredChecks } from '../plan/declared.ts';
import { probeGuard } from '../plan/guard/probe.ts';
import { type Menu, menuOf } from '../plan/menu.ts';
import { unguarded } from '../plan/one-way.ts';
import { type Judgement, judge, targetOf, worse } from '../plan/plan.ts';
import type { Draft } from '../plan/planner.ts';
import type { Guard, Target } from '../plan/types.ts';
import type { StoreWrite } from '../store/store.ts';
import type { Context } from './context.ts';
import { requireAllowed } from './fence.ts';
import { outlookOf } from './prospect.ts';
import { auditDenial } from './record.ts';
import { upToDate } from './refresh.ts';

/** What is wanted of one router, worked out and judged. */
export interface PlannedTarget {
  readonly device: Device;
  readonly target: Target;
  readonly judgement: Judgement;
  /** Sealed secrets of its changes. */
  readonly secrets: readonly StoreWrite[];
}

export interface TargetWish {
  readonly accepts?: readonly Consent[];
  /** It brings back what was there before. */
  readonly undoes?: true;
  readonly guardSeconds?: number;
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

/**
 * Judges and fences a draft, and finds out what the router can do about it: whether we keep our way to it, and whether it can go back by
 * itself.
 * @throws DeniedError, InputError
 */
export async function planTarget(
  context: Context,
  actor: Actor,
  { device, link }: { readonly device: Device; readonly link: Link },
  menus: ReadonlyMap<string, Menu>,
  draft: Draft,
  { accepts, undoes, guardSeconds, secrets = [] }: TargetWish & { readonly secrets?: readonly StoreWrite[] },
): Promise<PlannedTarget> {
  const about = { environment: device.environment, ownHost: hostOf(device.address), ownAccount: device.username };
  const first = judge(menus, draft, { ...about, ...(accepts && { accepts }) }, undoes);
  const details = { risk: first.risk, changes: draft.changes.length };
  return auditDenial(context, actor, 'plan.create', { device, details }, async () => {
    requireAllowed(context, device, first.risk, first.asks);
    const outlook = await outlookOf(context, device, link, menus, draft);
    const cut = outlook.reach.some(({ verdict }) => verdict === 'no') || outlook.doubtful;
    const judgement = cut ? { ...first, risk: worse(first.risk, 'high'), reasons: [...first.reasons, 'it may cut us off'] } : first;
    if (cut) requireAllowed(context, device, judgement.risk, judgement.asks);
    const bare = targetOf(device, menus, draft, { ...outlook, checks: declaredChecks(menus, draft, about) });
    const guard = unguarded(menus, draft.changes) ?? (await guardOf(context, device, link, bare, judgement, guardSeconds));
    return { device, target: { ...bare, guard }, judgement, secrets };
  });
}

async function guardOf(
  { config }: Context,
  device: Device,
  link: Link,
  target: Target,
  { risk }: Judgement,
  seconds: number | undefined,
): Promise<Guard> {
  if (config.guard.from === 'never' || worse(risk, config.guard.from) !== risk)
    return { kind: 'none', why: `a change of ${risk} risk is not guarded here (setting guard.from)` };
  return probeGuard(link, { ...target, risk, facts: device.facts, seconds: seconds ?? config.guard.seconds });
}
