import { describe, expect, test } from 'vitest';
import { DeniedError, StoreError } from '../../../src/lib/core/errors.ts';
import { changeTarget, recoverTarget, settleTarget } from '../../../src/lib/plan/apply.ts';
import { Failure } from '../../../src/lib/plan/outcome.ts';
import type { JournalRecord, Outcome } from '../../../src/lib/plan/types.ts';
import { apply, type Bench, heard, journalWords, lost, type Setup } from './bench.ts';
import { away, sleeps, throws, upgrades } from './upgrade.ts';

/** A router that does not come back from its restart in time, or never goes; and what is done once it is back. */

describe('it does not end', () => {
  test('it is not back in time: nobody knows, nothing is undone, and a person hears what to do', async () => {
    const it = away({ on: { 'done 0': (one) => Object.assign(one.ports, { fresh: async () => lost(one) }) } });
    expect(await apply(it)).toMatchObject({
      state: 'stuck',
      code: 'TIMED_OUT',
      summary: expect.stringMatching(/^The router did not come back from its restart in time\./),
      hint: 'Look at its power, its links and its console. When it is back: routeros-mcp plan resolve, --as post with the new version, --as pre with the old one.',
      left: [{ verb: 'set' }],
    });
    expect(it.writes).toHaveLength(1);
  });

  test('it never went: it may still do so, and is not written to', async () => {
    const it = away();
    expect(await apply(it)).toMatchObject({
      state: 'stuck',
      code: 'TIMED_OUT',
      summary: expect.stringMatching(/^The router was told to restart and has not: it may still do so\./),
      hint: 'Look at the menu of the plan on the router. When it has come to rest: routeros-mcp plan resolve, --as post or --as pre.',
      left: [{ verb: 'set' }],
    });
    expect([sleeps(it), it.writes.length]).toEqual([200, 1]);
  });

  test('one that started at the very time of the command has not started since', async () => {
    const it = away({ on: { 'done 0': (one) => Object.assign(one, { bootedAt: one.clock.now() }) } });
    expect(await apply(it)).toMatchObject({ state: 'stuck', code: 'TIMED_OUT' });
  });

  test('it comes back at the last moment: it gets its second look', async () => {
    const it = away({ on: { 'sleep 3000#200': upgrades } });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    expect(sleeps(it)).toBe(201);
  });

  test('what was set with it is not undone while it may still restart', async () => {
    const it = away({}, { channel: 'testing', installedVersion: '7.21.2' });
    expect(await apply(it)).toMatchObject({ state: 'stuck', code: 'TIMED_OUT' });
    expect(it.writes).toHaveLength(2);
  });
});

describe('after it', () => {
  test('a router that has just started is given time to be well', async () => {
    const it = away({ on: { 'done 0': upgrades }, health: ['fail', 'fail', 'pass'] });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    expect(heard(it, 'sleep 15000')).toHaveLength(2);
  });

  test('but not for ever; and it stays, since there is no way back', async () => {
    const it = away({ on: { 'done 0': upgrades }, health: ['fail'] });
    expect(await apply(it)).toMatchObject({ state: 'stuck', summary: expect.stringContaining('"health"'), left: [{ verb: 'set' }] });
    expect([heard(it, 'sleep 15000').length, it.writes.length]).toEqual([40, 1]);
    // Nobody is told that it goes back.
    expect(heard(it, 'same box', 'rolling back')).toEqual([]);
  });

  test('it cannot be called off any more, by nobody', async () => {
    const it = away({ on: { 'done 0': upgrades, 'may go on#3': throws(new DeniedError('stopped')) }, plan: { soakSeconds: 5 } });
    const held = await changeTarget(it.plan, it.target, it.ports);
    if (!('run' in held)) throw new Error('it did not begin');
    expect(held.failure).toBeUndefined();
    expect(await settleTarget(held, new Failure(new StoreError('another router failed')))).toMatchObject({ state: 'completed' });
  });
});

describe('the process died meanwhile', () => {
  async function takenOver(seconds: number, on: Setup['on']): Promise<{ readonly it: Bench; readonly outcome: Outcome }> {
    const it = away({ on: { 'write 0': throws(new StoreError('the process died')), ...on } });
    await expect(apply(it)).rejects.toThrow(StoreError);
    const journal = it.journal.splice(0).map((record): JournalRecord => ({ ...record, at: record.at - seconds * 1_000 }));
    it.events.splice(0);
    return { it, outcome: await recoverTarget(it.plan, it.target, it.ports, journal, 'executing') };
  }

  test('the router is waited for, and what was done is written down', async () => {
    const { it, outcome } = await takenOver(0, { 'sleep 3000#1': upgrades });
    expect(outcome).toMatchObject({ state: 'completed' });
    expect([journalWords(it), sleeps(it)]).toEqual([['apply 0 unknown', 'apply 0 verified'], 2]);
  });

  test.each([
    [0, 200],
    [300, 100],
    [590, 20],
    [86_400, 20],
    // A clock that was set back.
    [-500, 200],
  ])('%s seconds ago: it is looked at %s times', async (seconds, looks) => {
    const { it, outcome } = await takenOver(seconds, { connect: (one) => one.writes.length > 0 && lost(one) });
    expect(outcome).toMatchObject({ state: 'stuck', code: 'TIMED_OUT' });
    // At the end it is looked for once more, for a minute.
    expect(sleeps(it)).toBe(looks + 20);
  });

  test('our disk fails when it is back: it is thrown', async () => {
    await expect(takenOver(0, { 'sleep 3000#1': upgrades, 'journal apply 0 verified': throws(new StoreError('full')) })).rejects.toThrow(
      'full',
    );
  });
});
