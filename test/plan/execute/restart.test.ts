import { describe, expect, test } from 'vitest';
import { BugError, StoreError } from '../../../src/lib/core/errors.ts';
import { apply, type Bench, heard, journalWords, lost } from './bench.ts';
import { away, both, LOOK, MENU, says, sleeps, starts, throws, upgrades } from './upgrade.ts';

/** A command that starts the router anew, from which there is no way back: asked for before, waited for after. */

test('it asks what it would install, sends, and believes two looks that agree', async () => {
  const it = away({ on: { 'done 0': upgrades } });
  expect(await apply(it)).toMatchObject({ state: 'completed', checks: [{ after: '1 of 1 as planned' }, { check: 'health' }] });
  const at = it.events.indexOf(`read ${MENU}`);
  expect(it.events.slice(at + 1)).toEqual([
    ...['connect', 'run check-for-updates', 'hang up', 'may go on', 'begin', 'journal apply 0 intent', 'lease', 'journal apply 0 sent'],
    ...['write 0', 'done 0', 'journal apply 0 ack', ...LOOK, ...LOOK, 'journal apply 0 verified'],
    ...['connect', `look ${MENU}`, 'compare', 'hang up'],
  ]);
});

test('it is restarting before it can answer: no answer is no failure', async () => {
  const it = away({ on: { 'done 0': both(upgrades, lost), 'connect#3': lost, 'connect#4': lost } });
  expect(await apply(it)).toMatchObject({ state: 'completed' });
  expect(sleeps(it)).toBe(4);
  expect(journalWords(it)).toContain('apply 0 unknown UNREACHABLE');
});

describe('before the command is sent', () => {
  test('what it would install is not what was planned: nothing is sent', async () => {
    for (const offers of [{ 'latest-version': '7.22' }, {}]) {
      const it = away();
      it.offers = offers as Bench['offers'];
      await expect(apply(it)).rejects.toMatchObject({
        code: 'STALE',
        message: 'What the router would install now is not what was planned.',
        hint: 'Make the plan again.',
      });
      expect(heard(it, 'write', 'begin')).toEqual([]);
    }
  });

  test('it cannot say: nothing is sent', async () => {
    const it = away();
    it.offers = { 'latest-version': '7.21.2', status: 'ERROR: could not resolve dns name' };
    await expect(apply(it)).rejects.toMatchObject({ code: 'ROUTER_REFUSED', details: { routerText: 'ERROR: could not resolve dns name' } });
    expect(heard(it, 'write', 'begin')).toEqual([]);
  });

  test('what was set before goes back', async () => {
    const it = away({}, { channel: 'testing', installedVersion: '7.21.2' });
    it.offers = { 'latest-version': '7.22' };
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', code: 'STALE' });
    expect(it.writes).toMatchObject([{ values: { channel: 'testing' } }, { values: { channel: 'stable' } }]);
  });

  test('a set of another field asks for nothing', async () => {
    const it = away({}, { channel: 'testing' });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    expect(heard(it, 'run', 'sleep')).toEqual([]);
  });
});

test('an error is a refusal: nothing was changed, and nobody waits', async () => {
  const it = away();
  it.answers = [{ status: 'ERROR: no space' }];
  expect(await apply(it)).toMatchObject({ state: 'failed', routerText: 'ERROR: no space' });
  expect(journalWords(it).at(-1)).toBe('apply 0 err ROUTER_REFUSED');
  expect(sleeps(it)).toBe(0);
});

describe('where it stands after', () => {
  test('it has restarted on the way, and again: the last version counts', async () => {
    const it = away({ on: { 'done 0': starts('7.20.6'), 'sleep 3000#2': upgrades } });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    expect(sleeps(it)).toBe(3);
  });

  test('it is what was planned, and has not been seen to restart: that is enough', async () => {
    const it = away({ on: { 'done 0': says('7.21.2') } });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    expect(sleeps(it)).toBe(2);
  });

  test('two looks that agree follow each other', async () => {
    const it = away({ on: { 'done 0': upgrades, 'connect#4': lost } });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    expect(sleeps(it)).toBe(4);
  });

  test('it has restarted into what it was', async () => {
    const it = away({ on: { 'done 0': starts('7.20.6', 'System is already up to date') } });
    expect(await apply(it)).toMatchObject({
      state: 'failed',
      summary: expect.stringMatching(/^The router restarted, and is not what was planned\./),
      hint: 'Look at the log of the router, and plan again.',
      routerText: 'System is already up to date',
    });
    expect(it.writes).toHaveLength(1);
  });

  test('it has restarted into something else, and says nothing of it: it is left as it is', async () => {
    const it = away({ on: { 'done 0': starts('7.20.7') } });
    const outcome = await apply(it);
    expect(outcome).toMatchObject({ state: 'stuck', left: [{ verb: 'set' }] });
    expect(outcome.routerText).toBeUndefined();
    expect(it.writes).toHaveLength(1);
  });

  test('it has not restarted, and says why', async () => {
    const it = away({ on: { 'done 0': says('7.20.6', 'ERROR: missing package') } });
    expect(await apply(it)).toMatchObject({
      state: 'failed',
      summary: expect.stringMatching(/^The router refused, and said why\./),
      routerText: 'ERROR: missing package',
    });
    expect(sleeps(it)).toBe(2);
  });

  test('an error from before its restart is no error of this one', async () => {
    const it = away({ on: { 'done 0': starts('7.21.2', 'ERROR: old') } });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
  });

  test('it answers, but not as itself yet', async () => {
    const it = away({ on: { 'done 0': upgrades } });
    const { router } = it;
    const read = router.read.bind(router);
    let looks = 0;
    Object.assign(router, {
      read: (call: Parameters<typeof read>[0]) => {
        looks += 1;
        if (looks === 2) return [];
        return looks === 3 ? [{ channel: 'stable' }] : read(call);
      },
    });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    expect(sleeps(it)).toBe(4);
  });

  test('it does not know its uptime yet', async () => {
    const it = away({
      on: {
        'done 0': upgrades,
        'look /system/resource#1': (one) => Object.assign(one, { bootedAt: Number.NaN }),
        'sleep 3000#3': upgrades,
      },
    });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    expect(sleeps(it)).toBe(4);
  });

  test.each([new StoreError('full'), new BugError('ours')])('a fault of our own is no restart: %s', async (error) => {
    const it = away({ on: { 'done 0': upgrades, 'look /system/resource#1': throws(error) } });
    const end = await apply(it).catch((thrown: unknown) => thrown);
    expect(end).toMatchObject({ code: error.code });
    expect(sleeps(it)).toBe(1);
    expect(heard(it, 'hang up').length).toBe(heard(it, 'connect').length);
  });
});
