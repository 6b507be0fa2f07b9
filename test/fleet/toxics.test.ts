import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seeCertificate } from '../../src/lib/client/trust.ts';
import type { Link } from '../../src/lib/client/types.ts';
import { type Clock, systemClock } from '../../src/lib/core/clock.ts';
import { FleetError } from '../../src/lib/core/errors.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import type { Trust } from '../../src/lib/device/device.ts';
import { openChains } from '../../src/lib/fleet/chains.ts';
import { type Line, openLine, openManners } from '../../src/lib/fleet/line.ts';
import { type FaultAction, type SimulatedRouter, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { EDGE } from './rig.ts';

/** R11 for reading: whatever a link does, a read ends in what the router has or in an error of the right class, and the next is right. */

let simulator: Simulator;
let router: SimulatedRouter;
let trust: Trust;
let hostKeys: readonly string[];
beforeEach(async () => {
  simulator = await startSimulator({ specs: [{ recording: EDGE, name: 'edge-1' }], https: true, ssh: true });
  const [first] = simulator.routers;
  if (!first) throw new Error('no router');
  router = first;
  const { fingerprint, pem } = await seeCertificate(router.httpsUrl ?? '', 2_000);
  trust = { kind: 'pinned', fingerprint, pem };
  hostKeys = [router.hostKey ?? ''];
});
afterEach(() => simulator.close());

/** Pauses are cut short: what is waited for here is the network, not patience. */
const brisk: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 20), signal) };
const limits = { connect: 1_000, request: 1_500, command: 1_500 };

/** A line to the router as it was enrolled: with the certificate and the host key it had then. */
function lineTo(): Line {
  const ssh = { port: router.sshPort ?? 0, hostKeys, agent: false, legacy: false };
  const box = {
    address: router.httpsUrl ?? '',
    trust,
    username: router.username,
    ssh,
    facts: { version: '7.20.6' },
  };
  const parts = { rest: limits, ssh: limits, clock: brisk, chains: openChains(limits), agent: undefined };
  return openLine(box, { password: new Secret(router.password), hops: [] }, openManners(brisk), parts);
}

const TOXICS: readonly (readonly [name: string, action: FaultAction, ends: readonly string[]])[] = [
  ['latency', { kind: 'delay', ms: 60, jitterMs: 40 }, ['read']],
  ['latency beyond our patience', { kind: 'delay', ms: 4_000 }, ['TIMED_OUT']],
  ['reset', { kind: 'reset' }, ['UNREACHABLE', 'SOURCE_REFUSED']],
  ['lost reply', { kind: 'lose-reply' }, ['UNREACHABLE', 'SOURCE_REFUSED']],
  ['slices', { kind: 'slice', bytes: 7, everyMs: 1 }, ['read', 'TIMED_OUT']],
  ['a narrow link', { kind: 'bandwidth', bytesPerSecond: 4_000 }, ['read', 'TIMED_OUT']],
  ['slow close', { kind: 'slow-close', ms: 200 }, ['read']],
  ['half-open', { kind: 'half-open' }, ['TIMED_OUT']],
  ['a hung router', { kind: 'hang' }, ['TIMED_OUT']],
  ['refused connections', { kind: 'refuse' }, ['UNREACHABLE']],
  [
    'something else on the port',
    { kind: 'speak-garbage' },
    ['NOT_A_ROUTER', 'UNREACHABLE', 'ROUTER_FAULT', 'SOURCE_REFUSED', 'TLS_PIN_MISMATCH'],
  ],
  ['another certificate', { kind: 'wrong-certificate' }, ['TLS_PIN_MISMATCH']],
  ['another host key', { kind: 'changed-host-key' }, ['HOST_KEY_CHANGED']],
  ['errors under load', { kind: 'answer', status: 500 }, ['ROUTER_FAULT', 'read']],
];
const TLS_ONLY = ['another certificate'];
const SSH_ONLY = ['another host key'];

const MENU = { verb: 'read', menu: '/ip/service' } as const;
const names = (rows: readonly Readonly<Record<string, string>>[]) => rows.map((row) => row['name']).sort();

/** Until the router is done with what nobody waits for any more. */
async function idle(): Promise<void> {
  const since = Date.now();
  while (router.requests().some(({ status }) => status === undefined) && Date.now() - since < 10_000) await systemClock.sleep(50);
}

/** `read`, or the code of the error that said so; anything else is a violation. */
async function endOf(reader: Pick<Link, 'read'>, truth: readonly unknown[]): Promise<string> {
  try {
    expect(names(await reader.read(MENU))).toEqual(truth);
    return 'read';
  } catch (thrown) {
    if (!(thrown instanceof FleetError)) throw thrown;
    expect(thrown.hint).not.toBe('');
    expect(JSON.stringify(thrown)).not.toContain(router.password);
    return thrown.code;
  }
}

describe.each([
  ['REST', 'www-ssl', SSH_ONLY],
  ['SSH', 'ssh', TLS_ONLY],
] as const)('over %s', (_name, service, not) => {
  const ways = TOXICS.filter(([name]) => !not.includes(name));
  test.each(ways)('%s: a read ends well or says what is wrong, and the next one is right', async (_toxic, action, ends) => {
    const line = lineTo();
    const again = lineTo();
    try {
      const reader = service === 'ssh' ? line.ssh : line.link;
      if (!reader) throw new Error('no reader');
      const truth = names(router.rows('/ip/service'));
      expect(await endOf(reader, truth)).toBe('read');
      // A new connection, so that what befalls doors befalls us.
      await line.close();
      await router.fault({ service, action });
      const second = service === 'ssh' ? again.ssh : again.link;
      if (!second) throw new Error('no reader');
      const ending = await endOf(second, truth);
      expect(ends).toContain(ending);
      // Never more than one under way, unless we gave up on one that the router still worked at: its 60 s are over before ours are.
      if (ending !== 'TIMED_OUT') expect(router.maxInFlight).toBeLessThanOrEqual(1);
      await router.clearFaults();
      if (action.kind === 'delay') await idle();
      expect(await endOf(second, truth)).toBe('read');
    } finally {
      await router.clearFaults();
      await line.close();
      await again.close();
    }
  });
});

test('a router whose REST hangs is read over SSH, and says so once', async () => {
  const line = lineTo();
  try {
    await router.fault({ service: 'www-ssl', action: { kind: 'hang' } });
    expect(await endOf(line.reading, names(router.rows('/ip/service')))).toBe('read');
  } finally {
    await router.clearFaults();
    await line.close();
  }
});
