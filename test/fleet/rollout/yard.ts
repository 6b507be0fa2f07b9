import type { Intent, PlanManyRequest, PlanView, TargetState } from '../../../src/lib/index.ts';
import type { FaultAction, RouterSpec, SimulatedRouter } from '../../../src/simulator/index.ts';
import { testClock } from '../clocks.ts';
import { EDGE, enrol, type Rig, type RigOptions, setDns, startRig, UNGUARDED, writesOf } from '../rig.ts';

export const BEFORE = '9.9.9.9,1.1.1.1';
export const AFTER = '192.0.2.53,192.0.2.54';
export const REFUSED: FaultAction = { kind: 'answer', status: 400, detail: 'failure: not now' };

/** Routers of one recording, and a person who rolls out to them. */
export interface Yard extends AsyncDisposable {
  readonly rig: Rig;
  readonly names: readonly string[];
  router(nth: number): SimulatedRouter;
  /** Planned by the model for all of them and approved by Ann. */
  approved(rollout?: PlanManyRequest['rollout'], intents?: readonly Intent[], more?: Partial<PlanManyRequest>): Promise<PlanView>;
  /** Where each target stands, in the order of the routers. */
  states(planId: string): Promise<readonly TargetState[]>;
  /** The servers each of them has now. */
  servers(): readonly (string | undefined)[];
}

export interface YardOptions extends Omit<RigOptions, 'specs' | 'strangers'> {
  readonly routers: number;
  /** Tags of the nth router, from 0. */
  readonly tags?: Readonly<Record<number, Readonly<Record<string, string>>>>;
  readonly spec?: (nth: number) => Partial<RouterSpec>;
  /** Armed on the router, as by default; without it the controller undoes alone, which is quicker. */
  readonly guarded?: boolean;
}

export async function startYard({ routers, tags = {}, spec = () => ({}), guarded = false, ...options }: YardOptions): Promise<Yard> {
  const names = Array.from({ length: routers }, (_, at) => `edge-${at + 1}`);
  const specs = names.map((name, at) => ({ recording: EDGE, ...spec(at), name }));
  const settings = { ...(guarded ? {} : UNGUARDED), ...options.settings };
  // Ages grow as fast as waits are cut short, so that patience ends as often as it would.
  const rig = await startRig({ clock: testClock(100), ...options, settings, specs, strangers: true });
  for (const [at, one] of rig.simulator.routers.entries())
    await enrol(rig.operator, one, { address: rig.fronts[at]?.url ?? one.url, tags: tags[at] ?? {} });
  const router = (nth: number): SimulatedRouter => {
    const found = rig.simulator.routers[nth];
    if (!found) throw new Error(`there is no router ${nth}`);
    return found;
  };
  return {
    rig,
    names,
    router,
    approved: async (rollout, intents = [setDns(AFTER)], more = {}) => {
      const { view } = await rig.fleet.planMany({ devices: names, intents, ...(rollout && { rollout }), ...more });
      if (!view) throw new Error('nothing to change');
      const { typedName } = view.approvalNeeds;
      return (await rig.operator.approve(view.plan.id, typedName === null ? {} : { typedName })).view;
    },
    states: async (planId) => {
      const { targets } = await rig.fleet.showPlan(planId);
      const devices = new Map((await rig.fleet.devices()).map(({ id, name }) => [id, name]));
      const byName = new Map(targets.map(({ deviceId, state }) => [devices.get(deviceId), state]));
      return names.flatMap((name) => byName.get(name) ?? []);
    },
    servers: () => rig.simulator.routers.map((one) => one.rows('/ip/dns')[0]?.['servers']),
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  };
}

/** Every subset of the first `count` numbers. */
export const subsets = (count: number): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** count }, (_, bits) => Array.from({ length: count }, (_, at) => at).filter((at) => bits & (1 << at)));

/** Routers that were written to by the plan. */
export const writtenTo = (yard: Yard): readonly number[] =>
  yard.rig.simulator.routers.flatMap((one, at) => (writesOf(one).length > 0 ? [at] : []));

/** Resolves as soon as it is so; looked at again and again, for as long as the test may take. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
