import { startChild } from '../kit/child.ts';
import { defineRow } from '../kit/row.ts';
import type { verbs as rollouts, Stopped } from '../ours/rollouts.ts';

const ROUTERS = 12;

/** Once too many have failed, nobody is started any more, however many are under way. */
export const startedAfterStop = defineRow({
  id: 'P24',
  what: "routers started after a rollout's stop rule became true",
  against: 'none, as the routers themselves saw it: no request after the commit that made the rule true, if there was none before',
  target: { atMost: 0 },
  measure: async (effort) => {
    await using child = startChild<typeof rollouts>('ours/rollouts.ts');
    const stories = Array.from({ length: effort.quick ? 2 : 20 }, (_, nth) => {
      const budget = nth % 3;
      // Always enough of them, and never all side by side.
      const failing = Array.from({ length: budget + 1 }, (_, at) => (nth + at * 2) % 5);
      return { routers: ROUTERS, parallel: 1 + (nth % 6), budget, failing };
    });
    const stops: Stopped[] = [];
    for (const story of stories) stops.push(await child.call('rollOut', story));
    const sum = (part: (stopped: Stopped) => number): number => stops.reduce((total, one) => total + part(one), 0);
    // What could not have come out otherwise proves nothing.
    if (sum(({ untouched }) => untouched) === 0) throw new Error('nobody was left to be started');
    const notes = [
      `${stories.length} rollouts to ${ROUTERS} routers, 1 to 6 at a time, budgets of 0 to 2`,
      `${sum(({ untouched }) => untouched)} routers heard nothing, ${sum(({ underWay }) => underWay)} were under way or done when the rule became true`,
    ];
    return [{ kind: 'counted', unit: 'count', values: stops.map(({ startedAfter }) => startedAfter), notes }];
  },
});
