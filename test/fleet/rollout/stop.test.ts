import { describe, expect, test } from 'vitest';
import type { TargetState } from '../../../src/lib/index.ts';
import { MODEL, setDns, setNtp } from '../rig.ts';
import { AFTER, BEFORE, REFUSED, startYard, until, writtenTo } from './yard.ts';

const isOver = (state: TargetState | undefined): boolean => state === 'failed' || state === 'rolled-back';

describe('once the stop rule is true', () => {
  // Three are under way when one of them fails; the two others are held at their first write until that is known.
  test.each([
    [0, 1],
    [1, 2],
  ] as const)('with a budget of %i no router hears anything any more, though others are under way', async (budget, failing) => {
    await using yard = await startYard({ routers: 8, fronts: true });
    const { plan } = await yard.approved({ waves: [8], parallel: 3, budget });
    const asked = yard.names.map((_, at) => yard.router(at).requests().length);
    const bad = Array.from({ length: failing }, (_, at) => at);
    for (const at of bad) await yard.router(at).fault({ method: 'write', path: '/ip/dns/set', action: REFUSED });
    const { promise: known, resolve } = Promise.withResolvers<void>();
    for (const front of yard.rig.fronts.slice(failing, 3)) front.hooks = { before: ({ write }) => (write > 0 ? known : undefined) };
    const applying = yard.rig.fleet.apply({ planId: plan.id });
    // By its own records: as many are over as make the rule true.
    await until(async () => (await yard.states(plan.id)).filter(isOver).length >= failing);
    resolve();
    await applying;
    // With one place for each that failed, nobody took the place of the last of them; whoever took another's had begun before.
    const heard = [3, 4, 5, 6, 7].filter((at) => yard.router(at).requests().length !== asked[at]);
    expect(heard.length).toBeLessThanOrEqual(failing - 1);
    for (const at of [3, 4, 5, 6, 7].filter((nth) => !heard.includes(nth))) expect((await yard.states(plan.id))[at]).toBe('cancelled');
    expect(yard.servers().every((servers) => servers === BEFORE)).toBe(true);
  });
});

describe('what counts as failed', () => {
  test('a router that somebody changed since: stale, and nothing is sent to it or to those behind it', async () => {
    await using yard = await startYard({ routers: 3 });
    const { plan } = await yard.approved({ waves: [3], parallel: 1 });
    yard.router(1).edit('/ip/dns', undefined, { servers: '203.0.113.1' });
    await yard.rig.fleet.apply({ planId: plan.id });
    expect(await yard.states(plan.id)).toEqual(['rolled-back', 'stale', 'cancelled']);
    expect(yard.servers()).toEqual([BEFORE, '203.0.113.1', BEFORE]);
    expect(writtenTo(yard)).toEqual([0]);
  });

  test('a router that does not answer is an outcome and no error; within the budget the others go on', async () => {
    await using yard = await startYard({ routers: 3 });
    const { plan } = await yard.approved({ waves: [1, 2], parallel: 1, budget: 1 });
    await yard.router(1).fault({ action: { kind: 'refuse' } });
    const view = await yard.rig.fleet.apply({ planId: plan.id });
    expect(view.state).toBe('partial');
    expect(await yard.states(plan.id)).toEqual(['completed', 'failed', 'completed']);
    expect(view.targets[1]?.outcome).toMatchObject({ code: 'UNREACHABLE' });
  });

  test('a router that was removed, or may no longer be written to: refused as it is today, and in the ledger', async () => {
    await using yard = await startYard({ routers: 3, fronts: true });
    const { plan } = await yard.approved({ waves: [1, 1, 1], budget: 2 });
    const [front] = yard.rig.fronts;
    if (front)
      front.hooks = {
        after: async ({ write }) => {
          if (write !== 1) return;
          await yard.rig.operator.removeDevice('edge-2');
          await yard.rig.operator.updateDevice('edge-3', { allow: [] });
        },
      };
    const outcome = await yard.rig.fleet.apply({ planId: plan.id });
    expect(outcome.targets.map(({ state }) => state)).toEqual(['completed', 'failed', 'failed']);
    expect(outcome.targets[2]?.outcome).toMatchObject({ code: 'DENIED' });
    expect(writtenTo(yard)).toEqual([0]);
    const about = await yard.rig.fleet.history({ planId: plan.id, operation: 'plan.apply' });
    expect(about.some(({ result, details }) => result === 'failed' && details['state'] === 'failed')).toBe(true);
  });
});

describe('within the budget', () => {
  test('the rest of a batch in which one failed is done all the same', async () => {
    await using yard = await startYard({ routers: 4 });
    const { plan } = await yard.approved({ waves: [4], parallel: 1, budget: 1 });
    await yard.router(1).fault({ method: 'write', path: '/ip/dns/set', nth: 1, action: REFUSED });
    const view = await yard.rig.fleet.apply({ planId: plan.id });
    const [first, second, ...rest] = await yard.states(plan.id);
    expect([first, ...rest]).toEqual(['completed', 'completed', 'completed']);
    expect(isOver(second)).toBe(true);
    expect(view.runs.map(({ endedAt }) => endedAt !== undefined)).toEqual([true]);
    expect(yard.servers()).toEqual([AFTER, BEFORE, AFTER, AFTER]);
  });
});

describe('one approval', () => {
  test('is used up by the rollout, once, and every write of it is in a sound ledger', async () => {
    await using yard = await startYard({ routers: 3 });
    const { plan } = await yard.approved({ waves: [1, 2] }, [setDns(AFTER), setNtp()]);
    const other = yard.rig.operator.fleet.as(MODEL);
    const ends = await Promise.allSettled([1, 2, 3].map(() => other.apply({ planId: plan.id })));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(other.apply({ planId: plan.id })).rejects.toMatchObject({ code: 'PLAN_STATE' });
    expect(await yard.states(plan.id)).toEqual(['completed', 'completed', 'completed']);
    const started = await yard.rig.fleet.history({ planId: plan.id, operation: 'plan.apply' });
    expect(started.filter(({ result, details }) => result === 'started' && details['hash'] === plan.hash)).toHaveLength(1);
    for (const { deviceId } of plan.targets) {
      const writes = (await yard.rig.fleet.history({ planId: plan.id, operation: 'router.write' })).filter(
        ({ device }) => device === deviceId,
      );
      expect(writes.map(({ result }) => result).toSorted()).toEqual(['ok', 'ok', 'started', 'started']);
    }
    expect(await yard.rig.fleet.verifyLedger()).toMatchObject({ ok: true });
  });
});

describe('two of one redundancy group', () => {
  test('are never changed at once: the second hears nothing before the first is over', async () => {
    const group = { group: 'core' };
    await using yard = await startYard({ routers: 4, fronts: true, tags: { 0: group, 2: group } });
    const { plan } = await yard.approved({ waves: [4], parallel: 4 });
    const asked = yard.router(2).requests().length;
    const seen: (TargetState | undefined)[] = [];
    for (const front of yard.rig.fronts.slice(0, 2)) {
      front.hooks = {
        before: ({ write }) => {
          if (write > 0) expect(yard.router(2).requests().length).toBe(asked);
        },
      };
    }
    const third = yard.rig.fronts[2];
    if (third) third.hooks = { before: async ({ write }) => void (write > 0 && seen.push((await yard.states(plan.id))[0])) };
    await yard.rig.fleet.apply({ planId: plan.id });
    expect(seen).toEqual(['completed']);
    expect(await yard.states(plan.id)).toEqual(['completed', 'completed', 'completed', 'completed']);
  });
});
