import { testClock } from '../fleet/clocks.ts';
import { EDGE, type Rig, startRig } from '../fleet/rig.ts';

export const UPDATE = '/system/package/update';
export const NEXT = '7.21.2';
export const device = 'edge-1';
export const OK = { version: NEXT, allowUpgrade: true };

interface Wish {
  /** How long (ms) a start takes; an installation takes three. */
  readonly startMs?: number;
  readonly speed?: number;
  readonly routers?: number;
  readonly store?: 'file';
}

/** Time goes a hundred times as fast as it does: a wait of minutes is one of seconds. */
export const rigFor = ({ startMs = 50, speed = 100, routers = 1, store }: Wish = {}): Promise<Rig> =>
  startRig({
    ...(store && { store }),
    specs: Array.from({ length: routers }, (_, at) => ({ recording: EDGE, name: `edge-${at + 1}`, hardware: { startMs } })),
    clock: testClock(speed),
    fronts: true,
  });

export const ask = (rig: Rig, input: Readonly<Record<string, unknown>> = OK) =>
  rig.fleet.planRecipe({ device, recipe: 'routeros-upgrade', input });

export async function approvedUpgrade(rig: Rig, input: Readonly<Record<string, unknown>> = OK): Promise<string> {
  const { view } = await ask(rig, input);
  const planId = view?.plan.id ?? '';
  await rig.operator.approve(planId, { typedName: device });
  return planId;
}

export const upgraded = async (rig: Rig, input: Readonly<Record<string, unknown>> = OK) =>
  rig.fleet.apply({ planId: await approvedUpgrade(rig, input) });

export const sent = (rig: Rig, command: string) => rig.router.requests().filter(({ path }) => path === `${UPDATE}/${command}`);
export const edit = (rig: Rig, menu: string, values: Readonly<Record<string, string>>): void => rig.router.edit(menu, undefined, values);
