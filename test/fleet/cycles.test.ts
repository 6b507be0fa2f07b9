import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { seeCertificate } from '../../src/lib/client/trust.ts';
import { systemClock } from '../../src/lib/core/clock.ts';
import { Secret } from '../../src/lib/core/secret.ts';
import { openChains } from '../../src/lib/fleet/chains.ts';
import { openLine, openManners } from '../../src/lib/fleet/line.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import { EDGE } from './rig.ts';

const CYCLES = 1_000;
const limits = { connect: 4_000, request: 10_000, command: 10_000 };

/** What keeps a process alive, and the files and sockets it has, where the system tells. */
const handles = (): number =>
  process.getActiveResourcesInfo().length + (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Bytes in use once everything that can go has gone. */
async function inUse(): Promise<number> {
  await systemClock.sleep(200);
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

test('a thousand lines opened, read over and closed leave handles and memory where they were', { timeout: 300_000 }, async () => {
  const simulator = await startSimulator({ specs: [{ recording: EDGE, name: 'edge-1' }], https: true, ssh: true });
  const [router] = simulator.routers;
  if (!router?.httpsUrl || router.sshPort === undefined || router.hostKey === undefined) throw new Error('no router');
  const { fingerprint, pem } = await seeCertificate(router.httpsUrl, 2_000);
  const ssh = { port: router.sshPort, hostKeys: [router.hostKey], agent: false, legacy: false };
  const box = { address: router.httpsUrl, trust: { kind: 'pinned', fingerprint, pem }, username: router.username, ssh } as const;
  const cycle = async (nth: number): Promise<void> => {
    const parts = { rest: limits, ssh: limits, clock: systemClock, chains: openChains(limits), agent: undefined };
    const line = openLine(box, { password: new Secret(router.password), hops: [] }, openManners(systemClock), parts);
    // One in five over SSH, whose handshakes cost more.
    const reader = nth % 5 === 0 ? line.ssh : line.link;
    expect((await reader?.read({ verb: 'read', menu: '/system/identity' }))?.length).toBe(1);
    await line.close();
  };
  try {
    for (let nth = 0; nth < 100; nth += 1) await cycle(nth);
    const before = { handles: handles(), bytes: await inUse() };
    for (let nth = 0; nth < CYCLES; nth += 1) await cycle(nth);
    const after = { handles: handles(), bytes: await inUse() };
    // The simulator's record of requests, in this process too, grows by some hundred bytes a request.
    const grown = (after.bytes - before.bytes) / CYCLES;
    console.log(`${CYCLES} cycles: handles ${before.handles} -> ${after.handles}, ${Math.round(grown)} bytes a cycle`);
    expect(after.handles).toBeLessThanOrEqual(before.handles + 2);
    expect(grown).toBeLessThan(4_096);
  } finally {
    await simulator.close();
  }
});
