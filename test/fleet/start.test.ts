import { expect, test, vi } from 'vitest';
import { approved, planned, refusal, setDns, startRig, UNGUARDED, writesOf } from './rig.ts';

test('start answers with a job while the router is still being changed, and the job goes on to its end', async () => {
  await using rig = await startRig({ settings: UNGUARDED, fronts: true });
  const { plan } = await approved(rig, [setDns()]);
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  rig.front.hooks = { before: ({ write }) => (write === 1 ? gate : undefined) };
  const { jobId = '' } = await rig.fleet.start({ planId: plan.id });
  expect(writesOf(rig.router)).toEqual([]);
  expect(await rig.fleet.job(jobId)).toMatchObject({ jobId, planId: plan.id, status: 'running' });
  expect((await rig.fleet.showPlan(plan.id)).state).toBe('executing');
  open();
  await vi.waitFor(async () => expect(await rig.fleet.job(jobId)).toMatchObject({ status: 'ended' }), 20_000);
  expect((await rig.fleet.showPlan(plan.id)).state).toBe('completed');
  expect(rig.router.rows('/ip/dns')[0]?.['servers']).toBe('192.0.2.53,192.0.2.54');
});

test('what keeps a job from starting is thrown, and there is no job', async () => {
  await using rig = await startRig();
  const { plan } = await planned(rig, [setDns()]);
  expect((await refusal(rig.fleet.start({ planId: plan.id }))).code).toBe('APPROVAL_MISSING');
  expect(await rig.fleet.jobs()).toEqual([]);
});

test('a plan that turns out stale ends without a job: the plan says so', async () => {
  await using rig = await startRig();
  const { plan } = await approved(rig, [setDns()]);
  rig.router.edit('/ip/dns', undefined, { servers: '9.9.9.9' });
  expect(await rig.fleet.start({ planId: plan.id })).toEqual({});
  expect((await rig.fleet.showPlan(plan.id)).state).toBe('stale');
  expect(await rig.fleet.jobs()).toEqual([]);
  expect(writesOf(rig.router)).toEqual([]);
});

test('closing the library waits for a job that was started', async () => {
  const rig = await startRig({ settings: UNGUARDED, store: 'file' });
  const { plan } = await approved(rig, [setDns()]);
  await rig.fleet.start({ planId: plan.id });
  await rig.operator.close();
  expect(rig.router.rows('/ip/dns')[0]?.['servers']).toBe('192.0.2.53,192.0.2.54');
  await rig[Symbol.asyncDispose]();
});
