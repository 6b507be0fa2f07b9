import { alternate } from '../kit/alternate.ts';
import { defineRow } from '../kit/row.ts';
import { requireSame, startPollWorld } from '../kit/world.ts';

/** What a poll of ours costs in processor time over what the same requests cost bare: checks, decoding, state, events. */
export const pollCpu = defineRow({
  id: 'P1',
  what: 'CPU per poll request',
  against: 'undici request in a loop, body parsed as JSON, the same rounds with the same pauses',
  target: { atMost: 1.5 },
  measure: async (effort) => {
    const routers = effort.quick ? 20 : 1_000;
    const run = effort.quick ? { rounds: 2, pause: 50 } : { rounds: 4, pause: 250 };
    const looks = routers * run.rounds;
    await using world = await startPollWorld({ routers });
    const ours = () => world.checked(() => world.ours.call('rounds', run), looks);
    const bare = () => world.checked(() => world.bare.call('rounds', run), looks);
    requireSame(await ours(), await bare());
    const perRequest = async (side: typeof ours): Promise<number> => {
      const { cpu, requests } = await side();
      return cpu / requests;
    };
    const pairs = await alternate(
      effort,
      () => perRequest(ours),
      () => perRequest(bare),
    );
    const notes = [`${routers} routers, ${run.rounds} rounds of 2 requests each, a connection for every request as RouterOS wants it`];
    return [{ kind: 'compared', unit: 'µs', pairs, notes }];
  },
});
