import type { Replayed, verbs as replay } from '../bare/replay.ts';
import { alternate } from '../kit/alternate.ts';
import { startChild } from '../kit/child.ts';
import { defineRow } from '../kit/row.ts';
import { median } from '../kit/statistics.ts';
import { startSimulatorChild } from '../kit/world.ts';
import type { Applied, verbs as apply } from '../ours/apply.ts';

const STEPS = 12;

/** What the engine itself costs: guard, read-backs, checks and decisions, over the very requests that all of it comes to. */
export const applyCpu = defineRow({
  id: 'P23',
  what: 'apply engine CPU per router, 12 steps, commits apart',
  against: 'undici on a twin of the router: the same requests in the same order, taken from the log of the first, answers parsed as JSON',
  target: { atMost: 2 },
  measure: async (effort) => {
    const { child: simulator, targets } = await startSimulatorChild({
      specs: [
        { recording: 'rb5009_7.20.6', name: 'ours' },
        { recording: 'rb5009_7.20.6', name: 'twin' },
      ],
    });
    await using _simulator = simulator;
    await using ours = startChild<typeof apply>('ours/apply.ts');
    await using bare = startChild<typeof replay>('bare/replay.ts');
    const [first, twin] = targets;
    if (!first || !twin) throw new Error('there are no two routers');
    await ours.call('enrol', first);
    await bare.call('know', twin);
    const applied: Applied[] = [];
    const lists: (readonly Parameters<typeof replay.replay>[0][number][])[] = [];
    const applyOne = async (): Promise<Applied> => {
      const planId = await ours.call('plan', { device: first.name, round: lists.length });
      const after = (await simulator.call('asked', { name: first.name, after: 0 })).length;
      const one = await ours.call('apply', planId);
      if (one.state !== 'completed' || one.steps !== STEPS) throw new Error(`${one.state} after ${one.steps} steps`);
      lists.push(await simulator.call('asked', { name: first.name, after }));
      return one;
    };
    const replayOne = async (list: Parameters<typeof replay.replay>[0]): Promise<Replayed> => {
      const one = await bare.call('replay', list);
      if (one.alike !== list.length) throw new Error(`${list.length - one.alike} of ${list.length} requests were answered otherwise`);
      return one;
    };
    let replayed = 0;
    // The twin hears what the first one heard, no later than the pair after: what both go through is the same.
    const next = async (): Promise<number> => {
      if (replayed === lists.length) await applyOne();
      const cpu = (await replayOne(lists[replayed] ?? [])).cpu;
      replayed += 1;
      return cpu;
    };
    const warm = effort.quick ? 1 : 5;
    for (let index = 0; index < warm; index += 1) await next();
    await applyOne();
    const pairs = await alternate(
      effort,
      async () => {
        const one = await applyOne();
        applied.push(one);
        return one.cpu - one.recording;
      },
      next,
    );
    const requests = lists[0]?.length ?? 0;
    const notes = [
      `${requests} requests for ${STEPS} steps: guard, writes, read-backs and checks, in both`,
      `commits of journal, ledger and states, apart: ${Math.round(median(applied.map(({ recording }) => recording)))} µs`,
    ];
    return [{ kind: 'compared', unit: 'µs', pairs, notes }];
  },
});
