import http from 'node:http';
import { decodeRow } from '../../../src/lib/capability/codec.ts';
import type { Row } from '../../../src/lib/client/types.ts';
import type { Facts } from '../../../src/lib/device/device.ts';
import { readFacts } from '../../../src/lib/insight/facts.ts';
import type { WholeMenu } from '../../../src/lib/insight/reach/after.ts';
import { readReachWorld } from '../../../src/lib/insight/reach/read.ts';
import type { ReachWorld } from '../../../src/lib/insight/reach/world.ts';
import type { SimulatedRouter } from '../../../src/simulator/index.ts';
import { lineTo } from '../../client/rig.ts';
import { capabilityOf } from '../../laws/subjects.ts';

/** What a router shows of our way, read over a real connection. */
export async function worldOf(router: SimulatedRouter, address = router.url): Promise<ReachWorld> {
  await using line = lineTo(router.url, { username: router.username, password: router.password });
  const facts = await readFacts(line.link, 0);
  return await readReachWorld(line.link, { device: { address, username: router.username, facts } });
}

export async function factsOf(router: SimulatedRouter): Promise<Facts> {
  await using line = lineTo(router.url, { username: router.username, password: router.password });
  return await readFacts(line.link, 0);
}

/** Menus as they are now on the router, as the planner would hold them. */
export const menusOf = (router: SimulatedRouter, ...ids: readonly string[]): ReadonlyMap<string, WholeMenu> =>
  new Map(ids.map((id) => [id, menuOf(id, router.rows(capabilityOf(id).menu), router.version)]));

export function menuOf(id: string, rows: readonly Row[], version: string): WholeMenu {
  const capability = capabilityOf(id);
  return { capability, rows: rows.map((row) => decodeRow(capability, told(row), version)) };
}

/** The simulator keeps notes of its own in a row. */
const told = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('~')));

/** Does a new connection get an answer? A packet that is dropped is never answered. */
export const connects = (router: SimulatedRouter, wait = 80): Promise<boolean> =>
  new Promise((resolve) => {
    const auth = `${router.username}:${router.password}`;
    http
      .get(`${router.url}/rest/system/identity`, { agent: false, auth, signal: AbortSignal.timeout(wait) }, (answer) => {
        answer.resume();
        resolve(answer.statusCode === 200);
      })
      .on('error', () => resolve(false));
  });

/** The same, quicker where it is not: a packet that opens a connection is asked of the router itself, without a socket. */
export async function isLetIn(router: SimulatedRouter, wait = 300): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${router.username}:${router.password}`).toString('base64')}`;
  const { fate } = await router.exchange({ method: 'GET', url: '/rest/system/identity', authorization });
  return fate === 'answer' && (await connects(router, wait));
}
