import { isDeepStrictEqual } from 'node:util';
import type { verbs as bareSsh } from '../bare/ssh.ts';
import { alternate } from '../kit/alternate.ts';
import { type Child, startChild } from '../kit/child.ts';
import { defineRow } from '../kit/row.ts';
import { startSimulatorChild } from '../kit/world.ts';
import type { verbs as ourSsh } from '../ours/ssh.ts';

/** How long a command over SSH takes when the next one waits for its answer. */
export const sshCommand = defineRow({
  id: 'P8',
  what: 'serial SSH command',
  against: 'ssh2 with noDelay on one connection, the same console line in a channel of its own, the answer parsed as JSON',
  target: { atMost: 1.3 },
  measure: async (effort) => {
    const times = effort.quick ? 20 : 500;
    const { child: simulator, targets } = await startSimulatorChild({ routers: 1, ssh: true });
    await using _simulator = simulator;
    await using ours = startChild<typeof ourSsh>('ours/ssh.ts');
    await using bare = startChild<typeof bareSsh>('bare/ssh.ts');
    const [target] = targets;
    if (!target) throw new Error('there is no router');
    await ours.call('connect', target);
    await bare.call('connect', target);
    const expected = (await bare.call('commands', 1)).told[0];
    const perCommand = async (side: Child<typeof ourSsh> | Child<typeof bareSsh>): Promise<number> => {
      const { wall, told } = await side.call('commands', times);
      const wrong = told.find((one) => !isDeepStrictEqual(one, expected) || one.version === 'undefined');
      if (told.length !== times || wrong) throw new Error(`one of ${told.length} answers is wrong: ${JSON.stringify(wrong)}`);
      return wall / times;
    };
    // Warm, as a connection is that has been used for a while.
    await perCommand(ours);
    await perCommand(bare);
    const before = await simulator.call('seen', undefined);
    const pairs = await alternate(
      effort,
      () => perCommand(ours),
      () => perCommand(bare),
    );
    const { requests, failed } = await simulator.call('seen', undefined);
    if (requests - before.requests !== times * effort.pairs * 2 || failed > 0) throw new Error(`${requests} commands, ${failed} failed`);
    return [{ kind: 'compared', unit: 'ms', pairs, notes: [`${times} commands in a row, a router that takes no time of its own`] }];
  },
});
