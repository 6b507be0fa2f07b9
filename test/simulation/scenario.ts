import { FleetError, type Intent, type Plan } from '../../src/lib/index.ts';
import { earlyAdmin, troubles } from './faults.ts';
import { wishes } from './intents.ts';
import { type Living, unlessDead } from './life.ts';
import type { Machine } from './machines.ts';
import { judge, type Violation } from './oracle.ts';
import type { Trace } from './trace.ts';
import { furnishedWorld, type World } from './world.ts';

const MINUTE = 60_000;
const RECORDINGS = ['chr_7.24', 'hap-ac2_7.12.1', 'rb5009_7.20.6'] as const;

export interface Result {
  readonly seed: number | string;
  readonly violations: readonly Violation[];
  readonly trace: Trace;
  /** How the plans ended, for whoever asks whether a run did anything. */
  readonly states: readonly string[];
}

/** What a verb was refused with is part of the run; anything that is no FleetError is a bug. */
export async function orRefused<Value>(world: World, work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work;
  } catch (thrown) {
    if (!(thrown instanceof FleetError) || thrown.code === 'BUG') throw thrown;
    world.trace.add({ kind: 'note', text: `refused: ${thrown.code} ${thrown.message} ${thrown.hint}` });
    return undefined;
  }
}

/** Planned and approved while all is well. */
export async function ready(world: World, living: Living, machine: Machine, intents: readonly Intent[]): Promise<string | undefined> {
  const { name } = machine;
  if (intents.length === 0) return undefined;
  const made = await orRefused(world, living.fleet.plan({ device: name, intents }));
  return approved(world, living, machine, made?.view?.plan);
}

async function approved(world: World, living: Living, { name }: Machine, plan: Plan | undefined): Promise<string | undefined> {
  const [target] = plan?.targets ?? [];
  if (!plan || !target) return undefined;
  world.aim = target.changes.flatMap((change) => (change.verb === 'add' ? [] : [{ menu: change.menu, id: change.row }]));
  world.trace.add({
    kind: 'note',
    text: `plan ${plan.id} for ${name}: ${target.changes.map(({ verb, menu, row }) => `${verb} ${menu} ${row}`).join('; ')}`,
  });
  return (await orRefused(world, living.operator.approve(plan.id, { typedName: name }))) && plan.id;
}

/** Applies, as long as the controller lives. */
export const apply = (world: World, living: Living, planId: string): Promise<unknown> =>
  unlessDead(living, orRefused(world, living.fleet.apply({ planId })));

/** All is well again, and there is time: whatever is unfinished is found and brought to its end. */
export async function recover(world: World, living: Living, next: () => Promise<Living>): Promise<Living> {
  world.faults.rest();
  await world.clock.sleep(10 * MINUTE);
  const keeper = living.dead ? await next() : living;
  await world.clock.sleep(4 * MINUTE);
  // A lease that was taken under a clock that was wrong ends when that clock said.
  for (let tries = 0; tries < 5 && isUnfinished(world); tries += 1) {
    if (tries > 0) await world.clock.sleep(60 * MINUTE);
    await orRefused(world, keeper.fleet.recover());
  }
  return keeper;
}

/** A router that nobody started counts, too, once another one of its plan was. */
const isUnfinished = (world: World): boolean => {
  const stories = [...world.teller.stories.values()];
  const begun = new Set(stories.flatMap(({ plan, begunAt }) => (begunAt === undefined ? [] : [plan.id])));
  return stories.some(
    ({ state, plan }) => ['executing', 'paused', 'rolling-back'].includes(state) || (state === 'approved' && begun.has(plan.id)),
  );
};

/** One process after the other, each with a name of its own. */
export function generations(world: World): () => Promise<Living> {
  let born = 0;
  return () => {
    born += 1;
    return world.start(`C${born}`);
  };
}

/** Some plans on some routers, by one controller or two, while things go wrong. */
async function play(world: World): Promise<void> {
  const { rng } = world;
  const next = generations(world);
  let first = await next();
  for (let round = rng.int(1, 3); round > 0; round -= 1) {
    const machine = rng.pick(world.machines);
    const mine = await ready(world, first, machine, wishes(rng, machine, `w${round}`));
    const rival = rng.chance(0.25)
      ? await rivalWork(world, await next(), rng.chance(0.6) ? machine : rng.pick(world.machines), round)
      : undefined;
    world.faults.loose([...earlyAdmin(rng.fork(`early ${round}`)), ...troubles(rng)]);
    await Promise.all([mine === undefined ? undefined : apply(world, first, mine), rival?.()]);
    first = await recover(world, first, next);
    if (mine !== undefined && rng.chance(0.3)) first = await undo(world, first, machine, mine, next);
  }
  await conclude(world, first);
}

/** Whatever was still under way somewhere has arrived by now; then the ledger is verified. */
export async function conclude(world: World, living: Living): Promise<void> {
  world.faults.rest();
  await world.clock.sleep(15 * MINUTE);
  verdicts.set(world, await living.fleet.verifyLedger());
}

/** Takes a completed plan back, by a plan like any other. */
async function undo(world: World, living: Living, machine: Machine, planId: string, next: () => Promise<Living>): Promise<Living> {
  const made = await orRefused(world, living.fleet.rollback(planId));
  const undoing = await approved(world, living, machine, made?.view?.plan);
  if (undoing === undefined) return living;
  world.faults.loose(troubles(world.rng));
  await apply(world, living, undoing);
  return recover(world, living, next);
}

const verdicts = new WeakMap<World, Awaited<ReturnType<Living['fleet']['verifyLedger']>>>();

/** Somebody else with the same store, at the same time, perhaps on the same router. */
export async function rivalWork(
  world: World,
  rival: Living,
  machine: Machine,
  round: number,
): Promise<(() => Promise<unknown>) | undefined> {
  const planId = await ready(world, rival, machine, wishes(world.rng, machine, `v${round}`));
  const delay = world.rng.int(0, 2_000);
  return planId === undefined
    ? undefined
    : async () => {
        await world.clock.sleep(delay);
        return apply(world, rival, planId);
      };
}

/** One seed from the first request to the verdict. */
export async function runSeed(seed: number | string): Promise<Result> {
  return runWorld(await furnishedWorld(seed, RECORDINGS.slice(0, 1 + (Number(seed) % RECORDINGS.length || 0))), play);
}

/** @param act what happens; whatever is unfinished when it ends is a violation */
export async function runWorld(world: World, act: (world: World) => Promise<unknown>): Promise<Result> {
  const chance = Math.random;
  // Pauses between two tries of a read have jitter from here: the only chance in the library that moves a schedule.
  Math.random = world.rng.fork('library').next;
  try {
    await world.clock.run(act(world));
    const ledger = verdicts.get(world) ?? { ok: true, records: 0, chains: 0, problems: [] };
    return {
      seed: world.seed,
      violations: judge(world, ledger),
      trace: world.trace,
      states: [...world.teller.stories.values()].map(({ state }) => state),
    };
  } finally {
    Math.random = chance;
    world.close();
  }
}
