import type { Actor } from '../core/actor.ts';
import { asFleetError, InputError } from '../core/errors.ts';
import { newPlanId } from '../core/ids.ts';
import { hostOf } from '../device/address.ts';
import type { Device } from '../device/device.ts';
import { keptOnStop } from '../plan/one-way.ts';
import { draftChanges } from '../plan/planner.ts';
import { type Member, rolloutOf } from '../plan/rollout.ts';
import type { Context } from './context.ts';
import { requireDevice } from './devices.ts';
import { nothingAsked } from './fence.ts';
import { sealerFor } from './plan-secrets.ts';
import { storePlan } from './plan-store.ts';
import { lookAt, menusOf, type PlannedTarget, planTarget } from './plan-target.ts';
import { recipeRequest } from './recipe.ts';
import type { PlanManyRequest, PlanRequest, PlanResult, RecipeManyRequest, Unplanned } from './types.ts';

/** Routers that are asked side by side while a plan for many is made. */
const PARALLEL = 16;

/** Reads what the intents touch, works out the differences, and stores them as an immutable plan that waits for a person. */
export async function plan(context: Context, actor: Actor, request: PlanRequest): Promise<PlanResult> {
  const enrolled = await requireDevice(context, request.device);
  if (request.intents.length === 0) {
    // A recipe looked at the router and found it as it should be; whoever names no change made a mistake.
    if (request.recipe !== undefined) return { planned: false };
    throw nothingAsked();
  }
  const id = newPlanId();
  const one = await planOne(context, actor, enrolled, request, id);
  return one ? storePlan(context, actor, [one], { ...request, id }) : { planned: false };
}

/** What one router must change; undefined when it is so already. */
async function planOne(
  context: Context,
  actor: Actor,
  enrolled: Device,
  request: Omit<PlanRequest, 'device'>,
  planId: string,
): Promise<PlannedTarget | undefined> {
  await requireNotStuck(context, enrolled);
  const seen = await lookAt(context, actor, enrolled);
  const { device, link } = seen;
  const capabilities = request.intents.map((intent) => intent.capability);
  const menus = await menusOf(context, device, link, capabilities);
  const sealer = sealerFor(context, planId, device.id);
  const draft = draftChanges(menus, request.intents, sealer.seal);
  if (draft.changes.length === 0) return undefined;
  return planTarget(context, actor, seen, menus, draft, { ...request, secrets: sealer.writes(draft.changes) });
}

/** A router that nobody knows how it stands takes no new plan. */
async function requireNotStuck(context: Context, device: Device): Promise<void> {
  for (const { plan, targets } of await context.store.plans({ state: 'stuck', deviceId: device.id })) {
    const at = targets.find(({ deviceId, state }) => deviceId === device.id && state === 'stuck');
    if (!at || at.outcome?.resolved !== undefined) continue;
    throw new InputError('An earlier plan is stuck on this router: nobody knows how it stands.', {
      code: 'PLAN_STATE',
      hint: `Look at the router, then: routeros-mcp plan resolve ${plan.id} --as pre|post|accept --reason "..."`,
      details: { planId: plan.id },
    });
  }
}

/**
 * One plan for many routers: the same wishes, or the same recipe, worked out for each of them. Routers that are so already are left out;
 * what keeps one from being planned is said, and keeps no other.
 * @throws InputError no router was named, or none could be planned; DeniedError policy refuses the whole
 */
export async function planMany(context: Context, actor: Actor, request: PlanManyRequest | RecipeManyRequest): Promise<PlanResult> {
  const devices = await devicesOf(context, request.devices);
  const id = newPlanId();
  const planned: PlannedTarget[] = [];
  const unplanned: Unplanned[] = [];
  const queue = [...devices];
  const recipe = 'recipe' in request && 'input' in request ? request : undefined;
  let about = namedIn(request);
  const worker = async (): Promise<void> => {
    for (let device = queue.shift(); device; device = queue.shift()) {
      try {
        const wish = recipe ? await recipeRequest(context, actor, { ...recipe, device: device.id }) : wishOf(request);
        about = { ...namedIn(wish), ...about };
        const one = wish.intents.length === 0 ? undefined : await planOne(context, actor, device, { ...request, ...wish }, id);
        if (one) planned.push(one);
        else unplanned.push({ device: device.name, code: null, why: 'it is so already' });
      } catch (thrown) {
        const { code, message } = asFleetError(thrown);
        unplanned.push({ device: device.name, code, why: message });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, devices.length) }, worker));
  const failed = unplanned.filter(({ code }) => code !== null);
  if (planned.length === 0 && failed.length > 0) throw noneCould(failed);
  const order = new Map(devices.map((device, at) => [device.id, at]));
  planned.sort((a, b) => (order.get(a.device.id) ?? 0) - (order.get(b.device.id) ?? 0));
  const rollout = planned.length > 1 ? rolloutOf(membersOf(planned), keptOnStop(planned, request.rollout)) : undefined;
  const { checks, soakSeconds } = request;
  const manner = { ...(checks && { checks }), ...(soakSeconds !== undefined && { soakSeconds }) };
  const result = await storePlan(context, actor, planned, { ...manner, ...about, id, ...(rollout && { rollout }) });
  return unplanned.length > 0 ? { ...result, unplanned } : result;
}

const wishOf = (request: PlanManyRequest | RecipeManyRequest): Pick<PlanRequest, 'intents' | 'summary' | 'recipe'> => {
  if (!('intents' in request) || request.intents.length === 0) throw nothingAsked();
  return { intents: request.intents };
};

const namedIn = ({ summary, recipe }: { readonly summary?: string; readonly recipe?: string }) => ({
  ...(summary !== undefined && { summary }),
  ...(recipe !== undefined && { recipe }),
});

async function devicesOf(context: Context, names: readonly string[]): Promise<readonly Device[]> {
  if (names.length === 0) throw new InputError('No router was named.', { hint: 'Name at least one.' });
  const found = new Map<string, Device>();
  for (const name of names) {
    const device = await requireDevice(context, name);
    found.set(device.id, device);
  }
  return [...found.values()];
}

/** Redundancy groups are tagged `group=...`; a router that others are reached over is changed last. */
function membersOf(planned: readonly PlannedTarget[]): readonly Member[] {
  const hops = new Set(planned.flatMap(({ device }) => (device.via ?? []).map(({ host }) => host)));
  return planned.map(({ device: { id, address, tags } }) => ({
    id,
    ...(tags['group'] !== undefined && { group: tags['group'] }),
    ...(hops.has(hostOf(address)) && { ownPath: true }),
  }));
}

const noneCould = (failed: readonly Unplanned[]): InputError =>
  new InputError(`None of ${failed.length} routers could be planned: ${failed[0]?.why ?? ''}`, {
    hint: 'See the details for each of them.',
    details: { unplanned: failed.slice(0, 50) },
  });
