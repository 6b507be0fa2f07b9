import { EVERYBODY } from '../kit/looks.ts';
import { defineRow } from '../kit/row.ts';
import { startPollWorld } from '../kit/world.ts';

/** RouterOS does one thing at a time, and mixes up answers when it is asked for two: nobody may ever ask for two. */
export const inFlight = defineRow({
  id: 'P9',
  what: 'requests under way at any one router, ever',
  against: 'one, as the routers themselves counted them',
  target: { atMost: 1 },
  measure: async (effort) => {
    const routers = effort.quick ? 20 : 200;
    await using world = await startPollWorld({ routers, latencyMs: 20 });
    const { samples, reads, givenUp } = await world.ours.call('crowd', effort.quick ? 1 : 4);
    if (samples === 0 || reads === 0 || givenUp === 0) throw new Error(`${samples} samples, ${reads} reads, ${givenUp} given up: no crowd`);
    const silent = world.targets.filter((_, index) => index % 10 === 9).map(({ name }) => name);
    await world.simulator.call('blackHole', silent);
    await world.checked(() => world.ours.call('once', { ...EVERYBODY, silent }), routers - silent.length);
    await world.simulator.call('heal', undefined);
    await world.checked(() => world.ours.call('once', EVERYBODY), routers);
    const { mostInFlight, requests } = await world.simulator.call('seen', undefined);
    // What could not have come out otherwise proves nothing: the same routers do notice somebody who asks for several at once.
    await world.bare.call('careless', undefined);
    const control = await world.simulator.call('seen', undefined);
    if (control.mostInFlight < 2) throw new Error('the routers do not notice parallel requests');
    const notes = [
      `${routers} routers, ${requests} requests: enrolment, ${samples} polls beside ${reads} reads by persons and ${givenUp} given up at once`,
      `then a round with 10 % black-holed, and one after it; a careless client on the same routers: ${control.mostInFlight}`,
    ];
    return [{ kind: 'counted', unit: 'count', values: [mostInFlight], notes }];
  },
});
