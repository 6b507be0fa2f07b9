import { describe, expect, test } from 'vitest';
import { StoreError } from '../../../src/lib/core/errors.ts';
import { comment, one, remove } from '../../laws/run.ts';
import { rules } from '../../laws/subjects.ts';
import { admin, apply, type Bench, bench, type Happening, heard, lost, refused, type Setup } from './bench.ts';

/** A plan whose undo stands on the router: it is armed first, and either confirmed, or run, or waited for. */

const menu = rules.menu;
const start = { [menu]: [one('x'), one('y')] };
const both = [comment(rules.id, '*1', 'z'), remove(rules.id, '*2')];
const guarded = (on: Setup['on'] = {}, more: Partial<Setup> = {}): Bench =>
  bench({ of: [rules.id], start, intents: both, guarded: true, ...more, on });

const diskFull: Happening = () => {
  throw new StoreError('the disk is full');
};
const fires: Happening = ({ guard }) => guard.run();
const asBefore = (it: Bench): void =>
  expect(it.router.state()).toEqual({ [menu]: [one('x'), one('y')].map((row) => expect.objectContaining(row)) });
const work = (it: Bench): readonly string[] => heard(it, 'guard', 'write', 'rolling back', 'same box');

describe('while all goes well', () => {
  test('it is armed before the first write, kept before each, and taken away at the end', async () => {
    const it = guarded();
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    expect(work(it)).toEqual([
      ...['guard arm', 'write 0', 'guard armed', 'guard keep', 'write 1', 'guard keep', 'write 2'],
      ...['guard disarm', 'write 3', 'guard disarmed'],
    ]);
  });

  test('the base is looked at once more behind it, and the rows twice after it has gone', async () => {
    const it = guarded();
    await apply(it);
    const at = it.events.indexOf('guard armed');
    expect(it.events.slice(at, at + 2)).toEqual(['guard armed', 'read /test/rules']);
    const look = ['connect', 'look /test/rules', 'hang up'];
    expect(it.events.slice(it.events.indexOf('guard disarmed'))).toEqual(['guard disarmed', ...look, 'sleep 3000', ...look]);
  });

  test('it is told the id of each row that the plan adds, and of no other', async () => {
    const it = guarded({}, { intents: [comment(rules.id, '*1', 'z'), { verb: 'add', capability: rules.id, values: one('n') }] });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    expect(heard(it, 'guard know')).toEqual(['guard know #0 *3']);
  });

  test('without one nothing is asked of it, not even about rows that were added', async () => {
    const it = bench({ of: [rules.id], start, intents: [{ verb: 'add', capability: rules.id, values: one('n') }] });
    expect(await apply(it)).toMatchObject({ state: 'completed' });
    expect(heard(it, 'sleep')).toEqual([]);
  });
});

describe('it cannot be armed', () => {
  test('the router refuses it: what is there of it is taken away, and nothing was changed', async () => {
    const it = guarded({ 'write 0': refused });
    expect(await apply(it)).toMatchObject({ state: 'failed', routerText: 'failure: not today', left: [] });
    expect(work(it)).toEqual(['guard arm', 'write 0', 'guard state', 'guard sweep']);
    asBefore(it);
  });

  test.each([
    ['before anything is written down', 'guard arm', lost],
    ['when our disk fails', 'journal guard 0 ack', diskFull],
  ] as const)('%s, the caller hears why', async (_, event, happening) => {
    const it = guarded({ [event]: happening });
    await expect(apply(it)).rejects.toThrow();
    expect(heard(it, 'guard sweep', 'guard state', 'journal apply')).toEqual([]);
  });

  test('somebody changes the rows meanwhile: nothing of the plan is sent, and the guard goes', async () => {
    const it = guarded({ 'guard arm': admin(menu, (rows) => rows.map((row) => ({ ...row, comment: 'theirs' }))) });
    expect(await apply(it)).toMatchObject({
      state: 'failed',
      code: 'STALE',
      summary: 'The router changed while its guard was being armed. Nothing was changed on the router.',
      hint: 'Make the plan again.',
    });
    expect(work(it)).toEqual(['guard arm', 'write 0', 'guard armed', 'guard state', 'guard sweep']);
  });

  test('no longer there before a write: no more is written, and it is told to run', async () => {
    const it = guarded({ 'guard keep#2': lost });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', code: 'UNREACHABLE' });
    expect(work(it).slice(5)).toEqual([
      'guard keep',
      'guard state',
      'same box',
      'rolling back',
      'guard fire',
      'write 2',
      'guard state',
      'guard sweep',
    ]);
    asBefore(it);
  });
});

describe('when the change has to go back', () => {
  test('it runs, and there is nothing left to do from here', async () => {
    const it = guarded({}, { health: ['fail'] });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', left: [], drift: [] });
    expect(heard(it, 'journal undo')).toEqual([]);
    asBefore(it);
  });

  test('it cannot be told to: its own time is waited for', async () => {
    for (const happening of [lost, refused]) {
      const it = guarded({ 'guard fire': happening, 'guard await': fires }, { health: ['fail'] });
      expect(await apply(it)).toMatchObject({ state: 'rolled-back' });
      expect(work(it).slice(-4)).toEqual(['guard fire', 'guard await', 'guard state', 'guard sweep']);
      expect(heard(it, 'journal undo')).toEqual([]);
      asBefore(it);
    }
  });

  test('it never runs: it is taken away, and the inverse goes out from here, last change first', async () => {
    const it = guarded({ 'guard fire': refused }, { health: ['fail'] });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back' });
    expect(work(it).slice(-7)).toEqual(['rolling back', 'guard fire', 'guard await', 'guard state', 'guard sweep', 'write 3', 'write 4']);
    expect(it.writes.slice(-2)).toMatchObject([{ verb: 'add' }, { verb: 'set', id: '*1' }]);
    // One word to the plan that it goes back, and one look at who answers.
    expect(heard(it, 'rolling back', 'same box')).toEqual(['same box', 'rolling back']);
    asBefore(it);
  });

  test('it never runs, and there is nothing to undo: it has gone back all the same, since that was said', async () => {
    const it = guarded({ 'guard fire': refused, 'write 1': lost }, { intents: [comment(rules.id, '*1', 'z')] });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', left: [] });
    expect(heard(it, 'rolling back', 'journal undo')).toEqual(['rolling back']);
    asBefore(it);
  });

  test('what it left is undone from here', async () => {
    const it = guarded({ 'guard state#2': admin(menu, ([first, ...rest]) => [{ ...first, comment: 'z' }, ...rest]) }, { health: ['fail'] });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back' });
    expect(it.writes.at(-1)).toMatchObject({ verb: 'set', id: '*1' });
    asBefore(it);
  });

  test('the router is out of reach: it goes back by itself meanwhile', async () => {
    const it = guarded({ 'guard state#1': lost, 'guard await': fires }, { health: ['fail'] });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back' });
    expect(heard(it, 'guard await', 'guard fire')).toEqual(['guard await', 'guard fire']);
    asBefore(it);
  });

  test('out of reach while the guard is swept: it is waited for, and swept then', async () => {
    const it = guarded({ 'guard sweep#1': lost }, { health: ['fail'] });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back' });
    expect(heard(it, 'guard await', 'guard sweep')).toEqual(['guard sweep', 'guard await', 'guard sweep']);
  });

  test.each(['guard state#1', 'guard sweep#1'])('the router refuses to say or do anything at %s: a person has to look', async (event) => {
    const it = guarded({ [event]: refused }, { health: ['fail'] });
    expect(await apply(it)).toMatchObject({
      state: 'stuck',
      left: [{ verb: 'set' }, { verb: 'remove' }],
      summary: 'After the change the check "health" did not pass. It could not be undone completely: a person must look at the router.',
    });
    expect(heard(it, 'guard await')).toEqual([]);
  });

  test('our own disk fails: it is thrown', async () => {
    const it = guarded({ 'guard fire': diskFull }, { health: ['fail'] });
    await expect(apply(it)).rejects.toThrow(StoreError);
    expect(heard(it, 'guard await')).toEqual([]);
  });
});

describe('the router was faster than the confirmation', () => {
  const gone = 'The router had gone back by itself before the change was confirmed.';

  test('it says so when it is asked to forget its guard', async () => {
    const it = guarded({ 'guard disarm': fires });
    expect(await apply(it)).toMatchObject({
      state: 'rolled-back',
      code: 'ROUTER_REFUSED',
      summary: `${gone} Everything was put back, and read back as it was before.`,
      hint: 'Plan it again.',
    });
    asBefore(it);
  });

  test.each(['guard disarmed', 'sleep 3000'])('it is seen by reading the rows twice after (%s)', async (event) => {
    const it = guarded({ [event]: fires });
    const outcome = await apply(it);
    expect(outcome.summary).toContain(gone);
    expect(outcome.state).toBe('failed');
    asBefore(it);
  });

  test('half of it: what is left is undone from here', async () => {
    const it = guarded({ 'guard disarmed': admin(menu, ([first, ...rest]) => [{ ...first, comment: 'x' }, ...rest]) });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back' });
    expect(it.writes.at(-1)).toMatchObject({ verb: 'add' });
    expect(heard(it, 'guard fire')).toEqual([]);
    asBefore(it);
  });

  test('the router does not answer after it: that is no confirmation', async () => {
    const it = guarded({ 'look /test/rules#2': refused });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', routerText: 'failure: not today' });
    asBefore(it);
  });

  test('the confirmation gets no answer: everything goes back', async () => {
    const it = guarded({ 'guard disarm': lost });
    expect(await apply(it)).toMatchObject({ state: 'rolled-back', code: 'UNREACHABLE' });
    expect(heard(it, 'guard fire')).toHaveLength(1);
    asBefore(it);
  });

  test('the confirmation cannot be written down: it is thrown', async () => {
    const it = guarded({ 'guard disarm': diskFull });
    await expect(apply(it)).rejects.toThrow(StoreError);
    expect(heard(it, 'guard fire', 'guard sweep')).toEqual([]);
  });
});
