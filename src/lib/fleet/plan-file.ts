import type { Actor } from '../core/actor.ts';
import { canonical, fingerprint } from '../core/canonical.ts';
import { InputError, StaleError, StoreError } from '../core/errors.ts';
import type { Device } from '../device/device.ts';
import { baseNow, driftOf } from '../plan/base.ts';
import { acceptPlanFile } from '../plan/file.ts';
import { intentsOf } from '../plan/file-intents.ts';
import { draftChanges } from '../plan/planner.ts';
import { rolloutOf } from '../plan/rollout.ts';
import { readBase } from '../plan/settle.ts';
import type { BaseSection, Plan, Rollout, Target } from '../plan/types.ts';
import type { Context } from './context.ts';
import { requireMay } from './may.ts';
import { storePlan } from './plan-store.ts';
import { lookAt, menusOf, type PlannedTarget, planTarget } from './plan-target.ts';
import { planView, requirePlan } from './plans.ts';
import { auditDenial, entry } from './record.ts';
import type { PlanView } from './types.ts';

export interface ImportedPlan {
  /** Made now, from the file; false where this store has the plan already. */
  readonly imported: boolean;
  readonly view: PlanView;
}

/**
 * The plan of a file in this store. One that was made here is the plan of that id and hash. One of another store becomes a plan that
 * waits for review: its wishes are planned anew on the same boxes and under the policy of this instance, and must come to the same
 * requests, byte by byte. A file carries no approval, whatever it says.
 * @throws InputError the file is none, was altered, is over, or is of other routers; StaleError a router changed since; DeniedError
 */
export async function importPlan(context: Context, actor: Actor, document: unknown): Promise<ImportedPlan> {
  const plan = acceptPlanFile(document);
  const known = await knownPlan(context, plan);
  if (known) {
    await requireMay(
      context,
      actor,
      'read',
      known.plan.targets.map(({ deviceId }) => deviceId),
    );
    return { imported: false, view: known };
  }
  if (context.store.now() >= plan.expiresAt)
    throw new InputError('The time of the plan of this file is over.', { code: 'PLAN_STATE', hint: 'Make a new plan.' });
  const devices = await devicesOf(context, plan);
  await requireMay(
    context,
    actor,
    'plan',
    [...devices.values()].map((device) => device.id),
  );
  const about = { plan: plan.id, details: { file: plan.hash } };
  const planned = await auditDenial(context, actor, 'plan.import', about, () => replanned(context, actor, plan, devices));
  return insert(context, actor, plan, planned);
}

/** The id under which a file of another store is kept here: the same file is never two plans. */
const importedId = (plan: Plan): string => {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  const bytes = Buffer.from(fingerprint({ imported: plan.hash }), 'hex');
  return `pln_${[...bytes.subarray(0, 16)].map((byte) => alphabet[byte % alphabet.length]).join('')}`;
};

/** The plan itself where it was made here, else what was imported from this very file. */
async function knownPlan(context: Context, plan: Plan): Promise<PlanView | undefined> {
  const own = await context.store.plan(plan.id);
  if (own && own.plan.hash !== plan.hash)
    throw new InputError('This store has another plan of that id.', { code: 'PLAN_STATE', hint: 'Write the file again with --out.' });
  const there = own ?? (await context.store.plan(importedId(plan)));
  return there && planView(context, there);
}

/**
 * The enrolled routers that are the boxes of a plan, by device id of the plan.
 * @throws InputError one is not enrolled here, or its name has another box
 */
export async function devicesOf(context: Context, plan: Plan): Promise<ReadonlyMap<string, Device>> {
  const devices = await context.store.devices();
  const found = new Map<string, Device>();
  for (const { deviceId, deviceName, hardwareId } of plan.targets) {
    const device = devices.find(({ facts }) => facts.hardwareId === hardwareId);
    const namesake = devices.some(({ name }) => name === deviceName);
    if (!device) throw notHere(deviceName, namesake);
    if (found.has(deviceId) || [...found.values()].includes(device)) throw twice();
    found.set(deviceId, device);
  }
  return found;
}

const notHere = (name: string, namesake: boolean): InputError =>
  new InputError(
    namesake
      ? `${name} is another box here: its serial number differs from that of the plan.`
      : `The box that the plan calls ${name} is not enrolled here.`,
    { code: 'UNKNOWN_DEVICE', hint: 'Plan it here, or apply the file where its routers are enrolled.', details: { device: name } },
  );

const twice = (): InputError => new InputError('The plan of this file names a router twice.', { hint: 'Make the plan again.' });

async function replanned(
  context: Context,
  actor: Actor,
  plan: Plan,
  devices: ReadonlyMap<string, Device>,
): Promise<readonly PlannedTarget[]> {
  const planned: PlannedTarget[] = [];
  for (const target of plan.targets) {
    const device = devices.get(target.deviceId);
    if (device) planned.push(await replan(context, actor, plan, target, device));
  }
  return planned;
}

/** One router: read again, found as the plan found it, and planned anew from the wishes of the file. */
async function replan(context: Context, actor: Actor, plan: Plan, target: Target, enrolled: Device): Promise<PlannedTarget> {
  const seen = await lookAt(context, actor, enrolled);
  const { device, link } = seen;
  if (device.facts.version !== target.version) throw stale(target, 0);
  const capability = (id: string) => context.catalog.capability(id);
  const now = baseNow(target.base, await readBase(link, target, { capability }));
  const drift = driftOf(target, now);
  if (drift.length > 0) throw stale(target, drift.length);
  const menus = await menusOf(
    context,
    device,
    link,
    target.changes.map((change) => change.capability),
  );
  const draft = draftChanges(menus, intentsOf(target.changes, menus));
  const seconds = target.guard.kind === 'armed' ? { guardSeconds: target.guard.seconds } : {};
  const one = await planTarget(context, actor, seen, menus, draft, seconds);
  if (essence(one.target) !== essence(target)) throw notTheSame(target);
  return { ...one, judgement: { ...one.judgement, reasons: [...one.judgement.reasons, `it comes from the file of ${plan.id}`] } };
}

/** What is sent, what undoes it and what both rest on; what our way to the router hangs on is another one in every place. */
const essence = ({ changes, steps, undo, base: { sections } }: Target): string =>
  canonical({ changes, steps, undo, sections: sections.filter(({ critical }: BaseSection) => !critical) });

const stale = ({ deviceName }: Target, rows: number): StaleError =>
  new StaleError(`${deviceName} is no longer as it was when the plan of this file was made.`, {
    hint: 'See what differs with routeros-mcp plan diff FILE, and make the plan again.',
    details: { device: deviceName, rows },
  });

const notTheSame = ({ deviceName }: Target): InputError =>
  new InputError(`What the file says for ${deviceName} is not what its changes come to here.`, {
    hint: 'Plan it here instead; look into who wrote the file if it is none of yours.',
    details: { device: deviceName },
  });

async function insert(context: Context, actor: Actor, plan: Plan, planned: readonly PlannedTarget[]): Promise<ImportedPlan> {
  const id = importedId(plan);
  const { summary, recipe, checks, soakSeconds } = plan;
  const rollout = planned.length > 1 ? { rollout: rolloutHere(plan, planned) } : {};
  try {
    await storePlan(context, actor, planned, { id, summary, checks, soakSeconds, ...(recipe !== undefined && { recipe }), ...rollout });
  } catch (thrown) {
    // Somebody imported the same file just now.
    if (!(thrown instanceof StoreError) || !(await context.store.plan(id))) throw thrown;
    return { imported: false, view: await planView(context, await requirePlan(context, id)) };
  }
  await context.ledger.commit([], [entry(actor, 'plan.import', 'ok', { plan: id, details: { from: plan.id, file: plan.hash } })]);
  return { imported: true, view: await planView(context, await requirePlan(context, id)) };
}

/** The same waves, over the devices as they are called here. */
function rolloutHere({ targets, rollout }: Plan, planned: readonly PlannedTarget[]): Rollout {
  const here = new Map(targets.map(({ deviceId }, at) => [deviceId, planned[at]?.device.id]));
  const order = (rollout?.waves ?? []).flat().map((deviceId) => here.get(deviceId));
  if (!rollout || order.length !== planned.length || new Set(order).size !== planned.length || order.includes(undefined))
    throw new InputError('The waves of the plan of this file do not name each of its routers once.', { hint: 'Make the plan again.' });
  const members = order.flatMap((id) => (id === undefined ? [] : [{ id }]));
  const { waves, parallel, pauseSeconds, budget, onStop } = rollout;
  return rolloutOf(members, { waves: waves.map((wave) => wave.length), parallel, pauseSeconds, budget, onStop });
}
