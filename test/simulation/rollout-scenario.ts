import type { Intent, RolloutOptions } from '../../src/lib/index.ts';
import { earlyAdmin, type Trouble, troubles } from './faults.ts';
import { TWELVE } from './intents.ts';
import type { Living } from './life.ts';
import type { Rng } from './rng.ts';
import { apply, conclude, generations, orRefused, type Result, recover, rivalWork, runWorld } from './scenario.ts';
import { BYSTANDER, furnishedWorld, type World } from './world.ts';

const MINUTE = 60_000;
const RECORDINGS = ['chr_7.24', 'hap-ac2_7.12.1', 'rb5009_7.20.6', 'chr_7.24', 'chr_7.24'] as const;
/** The second and the fourth are never changed at once. */
const TAGS = [{}, { group: 'core' }, {}, { group: 'core' }, {}];

/** One plan of many routers, made by the model and approved by a person, while all is well. */
export async function readyMany(
  world: World,
  living: Living,
  intents: readonly Intent[],
  rollout: RolloutOptions,
): Promise<string | undefined> {
  const devices = world.machines.map(({ name }) => name);
  const view = (await orRefused(world, living.fleet.planMany({ devices, intents, rollout })))?.view;
  if (!view) return undefined;
  const { plan, approvalNeeds } = view;
  world.aim = plan.targets.flatMap(({ changes }) =>
    changes.flatMap((change) => (change.verb === 'add' ? [] : [{ menu: change.menu, id: change.row }])),
  );
  world.trace.add({ kind: 'note', text: `plan ${plan.id}: ${JSON.stringify(plan.rollout)}` });
  const typed = approvalNeeds.typedName === null ? {} : { typedName: approvalNeeds.typedName };
  return (await orRefused(world, living.operator.approve(plan.id, typed))) && plan.id;
}

const manner = (rng: Rng, routers: number): RolloutOptions => ({
  waves: rng.pick([[1], [1, 2], [2], [routers], 'serial'] as const),
  parallel: rng.int(1, 3),
  budget: rng.pick([0, 0, 0, 1, 2]),
  onStop: rng.pick(['keep', 'roll-back-wave', 'roll-back-all'] as const),
  pauseSeconds: rng.pick([0, 0, 5, 300]),
});

const some = (rng: Rng): readonly Intent[] => {
  const chosen = TWELVE.filter(() => rng.chance(0.25));
  return chosen.length > 0 ? chosen : TWELVE.slice(0, 1);
};

/** What people and operating systems do to a rollout under way: it is paused for a while, called off, or its process is ended in good order. */
function hands(world: World, rng: Rng, planId: string, person: Living, process: Living, closes: () => void): readonly Trouble[] {
  if (!rng.chance(0.4)) return [];
  const { control } = person.operator.fleet;
  const waits = rng.int(1, 8) * MINUTE;
  const ends = rng.chance(0.8) ? 'resume' : 'cancel';
  const deeds = {
    pause: async () => {
      await orRefused(world, control(planId, 'pause'));
      await world.clock.sleep(waits);
      await orRefused(world, control(planId, ends));
    },
    cancel: () => orRefused(world, control(planId, 'cancel')),
    close: () => {
      closes();
      return process.operator.close();
    },
  };
  const does = rng.pick(['pause', 'pause', 'cancel', 'close'] as const);
  const nth = rng.int(1, 18 * world.machines.length);
  return [{ nth, among: 'writes', wire: { kind: 'well' }, commit: 'well', aside: { kind: 'person', does, work: deeds[does] } }];
}

/** A rollout or two over all routers, sometimes with somebody else at work on one of them. */
async function play(world: World): Promise<void> {
  const { rng } = world;
  const next = generations(world);
  const person = await world.start(BYSTANDER);
  let first = await next();
  for (let round = rng.int(1, 2); round > 0; round -= 1) {
    const planId = await readyMany(world, first, some(rng), manner(rng, world.machines.length));
    if (planId === undefined) continue;
    const rival = rng.chance(0.2) ? await rivalWork(world, await next(), rng.pick(world.machines), round) : undefined;
    let closed = false;
    const closes = (): void => {
      closed = true;
    };
    const { length } = world.machines;
    world.faults.loose([...earlyAdmin(rng), ...hands(world, rng, planId, person, first, closes), ...troubles(rng, length)]);
    await Promise.all([apply(world, first, planId), rival?.()]);
    first = await recover(world, closed ? await next() : first, next);
  }
  await conclude(world, first);
}

/** One seed, from the first request to the verdict. */
export async function runRolloutSeed(seed: number): Promise<Result> {
  const count = 2 + (seed % (RECORDINGS.length - 1));
  return runWorld(await furnishedWorld(`rollout ${seed}`, RECORDINGS.slice(0, count), TAGS.slice(0, count)), play);
}
