import type { Actor } from '../core/actor.ts';
import { InputError, StaleError } from '../core/errors.ts';
import { newPlanId } from '../core/ids.ts';
import { classify, type Ids, idKey, resolveId } from '../plan/classify.ts';
import { lastingPart } from '../plan/execute/validate.ts';
import { inverse } from '../plan/inverse.ts';
import type { Menu } from '../plan/menu.ts';
import { rolloutOf } from '../plan/rollout.ts';
import { onlySecrets, secretsGone } from '../plan/sealed.ts';
import { requireState } from '../plan/state.ts';
import type { Change, Lost, Plan, Target } from '../plan/types.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { idsFrom } from './journal-ids.ts';
import { judgeSecrets } from './plan-secrets.ts';
import { storePlan } from './plan-store.ts';
import { lookAt, menusOf, type PlannedTarget, planTarget } from './plan-target.ts';
import { requirePlan, stateOf } from './plans.ts';
import type { PlanResult } from './types.ts';

/**
 * A new plan that undoes a completed one, on every router where it was completed and as far as these still have what it set. It is
 * checked like any other.
 */
export async function rollback(context: Context, actor: Actor, planId: string): Promise<PlanResult> {
  const stored = await requirePlan(context, planId);
  requireState(stateOf(stored), ['completed', 'partial'], 'rolled back');
  const done = new Set(stored.targets.filter(({ state }) => state === 'completed').map(({ deviceId }) => deviceId));
  const id = newPlanId();
  const planned: PlannedTarget[] = [];
  for (const target of stored.plan.targets) {
    if (done.has(target.deviceId)) planned.push(await undoOf(context, actor, stored.plan, target));
  }
  const rollout = planned.length > 1 ? rolloutOf(planned.map(({ device }) => ({ id: device.id }))) : undefined;
  return storePlan(context, actor, planned, { id, summary: `Undo ${planId}`, ...(rollout && { rollout }) });
}

async function undoOf(context: Context, actor: Actor, plan: Plan, target: Target): Promise<PlannedTarget> {
  const seen = await lookAt(context, actor, await requireDevice(context, target.deviceId));
  const capabilities = target.changes.map((change) => change.capability);
  const menus = await menusOf(context, seen.device, seen.link, capabilities);
  const ids = idsFrom(target, await context.store.journal(plan.id, target.deviceId));
  requireStillOurs(target, menus, ids, judgeSecrets(context, plan, target));
  const kept = target.changes.filter((change) => !onlySecrets(change));
  if (kept.length === 0) throw nothingToBringBack();
  // A row that nobody knows by its id is not taken away by guess.
  const unnamed = kept.filter((change) => change.verb === 'add' && !ids.has(idKey(change.menu, change.row)));
  if (unnamed.length > 0) throw unknownRow(unnamed.length);
  const draft = { changes: inverses(kept, ids), lost: lostBackwards(target, kept) };
  return planTarget(context, actor, seen, menus, draft, { undoes: true });
}

function requireStillOurs(target: Target, menus: ReadonlyMap<string, Menu>, ids: Ids, judge: ReturnType<typeof judgeSecrets>): void {
  for (const [index, change] of target.changes.entries()) {
    const menu = menus.get(change.capability);
    const later = target.changes.slice(index + 1).filter((other) => other.capability === change.capability);
    const lasting = later.length === 0 ? change : lastingPart(change, later);
    if (lasting !== undefined && (!menu || classify(lasting, menu, ids, new Set(), judge).standing !== 'post')) {
      throw new StaleError('The router no longer has what this plan set, so undoing it would overwrite later work.', {
        hint: 'Plan the change you want instead.',
        details: { change: index, capability: change.capability },
      });
    }
  }
}

/** What the plan called lost, of the change that undoes it; and the secrets of the rows that go. */
function lostBackwards({ changes, lost }: Target, kept: readonly Change[]): readonly Lost[] {
  const last = kept.length - 1;
  const said = lost.flatMap(({ change: index, why }) => {
    const one = changes[index];
    const at = one ? kept.indexOf(one) : -1;
    return at < 0 ? [] : [{ change: last - at, why }];
  });
  const gone = kept.flatMap(({ verb, sealed = {} }, at) =>
    verb === 'add' ? secretsGone(Object.keys(sealed)).map((why) => ({ change: last - at, why })) : [],
  );
  return [...said, ...gone];
}

const unknownRow = (rows: number): StaleError =>
  new StaleError('It is not known which rows of the router this plan made.', {
    hint: 'Look at the router and plan the removal of the row you mean.',
    details: { rows },
  });

const nothingToBringBack = (): InputError =>
  new InputError('This plan set secrets only, and what they were before is not kept.', { hint: 'Plan the secret you want instead.' });

/** Backwards, with before and after exchanged; a row that comes back is a new row of the new plan. */
function inverses(changes: readonly Change[], ids: Map<string, string>): readonly Change[] {
  let created = 0;
  return [...changes].reverse().map((change): Change => {
    const undo = inverse(change);
    const real = (id: string): string => resolveId(ids, undo.menu, id);
    const realPlace = (id: string | null): string | null => (id === null ? null : real(id));
    const place = undo.place && {
      place: {
        ...(undo.place.from !== undefined && { from: realPlace(undo.place.from) }),
        ...(undo.place.to !== undefined && { to: realPlace(undo.place.to) }),
      },
    };
    if (undo.verb === 'add') {
      const ref = `#${created}`;
      created += 1;
      ids.set(idKey(undo.menu, undo.row), ref);
      return Object.freeze({ ...undo, ...place, row: ref });
    }
    return Object.freeze({ ...undo, ...place, row: real(undo.row) });
  });
}
