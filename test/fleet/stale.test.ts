import { describe, expect, test } from 'vitest';
import type { Intent } from '../../src/lib/index.ts';
import { type SimulatedRouter, startSimulator } from '../../src/simulator/index.ts';
import { approved, EDGE, outcomeOf, planned, type Rig, refusal, setDns, setNtp, startRig, writesOf } from './rig.ts';

const addRule = (before?: { id: string }): Intent => ({
  verb: 'add',
  capability: 'firewall-filter',
  values: { chain: 'forward', action: 'drop', srcAddress: '192.0.2.66' },
  ...(before && { before }),
});

/** Approved, then changed behind our back, then applied. */
async function meanwhile(rig: Rig, intents: readonly Intent[], edit: (router: SimulatedRouter) => void) {
  const { plan } = await approved(rig, intents);
  edit(rig.router);
  return await rig.fleet.apply({ planId: plan.id });
}

const FILTER = '/ip/firewall/filter';

/** What somebody else did to what a plan depends on. */
const TOUCHED: readonly (readonly [string, readonly Intent[], (router: SimulatedRouter) => void])[] = [
  ['the same field', [setDns()], (router) => router.edit('/ip/dns', undefined, { servers: '8.8.8.8' })],
  ['the same field, to what we want', [setDns()], (router) => router.edit('/ip/dns', undefined, { servers: '192.0.2.53,192.0.2.54' })],
  ['the last of several menus', [setDns(), setNtp()], (router) => router.edit('/system/ntp/client', undefined, { enabled: 'false' })],
  [
    'a row that is to be set',
    [{ verb: 'set', capability: 'firewall-filter', where: { id: '*8' }, values: { log: true } }],
    (router) => router.edit(FILTER, '*8', { comment: 'mine' }),
  ],
  [
    'a row that is to be set, by taking it away',
    [{ verb: 'set', capability: 'firewall-filter', where: { id: '*8' }, values: { log: true } }],
    (router) => router.remove(FILTER, '*8'),
  ],
  [
    'a row that is to be removed',
    [{ verb: 'remove', capability: 'firewall-filter', where: { id: '*1B' } }],
    (router) => router.edit(FILTER, '*1B', { action: 'accept' }),
  ],
  ['the row before which one is to be added', [addRule({ id: '*8' })], (router) => router.remove(FILTER, '*8')],
  ['the end of an ordered menu', [addRule()], (router) => router.edit(FILTER, undefined, { chain: 'forward', action: 'accept' })],
  [
    'the neighbours of a row that is to be moved',
    [{ verb: 'move', capability: 'firewall-filter', where: { id: '*8' }, before: { id: '*3' } }],
    (router) => router.remove(FILTER, '*2'),
  ],
  [
    'the key of a row that is to be added',
    [{ verb: 'add', capability: 'firewall-address-list', values: { list: 'mcp-block', address: '192.0.2.66' } }],
    (router) => router.edit('/ip/firewall/address-list', undefined, { list: 'mcp-block', address: '192.0.2.66', dynamic: 'false' }),
  ],
];

/** What somebody else did elsewhere. */
const ELSEWHERE: readonly (readonly [string, readonly Intent[], (router: SimulatedRouter) => void])[] = [
  ['another menu', [setDns()], (router) => router.edit('/system/identity', undefined, { name: 'renamed' })],
  [
    'what changes by itself',
    [setDns()],
    (router) => router.edit('/ip/dns', undefined, { 'cache-used': '999', 'dynamic-servers': '8.8.8.8' }),
  ],
  ['a rule far away', [addRule({ id: '*8' })], (router) => router.edit(FILTER, '*3', { comment: 'mine' })],
  [
    'counters',
    [{ verb: 'set', capability: 'firewall-filter', where: { id: '*8' }, values: { log: true } }],
    (router) => router.edit(FILTER, '*8', { bytes: '999999', packets: '9' }),
  ],
  ['a dynamic rule at the top', [addRule({ id: '*2' })], (router) => router.remove(FILTER, '*1')],
];

describe('changed since the plan was made', () => {
  test.each(TOUCHED)('%s: stale, nothing is sent, the approval is kept', async (_name, intents, edit) => {
    await using rig = await startRig();
    const view = await meanwhile(rig, intents, edit);
    expect(view.state).toBe('stale');
    expect(view.approval?.consumedAt).toBeUndefined();
    expect(view.runs).toEqual([]);
    expect(outcomeOf(view)).toMatchObject({ state: 'stale', code: 'STALE', left: [] });
    expect(outcomeOf(view)?.drift.length).toBeGreaterThan(0);
    expect(writesOf(rig.router)).toEqual([]);
    expect(await refusal(rig.fleet.apply({ planId: view.plan.id }))).toMatchObject({ code: 'PLAN_STATE', details: { state: 'stale' } });
  });

  test('the drift says what was planned from and what is there now', async () => {
    await using rig = await startRig();
    const view = await meanwhile(rig, [setDns()], (router) => router.edit('/ip/dns', undefined, { servers: '8.8.8.8' }));
    expect(outcomeOf(view)?.drift).toMatchObject([
      { capability: 'dns', row: '', planned: { servers: '9.9.9.9,1.1.1.1' }, now: { servers: '8.8.8.8' } },
    ]);
    const gone = await meanwhile(rig, [{ verb: 'remove', capability: 'firewall-filter', where: { id: '*1B' } }], (router) =>
      router.remove(FILTER, '*1B'),
    );
    expect(outcomeOf(gone)?.drift[0]).toMatchObject({ row: '*1B', planned: { comment: 'temp', '.after': '*8' }, now: null });
  });

  test.each(ELSEWHERE)('%s: no concern of the plan', async (_name, intents, edit) => {
    await using rig = await startRig();
    expect((await meanwhile(rig, intents, edit)).state).toBe('completed');
  });
});

describe('another box', () => {
  test('under the same address is stale, and nothing is sent', async () => {
    await using rig = await startRig();
    const { plan } = await approved(rig);
    const port = Number(new URL(rig.router.url).port);
    await rig.simulator.close();
    const specs = [{ recording: EDGE, name: 'edge-1' }];
    await using other = await startSimulator({ specs, basePort: port, seed: 99, password: rig.router.password });
    const view = await rig.fleet.apply({ planId: plan.id });
    expect(view.state).toBe('stale');
    expect(outcomeOf(view)?.summary).toMatch(/^Another box/);
    expect(view.approval?.consumedAt).toBeUndefined();
    expect(other.routers[0]?.requests().filter(({ write }) => write)).toEqual([]);
  });

  test('is not planned from', async () => {
    await using rig = await startRig();
    rig.router.edit('/system/routerboard', undefined, { 'serial-number': 'SOMEBODYELSE' });
    expect(await refusal(planned(rig))).toMatchObject({ code: 'NOT_A_ROUTER' });
    expect(await rig.fleet.plans()).toEqual([]);
  });
});

describe('another version', () => {
  test('between plan and apply is stale', async () => {
    await using rig = await startRig();
    const view = await meanwhile(rig, [setDns()], (router) => router.edit('/system/resource', undefined, { version: '7.21.1 (stable)' }));
    expect(view.state).toBe('stale');
    expect(writesOf(rig.router)).toEqual([]);
  });

  test('since the router was added: the next plan knows, and can be applied', async () => {
    await using rig = await startRig();
    rig.router.edit('/system/resource', undefined, { version: '7.21.1 (stable)' });
    const { plan } = await approved(rig);
    expect(plan.targets[0]?.version).toBe('7.21.1');
    expect((await rig.fleet.apply({ planId: plan.id })).state).toBe('completed');
    expect((await rig.fleet.device('edge-1')).facts.version).toBe('7.21.1');
  });
});
