import { alternate } from '../kit/alternate.ts';
import { EVERYBODY, type Measured, type Round } from '../kit/looks.ts';
import { repeat } from '../kit/repeat.ts';
import { defineRow, type Effort } from '../kit/row.ts';
import { median, type Pair, ratios } from '../kit/statistics.ts';
import { type PollWorld, startPollWorld } from '../kit/world.ts';

/** Milliseconds, as a small router takes them. */
const SERVICE = 119;

/** Routers that take connections and never answer must not keep the others waiting. */
export const blackHoles = defineRow({
  id: 'P4',
  what: 'round of the healthy routers beside silent ones',
  against: 'the round of the same healthy routers when nobody else is asked: what it costs to ask the silent ones counts against us',
  target: { atMost: 1.05 },
  measure: async (effort) => {
    const routers = effort.quick ? 30 : 1_000;
    await using world = await startPollWorld({ routers, latencyMs: SERVICE });
    const silent = world.targets.filter((_, index) => index % 10 === 9).map(({ name }) => name);
    const ours = await besideSilent(world, (round) => world.ours.call('once', round), silent, effort);
    const bare = await besideSilent(world, (round) => world.bare.call('once', round), silent, effort);
    const notes = [
      `${routers - silent.length} healthy routers, 2 requests of ${SERVICE} ms each; ${silent.length} take connections and never answer`,
      `the bare loop, which waits for nobody either, measured alike: ${median(ratios(bare)).toFixed(2)}x`,
    ];
    return [{ kind: 'compared', unit: 'ms', pairs: ours, notes }];
  },
});

type Side = (round: Round) => Promise<Measured>;

async function besideSilent(world: PollWorld, side: Side, silent: readonly string[], effort: Effort): Promise<readonly Pair[]> {
  const healthy = world.targets.length - silent.length;
  const round = async (mode: 'silent' | 'absent'): Promise<number> => {
    // What waited for the silent ones was given up with all that was open: everything is opened and warm again before it counts.
    await side(EVERYBODY);
    if (mode === 'silent') await world.simulator.call('blackHole', silent);
    const taken = await world.checked(() => side({ ...EVERYBODY, [mode]: silent }), healthy);
    if (mode === 'silent') await world.simulator.call('heal', undefined);
    return taken.wall;
  };
  const times = effort.quick ? 1 : 3;
  return alternate(
    effort,
    async () => median(await repeat(times, () => round('silent'))),
    async () => median(await repeat(times, () => round('absent'))),
  );
}
