import { describe, expect, test } from 'vitest';
import type { Fleet, FleetEvent } from '../../src/lib/index.ts';
import { child } from '../store/children.ts';
import { applied, approved, EDGE, enrol, planned, setDns, setNtp, startRig, UNGUARDED } from './rig.ts';

/** Listens until somebody has heard enough. */
function listen(fleet: Fleet, pollEvery?: number) {
  const stop = new AbortController();
  const heard: FleetEvent[] = [];
  const waiting = new Set<() => void>();
  const done = (async () => {
    for await (const event of fleet.watch({ signal: stop.signal, ...(pollEvery !== undefined && { pollEvery }) })) {
      heard.push(event);
      for (const look of [...waiting]) look();
    }
  })();
  const until = (met: (events: readonly FleetEvent[]) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!met(heard)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return {
    heard,
    until,
    stop: async () => {
      stop.abort();
      await done;
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await done;
    },
  };
}

const samplesOf = (events: readonly FleetEvent[]) => events.flatMap((event) => (event.type === 'sample' ? [event.sample] : []));

describe('what happens here', () => {
  test('is told as it happens: states and steps', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    const { plan } = await approved(rig, [setDns(), setNtp()]);
    await using ear = listen(rig.operator.fleet);
    await rig.fleet.apply({ planId: plan.id });
    await ear.until((events) => events.some((event) => event.type === 'target-state' && event.state === 'completed'));
    const told = ear.heard.flatMap((event) => {
      if (event.type === 'target-state') return [event.state];
      return event.type === 'step' ? [`${event.record.step + 1}/${event.steps} ${event.record.stage}`] : [];
    });
    expect(told).toEqual([
      '1/2 intent',
      'executing',
      '1/2 sent',
      '1/2 ack',
      '1/2 verified',
      '2/2 intent',
      '2/2 sent',
      '2/2 ack',
      '2/2 verified',
      'completed',
    ]);
    expect(rig.router.requests().filter(({ path }) => path === '/system/identity').length).toBeGreaterThan(0);
  });

  test('every listener hears everything, and a change of the store is told', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    await using one = listen(rig.fleet);
    await using two = listen(rig.operator.fleet);
    await applied(rig);
    for (const ear of [one, two]) {
      await ear.until(
        (events) =>
          events.some(({ type }) => type === 'store-changed') &&
          events.some((event) => event.type === 'target-state' && event.state === 'completed'),
      );
    }
  });

  test('nobody is asked anything where nobody polls', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    await planned(rig);
    const asked = rig.router.requests().length;
    await using ear = listen(rig.fleet);
    await rig.operator.removeDevice('edge-1');
    await ear.until((events) => events.some(({ type }) => type === 'store-changed'));
    expect(rig.router.requests().slice(asked)).toEqual([]);
    expect(samplesOf(ear.heard)).toEqual([]);
  });
});

test('what another process does is told', async () => {
  await using rig = await startRig({ store: 'file' });
  const { plan } = await approved(rig);
  await using ear = listen(rig.fleet);
  // Its own opening may be told, too: what counts comes after this.
  const { code, errors, lines } = await child('fleet/children/apply.ts', [rig.dataDir, plan.id]);
  expect({ code, errors, lines }).toEqual({ code: 0, errors: '', lines: ['completed'] });
  await ear.until((events) => events.some(({ type }) => type === 'store-changed'));
  expect(await rig.fleet.showPlan(plan.id)).toMatchObject({ state: 'completed' });
  expect(rig.router.rows('/ip/dns')).toMatchObject([{ servers: '192.0.2.53,192.0.2.54' }]);
});

describe('polling', () => {
  test('measures every router, again and again', async () => {
    await using rig = await startRig({
      specs: [
        { recording: EDGE, name: 'edge-1' },
        { recording: 'chr_7.24', name: 'hub-1' },
      ],
    });
    const devices = await rig.fleet.devices();
    await using ear = listen(rig.fleet, 200);
    await ear.until((events) => devices.every(({ id }) => samplesOf(events).filter((sample) => sample.deviceId === id).length >= 3));
    const [first] = samplesOf(ear.heard);
    expect(first).toMatchObject({ status: 'up', version: expect.any(String), identity: expect.any(String) });
    expect(first?.memoryUsed).toBeGreaterThan(0);
    expect(first?.memoryTotal).toBeGreaterThan(first?.memoryUsed ?? 0);
    expect(first?.uptimeSeconds).toBeGreaterThan(0);
    expect(rig.simulator.routers.map(({ maxInFlight }) => maxInFlight)).toEqual([1, 1]);
  });

  test('a router that does not answer holds up nobody else', async () => {
    await using rig = await startRig({
      specs: [
        { recording: EDGE, name: 'dead' },
        { recording: EDGE, name: 'edge-2' },
      ],
    });
    const [dead, alive] = await Promise.all([rig.fleet.device('dead'), rig.fleet.device('edge-2')]);
    rig.router.fault({ action: { kind: 'hang' } });
    await using ear = listen(rig.fleet, 200);
    await ear.until((events) => samplesOf(events).filter((sample) => sample.deviceId === alive.id).length >= 150);
    expect(samplesOf(ear.heard).filter((sample) => sample.deviceId === dead.id)).toEqual([]);
    // It is not asked twice at once, however long it takes.
    expect(rig.router.requests().filter(({ status }) => status === undefined)).toHaveLength(1);
  });

  test('a router that is away is down, with the reason, and up again when it is back', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    rig.router.fault({ path: '/system/resource', action: { kind: 'answer', status: 401 } });
    await using ear = listen(rig.fleet, 100);
    await ear.until((events) => samplesOf(events).some((sample) => sample.status === 'down'));
    expect(samplesOf(ear.heard).at(-1)).toMatchObject({
      status: 'down',
      code: 'LOGIN_REFUSED',
      cpuLoad: null,
      memoryUsed: null,
      version: null,
    });
    rig.router.clearFaults();
    await ear.until((events) => samplesOf(events).at(-1)?.status === 'up');
  });

  test('meets routers as they come and go', async () => {
    await using rig = await startRig({ strangers: true });
    await using ear = listen(rig.fleet, 100);
    const { id } = await enrol(rig.operator, rig.router);
    await ear.until((events) => samplesOf(events).some((sample) => sample.deviceId === id));
    await rig.operator.removeDevice('edge-1');
    const asked = () => rig.router.requests().length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = asked();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked()).toBe(before);
  });

  test('does not hold up what a person does', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    await using ear = listen(rig.fleet, 10);
    expect((await applied(rig)).state).toBe('completed');
    await ear.until((events) => samplesOf(events).length > 2);
    expect(rig.router.maxInFlight).toBe(1);
  });
});

describe('the end', () => {
  test('comes with the signal, at once, even while a router is silent', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    rig.router.fault({ action: { kind: 'hang' } });
    const ear = listen(rig.fleet, 50);
    while (rig.router.requests().every(({ status }) => status !== undefined)) await new Promise((resolve) => setTimeout(resolve, 2));
    await ear.stop();
  });

  test('comes with leaving the loop', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    for await (const event of rig.fleet.watch({ signal: new AbortController().signal, pollEvery: 50 })) {
      expect(event.type).toBeDefined();
      break;
    }
  });

  test('an aborted watch tells nothing', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    const heard: FleetEvent[] = [];
    for await (const event of rig.fleet.watch({ signal: AbortSignal.abort(), pollEvery: 50 })) heard.push(event);
    expect(heard).toEqual([]);
  });

  test('of a fleet that is closed is no accident', async () => {
    const rig = await startRig({ settings: UNGUARDED });
    await rig.operator.close();
    await using ear = listen(rig.fleet, 50);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await ear.stop();
    await rig[Symbol.asyncDispose]();
  });
});

test('one look at one router', async () => {
  await using rig = await startRig({ settings: UNGUARDED });
  expect(await rig.fleet.sample('edge-1')).toMatchObject({ status: 'up', identity: 'edge-1', board: expect.stringContaining('RB5009') });
  await using away = await startRig({ settings: UNGUARDED });
  await away.simulator.close();
  expect(await away.fleet.sample('edge-1')).toMatchObject({ status: 'down', code: 'UNREACHABLE' });
});
