import { describe, expect, test } from 'vitest';
import { readDuration } from '../../src/lib/capability/duration.ts';
import { type Allowance, catalogEntries, catalogOf } from '../../src/lib/index.ts';
import { EDGE, enrol, type Rig, refusal, startRig } from './rig.ts';

const device = 'edge-1';
const HERE = '10.10.99.2';
/** Addresses that end so never answer. */
const SILENT = '10.10.99.254';

const sent = (rig: Rig) => rig.router.requests().length;

/** Two routers that may fill the line between them. */
const pair = (first: readonly Allowance[], second: readonly Allowance[] = first): Promise<Rig> =>
  startRig({
    strangers: true,
    specs: [
      { recording: EDGE, name: 'edge-1' },
      { recording: EDGE, name: 'edge-2' },
    ],
  }).then(async (rig) => {
    const [one, two] = rig.simulator.routers;
    if (one) await enrol(rig.operator, one, { allow: first });
    if (two) await enrol(rig.operator, two, { allow: second });
    return rig;
  });

describe('ping', () => {
  test.each([1, 4, 10, 11, 99, 100])('of %i requests sends just as many, in at most ten steps', async (count) => {
    await using rig = await startRig();
    const steps: { done: number; total: number; seen: number }[] = [];
    const { items, summary } = await rig.fleet.run(
      { device, action: 'ping', args: { target: HERE, count } },
      { progress: ({ done, total, items: seen }) => steps.push({ done, total, seen: seen.length }) },
    );
    expect(items.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, nth) => nth));
    expect(summary).toMatchObject({ host: HERE, packetsSent: count, packetsReceived: count, packetLossPercent: 0 });
    expect(steps.length).toBeLessThanOrEqual(10);
    expect(steps.at(-1)).toEqual({ done: steps.length, total: steps.length, seen: count });
    // Each step had just what was measured by then.
    expect(steps.map(({ seen }) => seen)).toEqual(steps.map(({ seen }) => seen).toSorted((a, b) => a - b));
  });

  test('times are those the router measured', async () => {
    await using rig = await startRig();
    const { items, summary } = await rig.fleet.run({ device, action: 'ping', args: { target: HERE, count: 3 } });
    const times = items.map(({ time }) => Number(time) * 1_000);
    expect(times.every((time) => time > 0)).toBe(true);
    expect(summary?.['minRttMs']).toBeCloseTo(Math.min(...times), 3);
    expect(summary?.['maxRttMs']).toBeCloseTo(Math.max(...times), 3);
  });

  test('silence is loss and no time, not a time of nought', async () => {
    await using rig = await startRig();
    const { items, summary } = await rig.fleet.run({ device, action: 'ping', args: { target: SILENT, count: 2 } });
    expect(items).toMatchObject([
      { status: 'timeout', time: null },
      { status: 'timeout', time: null },
    ]);
    expect(summary).toMatchObject({ packetsReceived: 0, packetLossPercent: 100, minRttMs: null, avgRttMs: null, maxRttMs: null });
  });

  test('a router that refuses is an error, not a loss', async () => {
    await using rig = await startRig();
    await rig.router.fault({ path: '/tool/ping', action: { kind: 'answer', status: 400, detail: 'failure: cannot resolve' } });
    await expect(rig.fleet.run({ device, action: 'ping', args: { target: 'nobody.invalid' } })).rejects.toMatchObject({
      code: 'ROUTER_REFUSED',
    });
  });

  test('an account without the policy is told so', async () => {
    await using rig = await startRig();
    const group = rig.router.rows('/user').find((row) => row['name'] === rig.router.username)?.['group'];
    const row = rig.router.rows('/user/group').find(({ name }) => name === group);
    rig.router.edit('/user/group', row?.['.id'], { policy: 'read,write,rest-api,policy,sensitive,web,api' });
    const denied = await refusal(rig.fleet.run({ device, action: 'ping', args: { target: HERE } }));
    expect(denied.code).toMatch(/^(?:ROUTER_REFUSED|NOT_PERMITTED|NO_PERMISSION|AUTH_FAILED|FORBIDDEN)/);
  });

  test('ten a minute for a router, and the next after a minute', async () => {
    await using rig = await startRig();
    const ping = () => rig.fleet.run({ device, action: 'ping', args: { target: HERE, count: 1 } });
    for (let nth = 0; nth < 10; nth += 1) await ping();
    const before = sent(rig);
    const denied = await refusal(ping());
    expect(denied).toMatchObject({ kind: 'denied', hint: expect.stringMatching(/^Wait \d+ seconds\.$/) });
    expect(sent(rig)).toBe(before);
    await expect(rig.fleet.run({ device, action: 'traceroute', args: { target: HERE } })).resolves.toBeDefined();
  });

  test('stops between steps when nobody wants it any more', async () => {
    await using rig = await startRig();
    const stop = new AbortController();
    const running = rig.fleet.run(
      { device, action: 'ping', args: { target: HERE, count: 100 } },
      { signal: stop.signal, progress: ({ done }) => done === 2 && stop.abort() },
    );
    await expect(running).rejects.toThrow();
    expect(rig.router.requests().filter(({ path }) => path === '/tool/ping')).toHaveLength(2);
  });
});

describe('what is asked for', () => {
  test.each([
    ['ping', { target: '1.1.1.1; /system reset-configuration' }, 'target'],
    ['ping', { target: HERE, count: 0 }, 'count'],
    ['ping', { target: HERE, count: 101 }, 'count'],
    ['ping', { target: HERE, packetSize: 65_501 }, 'packet-size'],
    ['ping', {}, 'target'],
    ['traceroute', { target: '1.1.1.1; /system/reset-configuration' }, 'target'],
    ['traceroute', { target: '$(reboot)' }, 'target'],
    ['traceroute', { target: HERE, maxHops: 65 }, 'max-hops'],
    ['torch', { interface: 'ether1', duration: 31 }, 'duration'],
    ['bandwidth-test', { targetDeviceId: 'edge-1', duration: 51 }, 'duration'],
    ['bandwidth-test', { targetDeviceId: 'edge-1', direction: 'sideways' }, 'direction'],
    ['dns-lookup', { name: 'x"]; /system reboot; :put ["' }, 'name'],
    ['fetch-check', { url: 'tftp://192.0.2.1/x' }, 'url'],
    ['fetch-check', { url: 'https://admin:secret@192.0.2.1/' }, 'url'],
    ['cpu-profile', { duration: 0 }, 'duration'],
  ])('%s with %j is refused, naming %s, before anything is sent', async (action, args, field) => {
    await using rig = await startRig({ allow: ['advanced-writes', 'bandwidth-test'] });
    const before = sent(rig);
    const refused = await refusal(rig.fleet.run({ device, action, args }));
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(field) });
    expect(sent(rig)).toBe(before);
  });
});

test('a trace has typed hops, and the end it reached or did not', async () => {
  await using rig = await startRig();
  const there = await rig.fleet.run({ device, action: 'traceroute', args: { target: '8.8.8.8' } });
  expect(there.items.map(({ hop, address }) => [hop, address])).toEqual([
    [1, '203.0.113.1'],
    [2, '8.8.8.8'],
  ]);
  expect(there.items.every(({ rttMs, loss }) => typeof rttMs === 'number' && loss === 0)).toBe(true);
  expect(there.summary).toMatchObject({ hops: 2, reachedTarget: true });
  const nowhere = await rig.fleet.run({ device, action: 'traceroute', args: { target: '8.8.8.254' } });
  expect(nowhere.items.at(-1)).toMatchObject({ address: null, rttMs: null, last: 'timeout', loss: 100 });
  expect(nowhere.summary).toMatchObject({ reachedTarget: false });
});

describe('a bandwidth test', () => {
  const run = (rig: Rig, args: Readonly<Record<string, unknown>> = {}) =>
    rig.fleet.run({ device, action: 'bandwidth-test', args: { targetDeviceId: 'edge-2', ...args } });

  test('needs the consent of both ends', async () => {
    const whole: readonly Allowance[] = ['advanced-writes', 'bandwidth-test'];
    for (const [first, second] of [
      [['advanced-writes'], whole],
      [whole, ['advanced-writes']],
      [['bandwidth-test'], whole],
    ] as const) {
      await using rig = await pair(first, second);
      const before = sent(rig);
      expect(await refusal(run(rig))).toMatchObject({ kind: 'denied' });
      expect(sent(rig)).toBe(before);
    }
  });

  test('measures the direction that was asked for; the other is unknown', async () => {
    await using rig = await pair(['advanced-writes', 'bandwidth-test']);
    const { items, summary } = await run(rig, { direction: 'tx', duration: 5 });
    expect(summary).toMatchObject({ target: 'edge-2', status: 'done testing', avgTxMbps: expect.any(Number), avgRxMbps: null });
    expect(items.at(-1)).toMatchObject({ direction: 'transmit', duration: 5 });
    await run(rig, { direction: 'rx', duration: 5 });
    expect(await refusal(run(rig))).toMatchObject({ kind: 'denied', message: expect.stringContaining('2 times') });
  });

  test('of an address that is none of ours is refused', async () => {
    await using rig = await pair(['advanced-writes', 'bandwidth-test']);
    expect(await refusal(run(rig, { targetDeviceId: '192.0.2.1' }))).toMatchObject({ code: 'UNKNOWN_DEVICE' });
  });
});

describe('monitors', () => {
  test('torch shows the last second: flows, and their sum', async () => {
    await using rig = await startRig();
    const { items, summary } = await rig.fleet.run({ device, action: 'torch', args: { interface: 'ether1', duration: 4 } });
    expect(summary).toMatchObject({ flows: items.length - 1, txBps: expect.any(Number), rxBps: expect.any(Number) });
    expect(items.every((item) => !('section' in item))).toBe(true);
  });

  test('the processor profile has numbers, once each', async () => {
    await using rig = await startRig();
    const { items, summary } = await rig.fleet.run({ device, action: 'cpu-profile' });
    expect(items.map(({ name }) => name)).toEqual(['networking', 'management', 'unclassified', 'total']);
    expect(typeof summary?.['totalPercent']).toBe('number');
  });

  test('a copper port says nothing about a module: that is unknown, not no', async () => {
    await using rig = await startRig();
    const copper = await rig.fleet.run({ device, action: 'ethernet-monitor', args: { interface: 'ether1' } });
    expect(copper.items[0]).toMatchObject({ status: 'link-ok', fullDuplex: true, sfpModulePresent: null, sfpTemperature: null });
    expect(copper.items[0]).not.toHaveProperty('sfpRxLoss');
    const optical = await rig.fleet.run({ device, action: 'ethernet-monitor', args: { interface: 'sfp-sfpplus1' } });
    expect(optical.items[0]).toMatchObject({ sfpModulePresent: false, sfpRxLoss: true });
  });

  test('of an interface that is not there are refused by the router', async () => {
    await using rig = await startRig();
    for (const action of ['interface-traffic', 'ethernet-monitor', 'torch'])
      expect(await refusal(rig.fleet.run({ device, action, args: { interface: 'ether99' } }))).toMatchObject({ code: 'ROUTER_REFUSED' });
  });
});

test('a name is looked up by the router, or it says why not', async () => {
  await using rig = await startRig();
  const found = await rig.fleet.run({ device, action: 'dns-lookup', args: { name: 'router.lan' } });
  expect(found.summary).toEqual({ name: 'router.lan', address: '192.168.88.1', failure: null });
  const lost = await rig.fleet.run({ device, action: 'dns-lookup', args: { name: 'nobody.invalid' } });
  expect(lost.summary).toEqual({ name: 'nobody.invalid', address: null, failure: 'dns name does not exist' });
});

test('a page is fetched and thrown away, where the device allows a load', async () => {
  await using rig = await startRig();
  const files = rig.router.rows('/file').length;
  const there = await rig.fleet.run({ device, action: 'fetch-check', args: { url: 'https://example.com/' } });
  expect(there.summary).toMatchObject({ reachable: true });
  const lost = await rig.fleet.run({ device, action: 'fetch-check', args: { url: `https://${SILENT}/` } });
  expect(lost.summary).toMatchObject({ reachable: false });
  expect(rig.router.rows('/file')).toHaveLength(files);
});

test('what fills a cache or a line needs the allowance; looking for updates is twice a minute', async () => {
  await using closed = await startRig({ allow: [] });
  for (const action of ['dns-flush', 'check-for-updates'])
    expect(await refusal(closed.fleet.run({ device, action }))).toMatchObject({ kind: 'denied' });
  await using rig = await startRig();
  const updates = () => rig.fleet.run({ device, action: 'check-for-updates' });
  expect((await updates()).summary).toMatchObject({ installedVersion: '7.20.6', latestVersion: '7.21.2', updateAvailable: true });
  await updates();
  expect(await refusal(updates())).toMatchObject({ kind: 'denied' });
});

test('no command can go on past the minute that RouterOS gives it', () => {
  for (const action of catalogOf(catalogEntries).actions) {
    const longest = Object.fromEntries(
      Object.entries(action.args).map(([name, { kind }]) => [
        name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        'max' in kind.shape ? String(kind.shape.max) : kind.example,
      ]),
    );
    for (const call of action.calls?.(longest) ?? []) {
      expect(Number(call['count'] ?? 1), action.id).toBeLessThanOrEqual(50);
      expect(readDuration(call['duration'] ?? '1s'), action.id).toBeLessThanOrEqual(50);
    }
  }
});
