import { describe, expect, test } from 'vitest';
import { readFacts } from '../../src/lib/insight/facts.ts';
import { startSimulator } from '../../src/simulator/index.ts';
import { lineTo, refusal } from '../client/rig.ts';
import { type Answer, httpServer, json, refused } from '../client/servers.ts';

const NO_MENU = refused(400, 'no such command or directory (routerboard)');

/** A router that has what it is given here, and lacks everything else. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  '/system/resource': json({ version: '7.20.6 (stable)', 'board-name': 'RB5009UG+S+', 'architecture-name': 'arm64' }),
  '/system/identity': json({ name: 'edge-1' }),
  '/system/routerboard': json({ routerboard: 'true', 'serial-number': 'HSERIAL' }),
  '/system/license': json({ 'software-id': 'ABCD-EFGH', 'system-id': 'xyz' }),
  '/system/package': json([{ name: 'routeros' }, { name: 'wifi-qcom' }]),
};

async function factsOf(answers: Readonly<Record<string, Answer>>) {
  await using server = await httpServer(({ url }) => ({ ...ANSWERS, ...answers })[url.replace('/rest', '')] ?? NO_MENU);
  await using line = lineTo(server.url);
  return await readFacts(line.link, 1_800_000_000_000);
}

describe('what a router says it is', () => {
  test('in full', async () => {
    expect(await factsOf({})).toEqual({
      version: '7.20.6',
      channel: 'stable',
      board: 'RB5009UG+S+',
      architecture: 'arm64',
      hardwareId: 'HSERIAL',
      identity: 'edge-1',
      packages: ['routeros', 'wifi-qcom'],
      absentMenus: [],
      readAt: 1_800_000_000_000,
    });
  });

  test.each([
    ['no serial number', { '/system/routerboard': json({ routerboard: 'false' }) }, 'ABCD-EFGH', []],
    ['no routerboard at all', { '/system/routerboard': NO_MENU }, 'ABCD-EFGH', ['/system/routerboard']],
    ['a virtual one', { '/system/routerboard': NO_MENU, '/system/license': json({ 'system-id': 'xyz' }) }, 'xyz', ['/system/routerboard']],
    ['an empty serial number', { '/system/routerboard': json({ 'serial-number': '' }) }, 'ABCD-EFGH', []],
    ['neither', { '/system/routerboard': NO_MENU, '/system/license': NO_MENU }, '', ['/system/routerboard', '/system/license']],
  ] as const)('its own name among all: %s', async (_name, answers, hardwareId, absentMenus) => {
    expect(await factsOf(answers)).toMatchObject({ hardwareId, absentMenus });
  });

  test('packages that are switched off or could be had are not there', async () => {
    const list = json([
      { name: 'routeros', disabled: 'false' },
      { name: 'container', disabled: 'true' },
      { name: 'iot', available: 'true', version: '' },
      { name: 'wifi', available: 'false' },
    ]);
    expect((await factsOf({ '/system/package': list })).packages).toEqual(['routeros', 'wifi']);
  });

  test.each([
    ['7.20.6 (stable)', '7.20.6', 'stable'],
    ['7.21beta4 (testing)', '7.21beta4', 'testing'],
    ['7.9', '7.9', ''],
    ['6.49.17 (long-term)', '6.49.17', 'long-term'],
  ])('version %s', async (written, version, channel) => {
    expect(await factsOf({ '/system/resource': json({ version: written }) })).toMatchObject({ version, channel });
  });

  test.each([
    ['another device', json({ hello: 'world' })],
    ['an empty list', json([])],
    ['no number', json({ version: 'latest' })],
    ['a page', { status: 200, body: '<html>' }],
  ])('that is no router: %s', async (_name, answer) => {
    expect(await refusal(factsOf({ '/system/resource': answer }))).toMatchObject({ code: 'NOT_A_ROUTER', retryable: false });
  });

  test.each(['/system/resource', '/system/identity', '/system/license'])('what fails is told, not guessed: %s', async (menu) => {
    expect(await refusal(factsOf({ [menu]: refused(500, 'std failure: not allowed (9)') }))).toMatchObject({ code: 'NOT_PERMITTED' });
  });
});

test('every recorded router says who it is, and no two say the same', async () => {
  const recordings = ['rb5009_7.20.6', 'hap-ax3_7.22.1', 'chr_7.24', 'hap-ac2_7.12.1'];
  await using simulator = await startSimulator({ specs: recordings.map((recording) => ({ recording })), routers: 8 });
  const ids = new Set<string>();
  for (const router of simulator.routers) {
    await using line = lineTo(router.url, { username: router.username, password: router.password });
    const facts = await readFacts(line.link, 0);
    expect(facts).toMatchObject({ version: router.version, identity: router.name });
    ids.add(facts.hardwareId);
  }
  expect(ids.size).toBe(8);
});
