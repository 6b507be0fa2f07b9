import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFleet } from '../../src/lib/index.ts';
import { openOperator } from '../../src/lib/operator.ts';
import { gate } from '../client/gate.ts';
import { testClock } from './clocks.ts';
import { ANN, applied, approved, EDGE, MODEL, refusal, scratch, setDns, startRig } from './rig.ts';

/** What keeps a process alive, by kind. */
function handles(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Files and sockets that are open, where the system tells. */
const files = (): number => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);

const settle = () => new Promise((resolve) => setTimeout(resolve, 50));

describe('after closing', () => {
  test('no connection is open', async () => {
    await using rig = await startRig({ store: 'file', fronts: true });
    await applied(rig);
    await rig.fleet.read({ device: 'edge-1', capability: 'dns' });
    await rig.operator.testDevice('edge-1');
    await rig.operator.close();
    await settle();
    expect(rig.front.open).toBe(0);
  });

  test('a request without an answer is given up', async () => {
    await using rig = await startRig({ store: 'file', fronts: true });
    rig.router.fault({ action: { kind: 'hang' } });
    const silent = rig.fleet.read({ device: 'edge-1', capability: 'dns' }).catch((thrown: unknown) => thrown);
    while (rig.router.requests().every(({ status }) => status !== undefined)) await new Promise((resolve) => setTimeout(resolve, 2));
    await rig.operator.close();
    expect(await silent).toMatchObject({ kind: 'unreachable' });
    await settle();
    expect(rig.front.open).toBe(0);
  });

  test('twice is once', async () => {
    await using rig = await startRig({ store: 'file' });
    await rig.operator.close();
    await rig.operator.close();
    await rig.operator.fleet.close();
  });

  test('nothing more is done', async () => {
    await using rig = await startRig({ store: 'file' });
    const { plan } = await approved(rig);
    const asked = rig.router.requests().length;
    await rig.operator.close();
    for (const work of [
      () => rig.fleet.devices(),
      () => rig.fleet.apply({ planId: plan.id }),
      () => rig.operator.approve(plan.id),
      () => rig.fleet.plan({ device: 'edge-1', intents: [setDns()] }),
    ]) {
      expect(await refusal(work())).toMatchObject({ kind: 'store' });
    }
    expect(rig.router.requests()).toHaveLength(asked);
  });

  test('an apply that was begun is finished first', async () => {
    await using rig = await startRig({ store: 'file', fronts: true });
    const { plan } = await approved(rig);
    let closing: Promise<void> | undefined;
    rig.front.hooks = {
      before: ({ write }) => {
        if (write === 1) closing = rig.operator.close();
      },
    };
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
    await closing;
    await using other = await rig.open();
    expect(await other.fleet.showPlan(plan.id)).toMatchObject({ state: 'completed' });
    expect(await other.fleet.verifyLedger()).toMatchObject({ ok: true });
  });
});

test('what is begun while the fleet closes is finished as well', async () => {
  await using rig = await startRig({
    store: 'file',
    fronts: true,
    specs: [
      { recording: EDGE, name: 'edge-1' },
      { recording: 'chr_7.24', name: 'hub-1' },
    ],
  });
  const [edge, hub] = rig.fronts;
  if (!edge || !hub) throw new Error('two doors');
  const first = await approved(rig, [setDns()]);
  const second = await approved(rig, [setDns()], 'hub-1');
  const [begun, seen, end] = [gate(), gate(), gate()];
  let closing: Promise<void> | undefined;
  edge.hooks = {
    before: async ({ write }) => {
      if (write !== 1) return;
      closing = rig.operator.close();
      begun.open();
      await seen.passed;
    },
  };
  hub.hooks = {
    before: async ({ write }) => {
      if (write !== 1) return;
      seen.open();
      await end.passed;
    },
  };
  const one = rig.fleet.apply({ planId: first.plan.id });
  await begun.passed;
  const two = rig.fleet.apply({ planId: second.plan.id });
  expect((await one).state).toBe('completed');
  await settle();
  end.open();
  expect((await two).state).toBe('completed');
  await closing;
});

test('two hundred openings leave nothing behind', async () => {
  await using rig = await startRig({ store: 'file', fronts: true });
  const once = async (): Promise<void> => {
    const fleet = await openFleet({ config: rig.config(), actor: MODEL, clock: testClock() });
    await fleet.read({ device: 'edge-1', capability: 'system-identity' });
    await fleet.close();
  };
  for (let warm = 0; warm < 5; warm += 1) await once();
  await settle();
  const [before, open] = [handles(), files()];
  for (let turn = 0; turn < 200; turn += 1) await once();
  await settle();
  // A timer more or less: those of the HTTP client are shared, and come and go by themselves.
  const { Timeout: timers = 0, ...left } = handles();
  const { Timeout: timersBefore = 0, ...leftBefore } = before;
  expect(left).toEqual(leftBefore);
  expect(timers).toBeLessThanOrEqual(timersBefore + 1);
  expect(files()).toBe(open);
  expect(rig.front.open).toBe(0);
});

test('what cannot be opened leaves nothing open', async () => {
  const place = scratch();
  mkdirSync(place.dataDir, { mode: 0o700 });
  writeFileSync(path.join(place.dataDir, 'encryption.key'), 'not a key', { mode: 0o600 });
  const open = () => refusal(openOperator({ config: place.config(), actor: ANN }));
  expect(await open()).toMatchObject({ kind: 'config' });
  const before = files();
  for (let turn = 0; turn < 20; turn += 1) await open();
  expect(files()).toBe(before);
  place.remove();
});
