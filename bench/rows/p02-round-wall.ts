import { alternate } from '../kit/alternate.ts';
import { repeat } from '../kit/repeat.ts';
import { type Compared, defineRow, type Effort } from '../kit/row.ts';
import { median } from '../kit/statistics.ts';
import { type Checked, type PollWorld, requireSame, startPollWorld } from '../kit/world.ts';

/** Milliseconds one router takes for one request. They work in parallel, and each does one thing at a time. */
const SERVICE = 20;
const SLOW_SERVICE = 500;
const REQUESTS = 2;

/** The first round of a watch, which asks everybody at once; the next one would come much later. */
const FIRST = { rounds: 1, pause: 60_000 };

/**
 * How long a round over a large fleet takes, against the least it can take: the routers' own time, or, where that is more, the time
 * this machine needs to send, to answer and to understand so many requests at all.
 */
export const roundWall = defineRow({
  id: 'P2',
  what: 'wall time of a round',
  against: 'the greater of two bounds: the time of one router, since all work in parallel; and the bare loop on this machine',
  target: { atMost: 1.1 },
  measure: async (effort) => {
    await using world = await startPollWorld({ routers: effort.quick ? 30 : 1_000, latencyMs: SERVICE });
    const quick = await against(world, SERVICE, effort);
    // The same where the routers, and not a machine of two cores, are what limits.
    await world.simulator.call('slow', SLOW_SERVICE - SERVICE);
    return [quick, await against(world, SLOW_SERVICE, effort)];
  },
});

async function against(world: PollWorld, service: number, effort: Effort): Promise<Compared> {
  const routers = world.targets.length;
  const times = effort.quick ? 1 : service === SERVICE ? 5 : 1;
  const needed = service * REQUESTS;
  const ours = () => world.checked(() => world.ours.call('rounds', FIRST), routers);
  const bare = () => world.checked(() => world.bare.call('rounds', FIRST), routers);
  requireSame(await ours(), await bare());
  const rounds: Checked[] = [];
  const pairs = await alternate(
    effort,
    async () => median((await repeat(times, ours)).map(({ wall }) => wall)),
    async () => {
      const measured = await repeat(times, bare);
      rounds.push(...measured);
      return Math.max(needed, median(measured.map(({ wall }) => wall)));
    },
  );
  const of = `${routers} routers, ${REQUESTS} requests of ${service} ms`;
  return { kind: 'compared', of, unit: 'ms', pairs, notes: [limitOf(rounds, needed)] };
}

/** What kept the bare loop from being faster. */
function limitOf(rounds: readonly Checked[], needed: number): string {
  const wall = median(rounds.map((round) => round.wall));
  const share = (part: (round: Checked) => number): string =>
    `${Math.round(100 * median(rounds.map((one) => part(one) / 1_000 / one.wall)))} %`;
  const limit = wall <= needed * 1.25 ? 'the routers' : 'this machine';
  return (
    `what limits is ${limit}: a router needs ${needed} ms, the bare loop ${wall.toFixed(0)} ms, ` +
    `in which it keeps ${share(({ cpu }) => cpu)} of a core busy and the simulator ${share(({ simulator }) => simulator)}`
  );
}
