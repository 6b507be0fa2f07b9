import { expect } from 'vitest';
import type { Call } from '../../../src/lib/client/types.ts';
import type { FleetEvent, Intent, LedgerRecord, Outcome, PlanView, RolloutOptions, TargetState } from '../../../src/lib/index.ts';
import type { StoreWrite } from '../../../src/lib/store/store.ts';
import { isWriteCall } from '../../simulation/calls.ts';
import type { Trouble } from '../../simulation/faults.ts';
import type { Living } from '../../simulation/life.ts';
import type { Machine } from '../../simulation/machines.ts';
import { readyMany } from '../../simulation/rollout-scenario.ts';
import type { Event } from '../../simulation/trace.ts';
import { BYSTANDER, furnishedWorld, type World } from '../../simulation/world.ts';

export const MINUTE = 60_000;

export const DNS: readonly Intent[] = [{ verb: 'set', capability: 'dns', values: { servers: '192.0.2.53' } }];
export const NEW = '192.0.2.53';
const NTP: Intent = { verb: 'set', capability: 'ntp-client', values: { servers: '192.0.2.123' } };
export const TWO: readonly Intent[] = [...DNS, NTP];

/** Routers without a door, time that passes when nobody has anything left to do, and an approved plan for all of them. */
export interface Stage {
  readonly world: World;
  readonly planId: string;
  /** The process that applies it, and one that looks on. */
  readonly living: Living;
  readonly person: Living;
  machine(nth: number): Machine;
  /** Device ids in the order of the routers. */
  readonly ids: readonly string[];
  apply(): Promise<PlanView>;
  /** Where each router stands, in order, by the store. */
  states(): Promise<readonly TargetState[]>;
  /** Which routers have what the plan wants, counted from 0. */
  changed(): readonly number[];
  /** Requests that were sent to a router since the plan was approved, and when (ms) those left that change it. */
  asked(nth: number): number;
  written(nth: number): readonly number[];
  /** Is a guard on it now? */
  armed(nth: number): boolean;
  /** What became of a router, and every entry of the ledger about it. */
  outcome(nth: number): Promise<Outcome | undefined>;
  entries(nth: number): Promise<readonly LedgerRecord[]>;
  readonly heard: readonly FleetEvent[];
  /** What was told of a router, state after state. */
  told(nth: number): readonly TargetState[];
  /** Routers whose lease somebody holds now. */
  held(): readonly number[];
  /** Somebody holds the lease of a router from now on, for so many minutes. */
  hold(nth: number, minutes: number): Promise<void>;
  /** What the process at work stored since the plan was approved, in order. */
  commits(): readonly (readonly StoreWrite[])[];
  /** What was sent to a router since then. */
  calls(nth: number): readonly Call[];
  /** Another process on the same store. */
  next(name: string): Promise<Living>;
}

export interface StageOptions {
  readonly routers?: number;
  readonly rollout?: RolloutOptions;
  readonly intents?: readonly Intent[];
  readonly tags?: readonly Readonly<Record<string, string>>[];
}

const WELL = { wire: { kind: 'well' }, commit: 'well' } as const;
let played = 0;

const at = (router: number, menu: string, what: Partial<Trouble>): Trouble => ({
  ...WELL,
  nth: 1,
  among: 'writes',
  router: `r${router + 1}`,
  menu,
  ...what,
});

/** The first write of the plan fails on a router, counted from 0: it does nothing of it, and says so. */
export const fails = (router: number): Trouble => at(router, '/ip/dns', { wire: { kind: 'fault', executed: false } });

/** What becomes of the first request of the guard on a router: nothing was changed there yet. */
export const atGuard = (router: number, what: Partial<Trouble>): Trouble => at(router, '/system/script', what);

/** No room for one commit: the nth of the process at work, counted from when the faults are let loose. */
export const noRoomAt = (nth: number): Trouble => ({ ...WELL, nth, among: 'commits', commit: 'full' });

/** Somebody does something as the first write of the plan leaves for a router. */
export const meanwhile = (router: number, work: () => unknown, menu = '/ip/dns'): Trouble =>
  at(router, menu, { aside: { kind: 'person', does: 'something', work } });

/** Plays one script from the approval on. */
export async function onStage(options: StageOptions, script: (stage: Stage) => Promise<void>): Promise<void> {
  played += 1;
  const { routers = 3, tags = [], rollout = {}, intents = DNS } = options;
  const world = await furnishedWorld(`stage ${played}`, Array<string>(routers).fill('chr_7.24'), tags);
  try {
    await world.clock.run(raise(world, intents, rollout).then(script));
  } finally {
    world.close();
  }
}

async function raise(world: World, intents: readonly Intent[], rollout: RolloutOptions): Promise<Stage> {
  const [person, living] = [await world.start(BYSTANDER), await world.start('C1')];
  const planId = await readyMany(world, living, intents, rollout);
  if (planId === undefined) throw new Error('nothing was planned');
  const devices = await person.fleet.devices();
  const ids = world.machines.map(({ name }) => devices.find((device) => device.name === name)?.id ?? '');
  const heard: FleetEvent[] = [];
  void (async () => {
    for await (const event of living.fleet.watch({ signal: new AbortController().signal })) heard.push(event);
  })();
  const since = world.trace.events.length;
  const own = <Kind extends Event['kind']>(kind: Kind) =>
    world.trace.events.flatMap((event) => (event.seq >= since && event.kind === kind ? [event as Extract<Event, { kind: Kind }>] : []));
  const machine = (nth: number): Machine => {
    const found = world.machines[nth];
    if (!found) throw new Error(`there is no router ${nth}`);
    return found;
  };
  const sentTo = (nth: number) => own('sent').filter(({ router }) => router === `r${nth + 1}`);
  return {
    world,
    planId,
    living,
    person,
    machine,
    ids,
    heard,
    apply: () => living.fleet.apply({ planId }),
    states: async () => {
      const { targets } = await person.fleet.showPlan(planId);
      return ids.flatMap((id) => targets.find(({ deviceId }) => deviceId === id)?.state ?? []);
    },
    changed: () => world.machines.flatMap((one, nth) => (one.rows('/ip/dns')[0]?.['servers'] === NEW ? [nth] : [])),
    commits: () => own('commit').flatMap(({ controller, writes }) => (controller === 'C1' ? [writes] : [])),
    calls: (nth) => sentTo(nth).map(({ call }) => call),
    asked: (nth) => sentTo(nth).length,
    written: (nth) => sentTo(nth).flatMap((event) => (isWriteCall(event.call) && event.call.menu === '/ip/dns' ? [event.at] : [])),
    armed: (nth) =>
      machine(nth)
        .rows('/system/script')
        .some(({ name }) => name?.startsWith('mk-cc-')),
    outcome: async (nth) => (await person.fleet.showPlan(planId)).targets.find(({ deviceId }) => deviceId === ids[nth])?.outcome,
    entries: async (nth) => (await person.fleet.history({ planId })).filter(({ device }) => device === ids[nth]),
    told: (nth) => heard.flatMap((event) => (event.type === 'target-state' && event.deviceId === ids[nth] ? [event.state] : [])),
    held: () => {
      const stored = own('commit').flatMap(({ fate, writes }) => (fate === 'stored' ? writes : []));
      const last = (id: string) =>
        stored.findLast((one) => (one.kind === 'lease-take' || one.kind === 'lease-release') && one.deviceId === id)?.kind;
      return ids.flatMap((id, nth) => (last(id) === 'lease-take' ? [nth] : []));
    },
    hold: (nth, minutes) => {
      const at = world.clock.now();
      const take = {
        kind: 'lease-take',
        deviceId: ids[nth] ?? '',
        holder: 'another host/1/1/x',
        at,
        until: at + minutes * MINUTE,
      } as const;
      return world.disk.furnish([take], world.clock);
    },
    next: (name) => world.start(name),
  };
}

/** A process that comes later, when all is well again, takes up what was left. */
export async function takenUp(stage: Stage): Promise<Living> {
  stage.world.faults.rest();
  await stage.world.clock.sleep(15 * MINUTE);
  const next = await stage.next('C2');
  expect(await next.fleet.recover()).toEqual([stage.planId]);
  return next;
}

/** Somebody else has a plan for a router, approved: another field of the same menu. @returns its id */
export async function rivalPlan({ operator, fleet }: Living, device: string): Promise<string> {
  const made = await fleet.plan({ device, intents: [{ verb: 'set', capability: 'dns', values: { cacheSize: 4096 } }] });
  const planId = made.view?.plan.id ?? '';
  await operator.approve(planId, { typedName: device });
  return planId;
}

/** Plays it once with nothing going wrong, to see where something might. */
export async function rehearsed<Result>(
  options: StageOptions,
  look: (stage: Stage) => Result,
  faults: readonly Trouble[] = [],
): Promise<Result> {
  const seen: Result[] = [];
  await onStage(options, async (stage) => {
    stage.world.faults.loose(faults);
    await stage.apply();
    seen.push(look(stage));
  });
  const [result] = seen;
  if (result === undefined) throw new Error('nothing was seen');
  return result;
}

/** Which commit it is, counted from 1, that says of a router that it goes to a state. */
export const commitOf = (stage: Stage, router: number, to: TargetState): number =>
  1 +
  stage
    .commits()
    .findIndex((writes) => writes.some((one) => one.kind === 'target-move' && one.deviceId === stage.ids[router] && one.to === to));

/** Which write to the scripts of a router it is that confirms it. */
export const confirmationOf = (stage: Stage, router: number): number =>
  1 +
  stage
    .calls(router)
    .filter((call) => isWriteCall(call) && call.menu === '/system/script')
    .findIndex(({ verb }) => verb === 'remove');
