import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld([{}, {}, {}]);
});
afterAll(() => world[Symbol.asyncDispose]());

test('one plan for several routers: grouped, in waves, applied, and its job listed', async () => {
  world.simulator.routers[2]?.edit('/ip/dns', undefined, { servers: '192.0.2.9' });
  const set = ['plan', 'set', 'dns', '--select', 'environment=lab name=edge-*', '--wave', 'serial', '--on-stop', 'keep'];
  const made = await world.run([...set, 'servers=192.0.2.9', '--json']);
  expect(made.json.data).toMatchObject({
    rollout: { waves: [['edge-1'], ['edge-2']], onStop: 'keep', budget: 0 },
    unplanned: [{ device: 'edge-3', code: null, why: 'it is so already' }],
  });
  const { planId } = made.json.data;
  const shown = await world.run(['plan', 'show', planId]);
  for (const line of [/^2 routers: edge-1, edge-2$/m, /^rollout +up to \d+ at a time$/m, /wave 2 \(1\): edge-2/, /\(keep\)/])
    expect(shown.stdout).toMatch(line);
  await world.run(['plan', 'approve', planId, '--yes', '--json']);
  const applied = await world.run(['plan', 'apply', planId, '--json']);
  expect([applied.code, applied.json.data.state]).toEqual([0, 'completed']);
  for (const line of ['edge-1: guard: armed', 'edge-1: guard: confirmed', 'completed (2 of 2)']) expect(applied.stderr).toContain(line);
  const { jobs } = (await world.run(['job', 'list', '--json'])).json.data;
  expect(jobs).toMatchObject([{ planId, status: 'ended', state: 'completed', routers: { all: 2, over: 2, completed: 2 } }]);
});

test('flags for several routers are refused for one, and a selection that finds none says so', async () => {
  const one = await world.run(['plan', 'set', 'dns', '--device', 'edge-1', '--budget', '1', 'servers=192.0.2.1', '--json']);
  const none = await world.run(['plan', 'set', 'dns', '--select', 'role=core', 'servers=192.0.2.1', '--json']);
  expect([one.code, one.json.error.message, none.code, none.json.error.code]).toEqual([
    3,
    '--budget is for several routers.',
    3,
    'UNKNOWN_DEVICE',
  ]);
});
