import { expect, test } from 'vitest';
import { rngOf } from '../../simulation/rng.ts';
import { guardsOn } from '../guard/routers.ts';
import { startRig } from '../rig.ts';
import { doomed, doomOf, lostRecords, marked, RECORDINGS, repeats, rollout, standing, storyOf, tidy } from './storm.ts';

const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';
const KILLS = LONG ? 1_000 : 20;
const SEED = process.env['SEED'] ?? 'kill';

/** R3: whoever is killed, and whenever: the next one makes of every router what it was or what it was to be. */
test(
  `${KILLS} times a process is killed that rolls a change over 20 routers, or takes one up (SEED=${SEED})`,
  async () => {
    const specs = Array.from({ length: 20 }, (_, at) => ({ recording: RECORDINGS[at % 5] ?? '', name: `r${at + 1}` }));
    await using rig = await startRig({ store: 'file', fronts: true, specs });
    const rng = rngOf(SEED);
    for (let kills = 0, nth = 0; kills < KILLS; nth += 1) {
      const [mark, server] = [`mark-${nth}`, `192.0.2.${1 + (nth % 250)}`];
      const stories = rig.simulator.routers.map(storyOf);
      const { plan } = await rollout(rig, marked(mark, server));
      const about = (): string => `plan ${nth} after ${kills} kills, SEED=${SEED}`;
      for (let args = ['apply', plan.id]; ; args = ['recover']) {
        const said = await doomed(rig, args, kills < KILLS ? doomOf(rng) : undefined);
        if (said !== undefined) break;
        kills += 1;
      }
      const view = await rig.fleet.showPlan(plan.id);
      const ends = view.targets.map(({ deviceId, state, outcome }) => {
        const name = plan.targets.find((one) => one.deviceId === deviceId)?.deviceName;
        const story = stories.find(({ router }) => router.name === name);
        if (!story) throw new Error('no such router');
        const found = standing(story, mark, server);
        const right = state === 'completed' ? 'post' : ['failed', 'rolled-back', 'cancelled'].includes(state) ? 'pre' : 'an end';
        return { name, found, right, repeats: repeats(story, mark, server), guards: guardsOn(story.router), state, outcome };
      });
      expect(
        ends.filter((end) => end.found !== end.right),
        about(),
      ).toEqual([]);
      expect(
        ends.filter((end) => end.repeats > 1),
        about(),
      ).toEqual([]);
      expect(
        ends.filter((end) => end.guards.length > 0),
        about(),
      ).toEqual([]);
      expect(lostRecords(rig, plan.id, stories), about()).toEqual([]);
      expect((await rig.fleet.verifyLedger()).problems, about()).toEqual([]);
      for (const { router } of stories) expect(router.maxInFlight).toBe(1);
      for (const { router } of stories) tidy(router, mark);
    }
  },
  LONG ? 180 * 60_000 : 30 * 60_000,
);
