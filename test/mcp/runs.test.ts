import { afterEach, describe, expect, test } from 'vitest';
import { startWorld, UNGUARDED, type World, type WorldOptions } from './world.ts';

type Row = Readonly<Record<string, unknown>>;

const EDGE = 'rb5009_7.20.6';
const ALLOWED = ['advanced-writes', 'professional-workflows', 'firewall-writes'] as const;

let world: World;
const open = async (options: WorldOptions = {}): Promise<void> => {
  world = await startWorld({ allow: ALLOWED, settings: UNGUARDED, ...options });
};
const openMany = (count: number, more: WorldOptions = {}): Promise<void> =>
  open({ specs: names(count).map((name) => ({ recording: EDGE, name })), ...more });
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

const router = (at = 0) => {
  const found = world.routers[at];
  if (!found) throw new Error('no router');
  return found;
};
const servers = (at = 0): string | undefined => router(at).rows('/ip/dns')[0]?.['servers'];
const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `edge-${at + 1}`);
const rows = (structured: Row, member: string): readonly Row[] => structured[member] as readonly Row[];

/** A plan over some routers, approved by the person. */
async function approved(devices: readonly string[], more: Row = {}): Promise<string> {
  const { structured, text } = await world.call('plan_change', {
    device_ids: devices,
    capability: 'dns',
    verb: 'set',
    values: ['servers=192.0.2.53'],
    ...more,
  });
  if (typeof structured['plan_id'] !== 'string') throw new Error(text);
  await world.operator.approve(structured['plan_id']);
  return structured['plan_id'];
}

const ended = async (planId: string): Promise<void> => {
  const over = async (): Promise<boolean> =>
    (await world.operator.fleet.jobs()).some((job) => job.planId === planId && job.status === 'ended');
  await expect.poll(over, { timeout: 20_000, interval: 20 }).toBe(true);
};

describe('apply_plan', () => {
  test('that is not to wait answers with the run, which goes on to its end', async () => {
    await open();
    const planId = await approved(['edge-1']);
    router().fault({ method: 'write', nth: 1, action: { kind: 'delay', ms: 500 } });
    const { structured, isError, text } = await world.call('apply_plan', { plan_id: planId, wait_seconds: 0 });
    expect(isError).toBe(false);
    expect(structured).toMatchObject({ ok: true, applied: false, state: 'executing', job_id: expect.stringMatching(/^run_/) });
    expect(text).toContain(`get_job with job_id=${structured['job_id']}`);
    const running = await world.call('get_job', { job_id: structured['job_id'] });
    expect(running.structured).toMatchObject({ ok: true, jobs: [{ plan_id: planId, status: 'running', routers: { all: 1, over: 0 } }] });
    await ended(planId);
    const done = await world.call('get_job', { job_id: structured['job_id'] });
    expect(done.structured).toMatchObject({
      jobs: [{ status: 'ended', state: 'completed', started_by: 'agent:test-client', routers: { all: 1, over: 1, completed: 1 } }],
      targets: [{ device: 'edge-1', state: 'completed' }],
    });
    expect(servers()).toBe('192.0.2.53');
  });

  test('that waits says the end, and which run it was', async () => {
    await open();
    const planId = await approved(['edge-1']);
    const { structured } = await world.call('apply_plan', { plan_id: planId });
    expect(structured).toMatchObject({ ok: true, applied: true, state: 'completed', job_id: expect.stringMatching(/^run_/) });
    const { structured: list } = await world.call('get_job');
    expect(rows(list, 'jobs').map(({ job_id, status }) => ({ job_id, status }))).toEqual([
      { job_id: structured['job_id'], status: 'ended' },
    ]);
  });

  test('that is not to wait still says what keeps it from beginning', async () => {
    await open();
    const { structured: plan } = await world.call('plan_dns_change', { device_id: 'edge-1', servers: ['192.0.2.53'] });
    const { structured, isError } = await world.call('apply_plan', { plan_id: plan['plan_id'], wait_seconds: 0 });
    expect(isError).toBe(true);
    expect(structured).toMatchObject({ error: { code: 'APPROVAL_MISSING' } });
    expect((await world.call('get_job')).structured).toMatchObject({ jobs: [] });
  });

  test('tells the guard, the steps and the new state of each router', async () => {
    await openMany(2, { settings: {} });
    const planId = await approved(names(2), { waves: '2' });
    const told = await world.told('apply_plan', { plan_id: planId });
    expect(told.result.structured).toMatchObject({ applied: true });
    for (const name of names(2)) {
      expect(told.messages).toContain(`${name}: guard step 1: intent`);
      expect(told.messages).toContain(`${name}: step 1 of 1: verified`);
      expect(told.messages).toContain(`${name}: now completed`);
    }
    expect(told.messages.join('\n')).not.toMatch(/step (?:[2-9]|\d\d) of 1/);
  });

  test.each([-1, 601, 1.5])('does not wait %d seconds', async (wait_seconds) => {
    await open();
    const { structured } = await world.call('apply_plan', { plan_id: 'pln_x', wait_seconds });
    expect(structured).toMatchObject({ error: { code: 'INVALID_INPUT', details: { field: 'wait_seconds' } } });
  });
});

describe('control_plan', () => {
  test('cancels what this client started: the router is as it was', async () => {
    await open();
    const before = servers();
    const planId = await approved(['edge-1'], { soak_seconds: 3 });
    const { structured: started } = await world.call('apply_plan', { plan_id: planId, wait_seconds: 0 });
    await expect.poll(() => servers(), { timeout: 10_000, interval: 10 }).toBe('192.0.2.53');
    const { structured, isError } = await world.call('control_plan', { plan_id: planId, action: 'cancel' });
    expect(isError).toBe(false);
    expect(structured).toMatchObject({ ok: true, jobs: [{ job_id: started['job_id'] }], next: expect.stringContaining('cancel') });
    await ended(planId);
    expect(servers()).toBe(before);
    expect((await world.call('get_plan', { plan_id: planId })).structured).toMatchObject({ state: 'rolled-back' });
  });

  test('pauses and resumes a rollout; not on from where a person paused', async () => {
    await openMany(3);
    const planId = await approved(names(3), { waves: 'serial', soak_seconds: 1 });
    const { structured: started } = await world.call('apply_plan', { plan_id: planId, wait_seconds: 0 });
    const status = async () => (await world.operator.fleet.job(String(started['job_id']))).state;
    const pausedNow = () => expect.poll(status, { timeout: 20_000, interval: 20 }).toBe('paused');

    await world.call('control_plan', { plan_id: planId, action: 'pause' });
    await pausedNow();
    const { structured: paused } = await world.call('get_job', { job_id: started['job_id'] });
    expect(paused).toMatchObject({ jobs: [{ status: 'paused' }], next: expect.stringContaining('control_plan resumes') });

    // A person wants it to stand still: whatever the model was told, it does not go on.
    await world.operator.fleet.control(planId, 'pause');
    const refused = await world.call('control_plan', { plan_id: planId, action: 'resume' });
    expect(refused).toMatchObject({ isError: true, structured: { error: { code: 'DENIED' } } });
    expect(refused.text).toContain(`routeros-mcp plan resume ${planId}`);
    expect(await status()).toBe('paused');

    await world.call('control_plan', { plan_id: planId, action: 'pause' });
    expect((await world.call('control_plan', { plan_id: planId, action: 'resume' })).isError).toBe(false);
    await ended(planId);
    expect([0, 1, 2].map(servers)).toEqual(['192.0.2.53', '192.0.2.53', '192.0.2.53']);
  }, 30_000);

  test('leaves the runs of others alone, and says what is not under way', async () => {
    await open();
    const planId = await approved(['edge-1'], { soak_seconds: 3 });
    await world.operator.fleet.start({ planId });
    for (const action of ['pause', 'cancel', 'resume']) {
      const refused = await world.call('control_plan', { plan_id: planId, action });
      expect(refused.structured).toMatchObject({ ok: false, error: { code: 'DENIED' } });
    }
    const { structured: history } = await world.call('get_history', { plan_id: planId, operation: 'plan.cancel' });
    expect(rows(history, 'records')).toEqual([expect.objectContaining({ result: 'denied', actor: 'agent:test-client' })]);
    await ended(planId);
    expect(servers()).toBe('192.0.2.53');
    expect((await world.call('control_plan', { plan_id: planId, action: 'cancel' })).structured).toMatchObject({
      error: { code: 'PLAN_STATE' },
    });
  }, 20_000);

  test('does not take other words', async () => {
    await open();
    for (const action of ['approve', 'resolve', '']) {
      const { structured } = await world.call('control_plan', { plan_id: 'pln_x', action });
      expect(structured).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    }
  });
});

test('a run that does not exist is an input error', async () => {
  await open();
  expect((await world.call('get_job', { job_id: 'run_none' })).structured).toMatchObject({ ok: false, error: { code: 'UNKNOWN_PLAN' } });
});
