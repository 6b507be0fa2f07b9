import { describe, expect, test } from 'vitest';
import { StoreError } from '../../../src/lib/core/errors.ts';
import { changeTarget, recoverTarget, settleTarget, sweepTarget, takeBack } from '../../../src/lib/plan/apply.ts';
import type { Intent } from '../../../src/lib/plan/intent.ts';
import { Failure } from '../../../src/lib/plan/outcome.ts';
import type { Outcome, TargetState } from '../../../src/lib/plan/types.ts';
import { comment, one, remove } from '../../laws/run.ts';
import { rules } from '../../laws/subjects.ts';
import { apply, type Bench, bench, type Happening, heard, journalWords, type Setup } from './bench.ts';

/** A process that died in the middle, and the one that takes over with nothing but the plan and the journal. */

const menu = rules.menu;
const start = { [menu]: [one('x'), one('y')] };
const set = [comment(rules.id, '*1', 'a')];
const two = [...set, comment(rules.id, '*2', 'b')];
const add: Intent = { verb: 'add', capability: rules.id, values: one('n') };

const dies: Happening = () => {
  throw new StoreError('the process died');
};

/** Applies until the event, takes over, and tells how that ended; events and journal are those of the successor. */
async function takenOver(
  event: string,
  intents: readonly Intent[],
  more: Partial<Setup> = {},
  state: TargetState = 'executing',
): Promise<{ readonly it: Bench; readonly outcome: Outcome; readonly heard: (...kinds: readonly string[]) => readonly string[] }> {
  const it = bench({ of: [rules.id], start, intents, ...more, on: { ...more.on, [`${event}#1`]: dies } });
  await expect(apply(it)).rejects.toThrow(StoreError);
  const journal = it.journal.splice(0);
  it.events.splice(0);
  const outcome = await recoverTarget(it.plan, it.target, it.ports, journal, state);
  return { it, outcome, heard: (...kinds) => heard(it, ...kinds) };
}
const comments = (it: Bench): unknown => it.router.read({ verb: 'read', menu }).map((row) => row['comment']);
const ENDED = 'The process that applied this plan ended in the middle.';

describe('where it died decides the end', () => {
  test.each<[event: string, intents: readonly Intent[], end: string, left: readonly string[]]>([
    ['lease', set, 'failed', ['x', 'y']],
    ['write 0', set, 'failed', ['x', 'y']],
    ['done 0', set, 'completed', ['a', 'y']],
    ['journal apply 0 ack', set, 'completed', ['a', 'y']],
    ['journal apply 0 verified', set, 'completed', ['a', 'y']],
    ['journal apply 0 verified', two, 'rolled-back', ['x', 'y']],
    ['journal apply 1 intent', two, 'rolled-back', ['x', 'y']],
    ['write 1', two, 'rolled-back', ['x', 'y']],
    ['done 1', two, 'completed', ['a', 'b']],
    ['write 0', [add], 'failed', ['x', 'y']],
    ['done 0', [add], 'completed', ['x', 'y', 'n']],
    ['done 0', [add, ...set], 'rolled-back', ['x', 'y']],
    ['write 0', [remove(rules.id, '*1')], 'failed', ['x', 'y']],
    ['done 0', [remove(rules.id, '*1')], 'completed', ['y']],
    ['done 0', [remove(rules.id, '*1'), ...two.slice(1)], 'rolled-back', ['x', 'y']],
  ])('at %s', async (event, intents, end, rows) => {
    const { it, outcome } = await takenOver(event, intents);
    expect([outcome.state, comments(it)]).toEqual([end, rows]);
    if (end === 'completed') return;
    expect(outcome).toMatchObject({ code: 'STORE_FAILED', summary: expect.stringContaining(ENDED) });
    expect(outcome.hint).toBe('See the journal of the plan for how far it came.');
  });
});

test('a request without an answer is written down as such before anything else, and its menu is waited for', async () => {
  const { it, heard } = await takenOver('done 0', set);
  expect(it.events.slice(0, 2)).toEqual(['restore {"measured":"before"}', 'journal apply 0 unknown']);
  expect(heard('begin', 'write', 'lease')).toEqual([]);
  const back = await takenOver('done 0', two);
  expect(back.heard('sleep', 'write')).toEqual(['sleep 3000', 'sleep 3000', 'write 1']);
});

test('after an answer nobody waits', async () => {
  const { heard } = await takenOver('journal apply 0 verified', two);
  expect(heard('sleep', 'journal')).toEqual(['journal undo 0 intent', 'journal undo 0 sent', 'journal undo 0 ack']);
});

test('the id of a row whose answer was lost is found and written down, once', async () => {
  const { it, outcome } = await takenOver('done 0', [add]);
  expect(outcome.state).toBe('completed');
  expect(journalWords(it)).toEqual(['apply 0 unknown', 'apply 0 verified *3']);
  const named = await takenOver('journal apply 0 verified', [add]);
  expect(journalWords(named.it)).toEqual([]);
  const other = await takenOver('done 0', set);
  expect(journalWords(other.it)).toEqual(['apply 0 unknown']);
});

test('what was planned is there, and the health is not: it goes back', async () => {
  const { it, outcome } = await takenOver('done 0', set, { health: ['fail'] });
  expect(outcome).toMatchObject({ state: 'rolled-back', code: 'STORE_FAILED', checks: [{ verdict: 'pass' }, { verdict: 'fail' }] });
  expect(comments(it)).toEqual(['x', 'y']);
});

describe('it died while things went back', () => {
  test('they go on going back, though the router has all that was planned; nobody is told twice', async () => {
    const { it, outcome, heard } = await takenOver('journal undo 0 intent', set, { health: ['fail', 'pass'] }, 'rolling-back');
    expect([outcome.state, comments(it)]).toEqual(['rolled-back', ['x', 'y']]);
    expect(heard('rolling back', 'compare', 'same box')).toEqual(['same box']);
  });

  test('a plan of which nothing was sent is looked at all the same', async () => {
    const { outcome, heard } = await takenOver('lease', set, {}, 'rolling-back');
    expect(outcome.state).toBe('rolled-back');
    expect(heard('look')).toEqual(['look /test/rules']);
  });

  test('a guard over nothing of ours is not told to run: it goes', async () => {
    const { outcome, heard } = await takenOver('journal apply 0 sent', set, { guarded: true }, 'rolling-back');
    expect(outcome.state).toBe('rolled-back');
    expect(heard('guard', 'write')).toEqual(['guard state', 'guard sweep']);
  });

  test('requests of the undo are counted on', async () => {
    const { it, outcome } = await takenOver('done 2', two, { health: ['fail'] }, 'rolling-back');
    expect([outcome.state, comments(it)]).toEqual(['rolled-back', ['x', 'y']]);
    expect(journalWords(it)).toEqual(['undo 0 unknown', 'undo 1 intent', 'undo 1 sent', 'undo 1 ack']);
    expect(it.journal[0]).toMatchObject({ note: { change: 1 } });
  });

  test('a row that was put back under another id is known by it', async () => {
    const intents = [comment(rules.id, '*1', 'a'), remove(rules.id, '*1')];
    const { it, outcome } = await takenOver('journal undo 1 intent', intents, { health: ['fail'] }, 'rolling-back');
    expect([outcome.state, comments(it)]).toEqual(['rolled-back', ['x', 'y']]);
  });
});

describe('its guard', () => {
  test('was being armed: nothing of the plan was sent, and it goes', async () => {
    const { outcome, heard } = await takenOver('done 0', set, { guarded: true });
    expect(outcome.state).toBe('failed');
    expect(heard('journal', 'guard')).toEqual(['journal guard 0 unknown', 'guard state', 'guard sweep']);
  });

  test('was meant, and never sent: there is nothing to sweep', async () => {
    const { outcome, heard } = await takenOver('lease', set, { guarded: true });
    expect(outcome.state).toBe('failed');
    expect(heard('guard')).toEqual([]);
  });

  test('stands, and all is as planned: it is confirmed, with its requests counted on', async () => {
    const { it, outcome, heard } = await takenOver('done 1', set, { guarded: true });
    expect(outcome.state).toBe('completed');
    expect(heard('guard')).toEqual(['guard state', 'guard disarm', 'guard disarmed']);
    expect(journalWords(it)).toEqual(['apply 0 unknown', 'guard 1 intent', 'guard 1 sent', 'guard 1 ack *9']);
  });

  test('is gone, and all is as planned: it had been confirmed', async () => {
    const { outcome, heard } = await takenOver('journal guard 1 ack', set, {
      guarded: true,
      on: { 'done 2': ({ guard }) => Object.assign(guard, { stand: 'absent' }) },
    });
    expect(outcome).toMatchObject({ state: 'completed', checks: [{ check: 'planned rows' }, { check: 'health' }] });
    expect(heard('guard')).toEqual(['guard state', 'guard sweep']);
  });

  test('has run: all is as before', async () => {
    const { it, outcome, heard } = await takenOver('done 1', set, { guarded: true, on: { 'done 1': ({ guard }) => guard.run() } });
    expect([outcome.state, comments(it)]).toEqual(['rolled-back', ['x', 'y']]);
    expect(heard('guard disarm')).toEqual([]);
  });

  test('stands, and not all was sent: it runs', async () => {
    const { it, outcome, heard } = await takenOver('done 1', two, { guarded: true });
    expect([outcome.state, comments(it)]).toEqual(['rolled-back', ['x', 'y']]);
    expect(heard('guard fire', 'journal undo')).toEqual(['guard fire']);
  });
});

describe('a target that went well is taken back', () => {
  const why = new Failure(new StoreError('another router failed'));

  test('from here, although its journal tells of a guard', async () => {
    const it = bench({ of: [rules.id], start, intents: [...set, add], guarded: true });
    await apply(it);
    const journal = it.journal.splice(0);
    it.events.splice(0);
    expect(await takeBack(it.plan, it.target, it.ports, journal, why)).toMatchObject({
      state: 'rolled-back',
      summary: expect.stringMatching(/^another router failed /),
    });
    expect(heard(it, 'guard', 'rolling back', 'same box')).toEqual(['same box', 'rolling back']);
    expect(it.writes.slice(-2)).toMatchObject([{ verb: 'remove', id: '*3' }, { verb: 'set' }]);
    expect(comments(it)).toEqual(['x', 'y']);
  });

  test('before it was confirmed, when the rollout stops', async () => {
    for (const [stopped, end] of [
      [why, 'rolled-back'],
      [undefined, 'completed'],
    ] as const) {
      const it = bench({ of: [rules.id], start, intents: set });
      const held = await changeTarget(it.plan, it.target, it.ports);
      if (!('run' in held)) throw new Error('it did not begin');
      expect(held.failure).toBeUndefined();
      expect(await settleTarget(held, stopped)).toMatchObject({ state: end });
    }
  });

  test('what went wrong by itself says its own reason', async () => {
    const it = bench({ of: [rules.id], start, intents: set, health: ['fail'] });
    const held = await changeTarget(it.plan, it.target, it.ports);
    if (!('run' in held)) throw new Error('it did not begin');
    expect(await settleTarget(held, why)).toMatchObject({ state: 'rolled-back', summary: expect.stringContaining('"health"') });
  });
});

test('a person has looked at the router: what is left of its guard goes, where it had one', async () => {
  for (const guarded of [true, false]) {
    const it = bench({ of: [rules.id], start, intents: set, guarded });
    await sweepTarget(it.plan, it.target, it.ports, []);
    expect(heard(it, 'guard')).toEqual(guarded ? ['guard sweep'] : []);
  }
});

test('ids that were there before are known to the successor: an old row like the one that went is no twin', async () => {
  const { it, outcome } = await takenOver('done 0', [remove(rules.id, '*1')], { start: { [menu]: [one('x'), one('x')] } });
  expect([outcome.state, comments(it)]).toEqual(['completed', ['x']]);
});
