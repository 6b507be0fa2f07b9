import { randomUUID } from 'node:crypto';
import type { WriteCall, Writer } from '../client/types.ts';
import { sameDigest } from '../core/canonical.ts';
import { FleetError, RouterError, StoreError } from '../core/errors.ts';
import { refOfMark } from '../core/sealed-mark.ts';
import type { Secret } from '../core/secret.ts';
import type { Seal, SecretJudge } from '../plan/sealed.ts';
import { isTerminal } from '../plan/state.ts';
import type { Change, Plan, Sealed, Target } from '../plan/types.ts';
import type { SealedPlanSecret, StoreWrite } from '../store/store.ts';
import { openPlanSecret, type PlanSecretPlace, planSecretDigest, sealPlanSecret } from '../vault/plan-secrets.ts';
import type { Context } from './context.ts';
import { closeExpired, stateOf } from './plans.ts';

/** Takes the secrets of one target into keeping while its changes are worked out. */
export interface Sealer {
  readonly seal: Seal;
  /** What is to be stored in the same commit as the plan. */
  writes(changes: readonly Change[]): readonly StoreWrite[];
}

/**
 * @example
 * const sealer = sealerFor(context, planId, device.id);
 * const draft = draftChanges(menus, intents, sealer.seal);
 * await ledger.commit([{ kind: 'plan-insert', plan, state: 'review' }, ...sealer.writes(draft.changes)], entries);
 */
export function sealerFor({ vault }: Pick<Context, 'vault'>, planId: string, deviceId: string): Sealer {
  const kept = new Map<string, SealedPlanSecret>();
  return {
    seal: (at, value, held) => {
      const place: PlanSecretPlace = { planId, deviceId, ...at, ref: randomUUID() };
      kept.set(place.ref, sealPlanSecret(vault, place, value));
      return {
        ref: place.ref,
        mac: planSecretDigest(vault, place, value),
        ...(held && { was: planSecretDigest(vault, place, held) }),
      };
    },
    writes: (changes) =>
      changes
        .flatMap(({ sealed = {} }) => Object.values(sealed))
        .flatMap(({ ref }) => kept.get(ref) ?? [])
        .map((secret) => ({ kind: 'plan-secret-put', secret })),
  };
}

const placeOf = (
  plan: Pick<Plan, 'id'>,
  target: Pick<Target, 'deviceId'>,
  { menu, row }: Change,
  wire: string,
  ref: string,
): PlanSecretPlace => ({
  planId: plan.id,
  deviceId: target.deviceId,
  menu,
  row,
  wire,
  ref,
});

/** Where in a target a reference belongs, and what the plan says of it. */
function owner(target: Target, ref: string): { readonly change: Change; readonly wire: string; readonly sealed: Sealed } {
  for (const change of target.changes) {
    for (const [wire, sealed] of Object.entries(change.sealed ?? {})) if (sealed.ref === ref) return { change, wire, sealed };
  }
  throw gone();
}

/**
 * A request with its secrets put in, for the moment it is sent and for nothing else: it is neither stored nor shown.
 * @throws StoreError the secret is no longer there, or is not the one that was planned
 */
export async function revealCall(
  { store, vault }: Pick<Context, 'store' | 'vault'>,
  plan: Pick<Plan, 'id'>,
  target: Target,
  call: WriteCall,
): Promise<{ readonly call: WriteCall; readonly secrets: readonly Secret[] }> {
  if (!('values' in call)) return { call, secrets: [] };
  const values: Record<string, string> = {};
  const secrets: Secret[] = [];
  for (const [wire, text] of Object.entries(call.values)) {
    const ref = refOfMark(text);
    values[wire] = text;
    if (ref === undefined) continue;
    const { change, wire: own, sealed } = owner(target, ref);
    const kept = await store.planSecret(ref);
    // A mark that stands in another field or menu than the plan put it into opens nothing.
    if (!kept || own !== wire || change.menu !== call.menu) throw gone();
    const value = openPlanSecret(vault, placeOf(plan, target, change, wire, ref), kept.sealed, sealed.mac);
    secrets.push(value);
    values[wire] = value.reveal();
  }
  return secrets.length === 0 ? { call, secrets } : { call: { ...call, values }, secrets };
}

/** A writer that puts secrets in at the last moment: whoever calls it, and the journal, see marks only; and so do errors. */
export function revealingWriter(context: Pick<Context, 'store' | 'vault'>, plan: Pick<Plan, 'id'>, target: Target, writer: Writer): Writer {
  return {
    write: async (marked) => {
      const { call, secrets } = await revealCall(context, plan, target, marked);
      if (secrets.length === 0) return writer.write(marked);
      try {
        const { id } = await writer.write(call);
        // What a router says to an added or changed row may repeat all of it.
        return id === undefined ? {} : { id };
      } catch (thrown) {
        throw withoutEcho(thrown, secrets);
      }
    },
  };
}

/** A router repeats what it does not like: the error goes on without its words where they hold a secret, and without its cause. */
function withoutEcho(thrown: unknown, secrets: readonly Secret[]): unknown {
  if (!(thrown instanceof FleetError)) return thrown;
  const words = thrown.details['routerText'];
  const said = typeof words === 'string' ? { routerText: secrets.reduce(hidden, words) } : {};
  Object.defineProperty(thrown, 'details', { value: { ...thrown.details, ...said }, enumerable: true, configurable: true });
  if (thrown instanceof RouterError) Object.defineProperty(thrown, 'cause', { value: undefined, configurable: true });
  return thrown;
}

/** As it is, and as a console or JSON would quote it. Words cut in the middle of a secret are left out as a whole. */
function hidden(words: string, secret: Secret): string {
  const value = secret.reveal();
  const forms = [value, JSON.stringify(value).slice(1, -1), value.replace(/["\\$]/g, '\\$&')];
  const without = forms.reduce((text, form) => text.replaceAll(form, '[secret]'), words);
  const ending = without.replace(/…$/, '');
  const cut = forms.some((form) =>
    Array.from({ length: form.length }, (_, at) => form.slice(0, at + 1)).some((part) => part.length > 3 && ending.endsWith(part)),
  );
  return cut ? '[secret]' : without;
}

/** Tells secrets that were read back apart, by their digests. */
export const judgeSecrets =
  ({ vault }: Pick<Context, 'vault'>, plan: Pick<Plan, 'id'>, target: Target): SecretJudge =>
  (change, wire, held) => {
    const sealed = change.sealed?.[wire];
    if (!sealed) return 'other';
    const digest = planSecretDigest(vault, placeOf(plan, target, change, wire, sealed.ref), held);
    if (sameDigest(digest, sealed.mac)) return 'sent';
    return sealed.was !== undefined && sameDigest(digest, sealed.was) ? 'before' : 'other';
  };

/**
 * Destroys what a plan still keeps. A `target-move` to an end does it by itself; this is for whatever else ends a plan.
 * @param deviceId one target; all of them without it
 */
export const dropPlanSecrets = (planId: string, deviceId?: string): StoreWrite[] => [
  { kind: 'plan-secret-drop', planId, ...(deviceId !== undefined && { deviceId }) },
];

/** Destroys the secrets of plans whose time is over and that nobody looked at since, and of any that ended without it. */
export async function sweepPlanSecrets(context: Context): Promise<void> {
  for (const planId of await context.store.planSecrets()) {
    const stored = await context.store.plan(planId);
    const over = stored === undefined || isTerminal(stateOf(await closeExpired(context, stored)));
    if (over) await context.store.commit(dropPlanSecrets(planId));
  }
}

const gone = (): StoreError =>
  new StoreError('A secret of this plan is no longer kept.', { hint: 'Make the plan again, with the secret.' });
