import type { Actor } from '../core/actor.ts';
import { StaleError } from '../core/errors.ts';
import { classify, idKey, resolveId } from '../plan/classify.ts';
import { inverse } from '../plan/inverse.ts';
import { requireState } from '../plan/state.ts';
import type { Change, JournalRecord, Lost, Target } from '../plan/types.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { lookAt, menusOf, storePlan } from './plan.ts';
import { requirePlan, stateOf } from './plans.ts';
import type { PlanResult } from './types.ts';

/** A new plan that undoes a completed one, as far as the router still has what that one set. It is checked like any other. */
export async function rollback(context: Context, actor: Actor, planId: string): Promise<PlanResult> {
  const stored = await requirePlan(context, planId);
  requireState(stateOf(stored), ['completed'], 'rolled back');
  const [target] = stored.plan.targets;
  if (!target) return { planned: false };
  const { device, link } = await lookAt(context, actor, await requireDevice(context, target.deviceId));
  const menus = await menusOf(
    context,
    device,
    link,
    target.changes.map((change) => change.capability),
  );
  const ids = idsFrom(target, await context.store.journal(planId));
  for (const [index, change] of target.changes.entries()) {
    const menu = menus.get(change.capability);
    const later = target.changes.slice(index + 1).some((other) => other.capability === change.capability);
    const { place: _place, ...content } = change;
    const seen = menu && classify(later ? content : change, menu, ids, new Set()).standing;
    if (seen !== 'post' && !(later && change.verb === 'move')) {
      throw new StaleError('The router no longer has what this plan set, so undoing it would overwrite later work.', {
        hint: 'Plan the change you want instead.',
        details: { change: index, capability: change.capability },
      });
    }
  }
  const changes = inverses(target.changes, ids);
  const lost: readonly Lost[] = target.lost.map(({ change, why }) => ({ change: target.changes.length - 1 - change, why }));
  return storePlan(context, actor, device, menus, { changes, lost }, { summary: `Undo ${planId}`, undoes: true });
}

/** Ids the router gave to rows of the plan. */
function idsFrom(target: Target, journal: readonly JournalRecord[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const record of journal) {
    const change =
      record.phase === 'apply' && record.rowId !== undefined ? target.changes[target.steps[record.step]?.change ?? -1] : undefined;
    if (change?.verb === 'add' && record.rowId !== undefined) ids.set(idKey(change.menu, change.row), record.rowId);
  }
  return ids;
}

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
