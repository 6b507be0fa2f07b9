import { expect, test } from 'vitest';
import { type JobView, StoreError } from '../../src/lib/index.ts';
import { atWork, begun } from '../../src/mcp/general/wait.ts';
import { keepRecovering } from '../../src/mcp/recovery.ts';
import { startWorld, UNGUARDED } from './world.ts';

const EVERY = 20;

/** A fleet whose recovery is as long as the test wants it to be. */
function recovering(
  work: (nth: number) => Promise<readonly string[]>,
  status: () => JobView['status'] | 'busy' | undefined = () => undefined,
) {
  let passes = 0;
  const lines: string[] = [];
  const jobs = async (): Promise<readonly JobView[]> => {
    const now = status();
    if (now === 'busy') throw new StoreError('The database is busy.');
    return now === undefined ? [] : [{ status: now } as JobView];
  };
  const recover = (): Promise<readonly string[]> => {
    passes += 1;
    return work(passes);
  };
  const recovery = keepRecovering({ recover, jobs }, (line) => lines.push(line), EVERY);
  return { recovery, lines, passes: () => passes };
}

test('looks at once and again and again, through errors, until it is stopped', async () => {
  const { recovery, lines, passes } = recovering(async (nth) => {
    if (nth === 1) throw new StoreError('The disk is full.');
    return nth === 2 ? ['pln_1', 'pln_2'] : [];
  });
  expect(passes()).toBe(1);
  await expect.poll(passes).toBeGreaterThanOrEqual(4);
  await recovery.stop();
  const seen = passes();
  await new Promise((resolve) => setTimeout(resolve, EVERY * 5));
  expect(passes()).toBe(seen);
  expect(lines).toEqual([
    'runs that were left in the middle could not be taken up: The disk is full.',
    'taken up after their process had died: pln_1, pln_2',
  ]);
});

test('is never at it twice, and its end waits for what is at work, not for what is paused', async () => {
  let status: JobView['status'] | 'busy' = 'running';
  const { promise: never } = Promise.withResolvers<readonly string[]>();
  const { recovery, passes } = recovering(
    () => never,
    () => status,
  );
  await new Promise((resolve) => setTimeout(resolve, EVERY * 5));
  expect(passes()).toBe(1);
  let stopped = false;
  const stopping = recovery.stop().then(() => {
    stopped = true;
  });
  await new Promise((resolve) => setTimeout(resolve, EVERY * 5));
  expect(stopped).toBe(false);
  // A store that is busy for a moment says nothing of the kind.
  status = 'busy';
  await new Promise((resolve) => setTimeout(resolve, 2 * 250));
  expect(stopped).toBe(false);
  status = 'paused';
  await stopping;
});

test('a server does not stay for a rollout that is paused, and does for one that is not', async () => {
  await using world = await startWorld({
    allow: ['advanced-writes', 'professional-workflows'],
    settings: UNGUARDED,
    specs: ['edge-1', 'edge-2'].map((name) => ({ recording: 'rb5009_7.20.6', name })),
  });
  const { structured } = await world.call('plan_change', {
    device_ids: ['edge-1', 'edge-2'],
    capability: 'dns',
    verb: 'set',
    values: ['servers=192.0.2.53'],
    waves: 'serial',
    soak_seconds: 1,
  });
  const planId = String(structured['plan_id']);
  await world.operator.approve(planId);
  const work = world.operator.fleet.apply({ planId });
  let left = false;
  const kept = atWork(world.fleet, planId, work).then(() => {
    left = true;
  });
  await expect.poll(async () => (await world.fleet.jobs({ open: true })).length, { timeout: 10_000, interval: 10 }).toBe(1);
  expect(left).toBe(false);
  await world.operator.fleet.control(planId, 'pause');
  await kept;
  expect((await world.fleet.showPlan(planId)).state).toBe('paused');
  await world.operator.fleet.control(planId, 'resume');
  expect((await work).state).toBe('completed');
  await atWork(world.fleet, planId, work);
}, 20_000);

test('a store that is busy as an apply begins is asked again: the work goes on, and its run is told', async () => {
  await using world = await startWorld({ settings: UNGUARDED });
  const args = { device_id: 'edge-1', capability: 'dns', verb: 'set', values: ['servers=192.0.2.53'] };
  const planId = String((await world.call('plan_change', args)).structured['plan_id']);
  await world.operator.approve(planId);
  const work = world.operator.fleet.apply({ planId });
  let asked = 0;
  const busyOnce = {
    showPlan: async (id: string) => {
      asked += 1;
      if (asked === 1) throw new StoreError('The database is busy.');
      return world.fleet.showPlan(id);
    },
  };
  const run = await begun(busyOnce, planId, work, new AbortController().signal);
  expect(asked).toBeGreaterThan(1);
  expect('jobId' in run || run.ended.state === 'completed').toBe(true);
  expect((await work).state).toBe('completed');
}, 20_000);
