import type { Intent } from '../../src/lib/index.ts';
import type { Aside } from '../simulation/faults.ts';
import type { Living } from '../simulation/life.ts';
import type { Violation } from '../simulation/oracle.ts';
import { apply, conclude, ready, recover, runWorld } from '../simulation/scenario.ts';
import { furnishedWorld, type World } from '../simulation/world.ts';

/** The same plan again and again, while something happens to the world at its first I/O, at its second, and so on to its last. */

export const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';

/** Every kind of menu: a singleton, a list and an ordered one. */
export const WISHES: readonly Intent[] = [
  { verb: 'set', capability: 'dns', values: { servers: '192.0.2.53,192.0.2.54' } },
  { verb: 'set', capability: 'firewall-address-list', where: { comment: 'a' }, values: { comment: 'new' } },
  { verb: 'add', capability: 'firewall-filter', values: { chain: 'forward', action: 'drop', comment: 'new' }, before: { comment: 'b' } },
];

const RIVAL_WISHES: readonly Intent[] = [{ verb: 'set', capability: 'ntp-client', values: { servers: '192.0.2.123' } }];

export interface Circumstances {
  /** Done between the approval and the apply. */
  readonly before?: (world: World) => void;
  /** Another controller applies another plan to the same router at the same time. */
  readonly rival?: true;
}

export interface Ended {
  readonly violations: readonly Violation[];
  readonly states: readonly string[];
  /** I/O of the apply. */
  readonly count: number;
  readonly world: World;
}

/** Plans and approves in peace, then applies while `aside` happens at the n-th I/O; whatever is unfinished is taken up afterwards. */
export async function withAside(nth: number, aside: Aside | undefined, { before, rival }: Circumstances = {}): Promise<Ended> {
  const world = await furnishedWorld(`step ${nth}`, ['chr_7.24', 'chr_7.24']);
  let count = 0;
  const { violations, states } = await runWorld(world, async () => {
    let born = 0;
    const next = (): Promise<Living> => {
      born += 1;
      return world.start(`C${born}`);
    };
    let living = await next();
    const [machine] = world.machines;
    if (!machine) throw new Error('there is no router');
    const planId = await ready(world, living, machine, WISHES);
    if (planId === undefined) throw new Error('not planned');
    const other = rival && (await next());
    const theirs = other && (await ready(world, other, machine, RIVAL_WISHES));
    before?.(world);
    world.faults.loose(aside && nth > 0 ? [{ nth, among: 'all', wire: { kind: 'well' }, commit: 'well', aside }] : []);
    await Promise.all([apply(world, living, planId), other && theirs !== undefined && apply(world, other, theirs)]);
    count = world.faults.count;
    living = await recover(world, living, next);
    await conclude(world, living);
  });
  return { violations, states, count, world };
}

export const told = (what: string, { violations }: Ended): readonly string[] =>
  violations.map(({ law, seq, what: why }) => `${what}: ${law} at step ${seq}: ${why}`);

/** All steps where there is time, else every `stride`-th of them. */
export const stepsOf = (count: number, stride: number, offset = 0): readonly number[] =>
  Array.from({ length: count }, (_, at) => at + 1).filter((nth) => LONG || nth % stride === offset % stride);
