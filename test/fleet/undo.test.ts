import { describe, expect, test } from 'vitest';
import type { FaultAction } from '../../src/simulator/index.ts';
import { COMMENTS_AFTER, REARRANGED, rules, rulesBefore, WRITES } from './firewall.ts';
import { applied, outcomeOf, type Rig, setDns, setNtp, startRig, stored, UNGUARDED, writesOf } from './rig.ts';

const NO: FaultAction = { kind: 'answer', status: 400, detail: 'failure: not now' };
const LOST_AFTER: FaultAction = { kind: 'lose-reply' };
const LOST_BEFORE: FaultAction = { kind: 'reset' };
const each = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** The end of every story: the plan closed, the ledger sound, one writer, and nothing left open. */
async function inOrder(rig: Rig): Promise<void> {
  expect(rig.router.maxInFlight).toBe(1);
  expect(await rig.fleet.verifyLedger()).toMatchObject({ ok: true });
  const [view] = await rig.fleet.plans();
  expect(view?.runs.every((run) => run.endedAt !== undefined)).toBe(true);
}

describe('two menus', () => {
  const MENUS = ['/ip/dns', '/system/ntp/client', '/system/ntp/client/servers'];

  test('the second write is refused: the first is undone', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    const before = stored(rig.router, ...MENUS);
    rig.router.fault({ method: 'write', nth: 2, action: NO });
    const view = await applied(rig, [setDns(), setNtp()]);
    expect(view.state).toBe('rolled-back');
    expect(outcomeOf(view)).toMatchObject({ code: 'ROUTER_REFUSED', routerText: 'failure: not now', left: [], drift: [] });
    expect(stored(rig.router, ...MENUS)).toEqual(before);
    expect(writesOf(rig.router).map(({ path, body }) => `${path} ${body}`)).toEqual([
      '/ip/dns/set {"servers":"192.0.2.53,192.0.2.54"}',
      '/system/ntp/client/set {"servers":"192.0.2.123"}',
      '/ip/dns/set {"servers":"9.9.9.9,1.1.1.1"}',
    ]);
    const records = await rig.fleet.history({ planId: view.plan.id, ascending: true, operation: 'plan.apply' });
    expect(records.map(({ result, details }) => `${result} ${details['state'] ?? ''}`)).toEqual([
      'started ',
      'started rolling-back',
      'failed rolled-back',
    ]);
    await inOrder(rig);
  });

  test('the first write is refused: nothing was changed, and the plan says so', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    const before = stored(rig.router, ...MENUS);
    rig.router.fault({ method: 'write', nth: 1, action: NO });
    const view = await applied(rig, [setDns(), setNtp()]);
    expect(view.state).toBe('failed');
    expect(outcomeOf(view)?.summary).toMatch(/Nothing was changed on the router\.$/);
    expect(stored(rig.router, ...MENUS)).toEqual(before);
    expect(writesOf(rig.router)).toHaveLength(1);
    await inOrder(rig);
  });
});

describe('an ordered menu', () => {
  const REMOVED = ['*1B'];

  test('rearranged as planned', async () => {
    await using rig = await startRig({ settings: UNGUARDED });
    const view = await applied(rig, REARRANGED);
    expect(view.state).toBe('completed');
    expect(rig.router.rows('/ip/firewall/filter').map((row) => row['comment'])).toEqual(COMMENTS_AFTER);
    expect(rig.router.rows('/ip/firewall/filter').find((row) => row['comment'] === 'mgmt: rest+ssh')).toMatchObject({
      'dst-port': '22,443,8291',
    });
    expect(rig.router.rows('/ip/firewall/filter').find((row) => row['comment'] === 'mgmt: rest+ssh')).not.toHaveProperty(
      'src-address-list',
    );
    expect(writesOf(rig.router)).toHaveLength(WRITES);
    await inOrder(rig);
  });

  test.each(each(WRITES))('write %i is refused: everything before it is undone', async (nth) => {
    await using rig = await startRig({ settings: UNGUARDED });
    const { known, rows } = rulesBefore(rig.router, nth > 3 ? REMOVED : []);
    rig.router.fault({ method: 'write', nth, action: NO });
    const view = await applied(rig, REARRANGED);
    expect(view.state).toBe(nth === 1 ? 'failed' : 'rolled-back');
    expect(rules(rig.router, known)).toEqual(rows);
    await inOrder(rig);
  });

  test.each(each(WRITES))(
    'the reply to write %i is lost before it took effect: nothing is sent twice, everything is undone',
    async (nth) => {
      await using rig = await startRig({ settings: UNGUARDED });
      const { known, rows } = rulesBefore(rig.router, nth > 3 ? REMOVED : []);
      rig.router.fault({ method: 'write', nth, action: LOST_BEFORE });
      const view = await applied(rig, REARRANGED);
      expect(view.state).toBe(nth === 1 ? 'failed' : 'rolled-back');
      expect(rules(rig.router, known)).toEqual(rows);
      const writes = writesOf(rig.router).map(({ method, path, body }) => `${method} ${path} ${body}`);
      expect(new Set(writes).size).toBe(writes.length);
      await inOrder(rig);
    },
  );

  test.each(each(WRITES))('the reply to write %i is lost after it took effect: what was read back counts', async (nth) => {
    await using rig = await startRig({ settings: UNGUARDED });
    const { known, rows } = rulesBefore(rig.router, nth >= 3 ? REMOVED : []);
    rig.router.fault({ method: 'write', nth, action: LOST_AFTER });
    const view = await applied(rig, REARRANGED);
    // A set of two requests stops at the first one whose fate is not known.
    if (nth === 4) {
      expect(view.state).toBe('rolled-back');
      expect(rules(rig.router, known)).toEqual(rows);
    } else {
      expect(view.state).toBe('completed');
      expect(rig.router.rows('/ip/firewall/filter').map((row) => row['comment'])).toEqual(COMMENTS_AFTER);
      expect(writesOf(rig.router)).toHaveLength(WRITES);
    }
    await inOrder(rig);
  });
});

describe('undoing that goes wrong, too', () => {
  // The last write is refused, so that four changes are to be undone, in at most six requests.
  const afterLast = async (rig: Rig, action: FaultAction, nth: number) => {
    rig.router.fault({ method: 'write', nth: WRITES, action: NO });
    rig.router.fault({ method: 'write', nth: WRITES + nth, action });
    return await applied(rig, REARRANGED);
  };

  test.each(each(4))('undo %i is refused: stuck, naming what is left, and the rest is undone all the same', async (nth) => {
    await using rig = await startRig({ settings: UNGUARDED });
    const view = await afterLast(rig, NO, nth);
    expect(view.state).toBe('stuck');
    const outcome = outcomeOf(view);
    expect(outcome?.left).toHaveLength(1);
    expect(outcome?.summary).toMatch(/a person must look at the router/);
    // The change that is left is still there, and no other.
    const [left] = outcome?.left ?? [];
    const comments = rig.router.rows('/ip/firewall/filter').map((row) => row['comment']);
    expect(comments.includes('new')).toBe(left?.verb === 'add');
    expect(comments.includes('temp')).toBe(left?.verb !== 'remove');
    expect(comments.indexOf('defconf: fasttrack') < comments.indexOf('defconf: drop invalid')).toBe(left?.verb === 'move');
    await inOrder(rig);
  });

  test.each(each(4))('the reply to undo %i is lost after it took effect: undone', async (nth) => {
    await using rig = await startRig({ settings: UNGUARDED });
    const { known, rows } = rulesBefore(rig.router, ['*1B']);
    const view = await afterLast(rig, LOST_AFTER, nth);
    expect(view.state).toBe('rolled-back');
    expect(rules(rig.router, known)).toEqual(rows);
    await inOrder(rig);
  });

  test.each(each(4))('the reply to undo %i is lost before it took effect: undone, or stuck with what is left', async (nth) => {
    await using rig = await startRig({ settings: UNGUARDED });
    const { known, rows } = rulesBefore(rig.router, ['*1B']);
    const view = await afterLast(rig, LOST_BEFORE, nth);
    if (view.state === 'rolled-back') expect(rules(rig.router, known)).toEqual(rows);
    else expect(outcomeOf(view)).toMatchObject({ state: 'stuck', left: [{ capability: 'firewall-filter' }] });
    await inOrder(rig);
  });
});
