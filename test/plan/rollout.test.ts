import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/lib/core/errors.ts';
import { progressOf } from '../../src/lib/fleet/rollout-course.ts';
import { BATCH, batchesOf, brokenWave, isBad, type Member, mustStop, nextBatch, rolloutOf } from '../../src/lib/plan/rollout.ts';
import { isOver } from '../../src/lib/plan/state.ts';
import { STATES, type TargetState } from '../../src/lib/plan/types.ts';

const TARGET_STATES = STATES.filter((state): state is TargetState => state !== 'partial');

const fleets = (max = 120): fc.Arbitrary<readonly Member[]> =>
  fc
    .array(
      fc.record({ group: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }), ownPath: fc.boolean() }, { requiredKeys: [] }),
      { minLength: 1, maxLength: max, size: 'max' },
    )
    .map((some) =>
      some.map(({ group, ownPath }, at) => ({ id: `dev-${at}`, ...(group !== undefined && { group }), ...(ownPath && { ownPath }) })),
    );
const waves = fc.oneof(fc.constant('serial' as const), fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 }));
const ids = (members: readonly Member[]): readonly string[] => members.map(({ id }) => id);

describe('waves', () => {
  test('every router exactly once, in order; those our own way leads over behind all others, each by itself', () => {
    fc.assert(
      fc.property(fleets(), fc.option(waves, { nil: undefined }), (members, sizes) => {
        const rollout = rolloutOf(members, sizes === undefined ? {} : { waves: sizes });
        const flat = rollout.waves.flat();
        const others = members.filter(({ ownPath }) => !ownPath);
        const own = members.filter(({ ownPath }) => ownPath);
        expect(flat).toEqual([...ids(others), ...ids(own)]);
        expect(rollout.waves.slice(rollout.waves.length - own.length)).toEqual(own.map(({ id }) => [id]));
        expect(rollout.waves.every((wave) => wave.length > 0)).toBe(true);
      }),
    );
  });

  test('are as large as was asked for, the last one as large as is left', () => {
    const sizesOf = (count: number, options?: Parameters<typeof rolloutOf>[1]) =>
      rolloutOf(
        Array.from({ length: count }, (_, at) => ({ id: `${at}` })),
        options,
      ).waves.map(({ length }) => length);
    expect(sizesOf(100)).toEqual([1, 5, 25, 69]);
    expect(sizesOf(6)).toEqual([1, 5]);
    expect(sizesOf(7, { waves: [2, 3] })).toEqual([2, 3, 2]);
    expect(sizesOf(3, { waves: 'serial' })).toEqual([1, 1, 1]);
    expect(sizesOf(3, { waves: [] })).toEqual([3]);
  });

  test.each([
    [{ parallel: 0 }, 'at a time'],
    [{ parallel: BATCH + 1 }, 'at a time'],
    [{ pauseSeconds: -1 }, 'pause'],
    [{ pauseSeconds: 3_601 }, 'pause'],
    [{ budget: 4 }, 'budget'],
    [{ budget: 0.5 }, 'budget'],
    [{ waves: [0] }, 'wave'],
    [{ waves: [1, 1], pauseSeconds: 1_800 }, 'last longer than a plan may take'],
  ] as const)('%j makes no sense', (options, what) => {
    const three = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    expect(() => rolloutOf(three, options)).toThrow(what);
  });

  test('a refusal says what is wrong, between which limits it would be right, and what to do', () => {
    const three = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    expect(() => rolloutOf(three, { parallel: 26 })).toThrow(
      new InputError('The number of routers at a time must be a whole number from 1 to 25.', { details: { min: 1, max: 25 } }),
    );
    expect(() => rolloutOf(three, { waves: [10_001] })).toThrow(
      new InputError('The size of a wave must be a whole number from 1 to 10000.', { details: { min: 1, max: 10_000 } }),
    );
    expect(() => rolloutOf(three, { waves: [1, 1], pauseSeconds: 1_800 })).toThrow(
      new InputError('2 pauses of 1800 seconds last longer than a plan may take.', {
        hint: 'Pauses may come to less than 60 minutes in all: make them shorter, or make fewer waves.',
        details: { waves: 3, pauseSeconds: 1_800 },
      }),
    );
  });

  test('the largest of everything is taken', () => {
    const largest = { parallel: BATCH, pauseSeconds: 3_600, budget: 1, waves: [10_000] };
    expect(rolloutOf([{ id: 'a' }], largest)).toEqual({
      parallel: BATCH,
      pauseSeconds: 3_600,
      budget: 1,
      waves: [['a']],
      onStop: 'roll-back-wave',
    });
  });

  test('who says nothing gets one router first, five at a time, and the whole wave taken back at the first failure', () => {
    expect(rolloutOf([{ id: 'a' }, { id: 'b' }])).toEqual({
      waves: [['a'], ['b']],
      parallel: 5,
      pauseSeconds: 0,
      budget: 0,
      onStop: 'roll-back-wave',
    });
    expect(rolloutOf([{ id: 'a' }], { onStop: 'keep' })).toMatchObject({ onStop: 'keep' });
  });

  test('pauses that leave some of the time are taken', () => {
    const three = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    expect(rolloutOf(three, { waves: [1, 1], pauseSeconds: 1_799 })).toMatchObject({ pauseSeconds: 1_799 });
    expect(rolloutOf(three.slice(1), { pauseSeconds: 3_599 }).waves).toHaveLength(2);
  });
});

describe('batches', () => {
  test('every router exactly once, never two of one group in one, never more than are held together', () => {
    fc.assert(
      fc.property(fleets(), (wave) => {
        const batches = batchesOf(wave);
        expect(batches.flat().toSorted((a, b) => wave.indexOf(a) - wave.indexOf(b))).toEqual(wave);
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(BATCH);
          const groups = batch.flatMap(({ group }) => group ?? []);
          expect(new Set(groups).size).toBe(groups.length);
          expect(batch.map((one) => wave.indexOf(one))).toEqual(batch.map((one) => wave.indexOf(one)).toSorted((a, b) => a - b));
        }
      }),
    );
  });

  test('are as full as groups allow: nobody waits for a later one who would have found room', () => {
    fc.assert(
      fc.property(fleets(), (wave) => {
        const batches = batchesOf(wave);
        for (const [at, batch] of batches.entries()) {
          for (const later of batches.slice(at + 1).flat()) {
            const groupTaken = later.group !== undefined && batch.some(({ group }) => group === later.group);
            expect(batch.length === BATCH || groupTaken).toBe(true);
          }
        }
      }),
    );
  });

  test('are the same when each is worked out from what is left, however much of the last was done', () => {
    fc.assert(
      fc.property(fleets(60), fc.infiniteStream(fc.integer({ min: 1, max: BATCH })), (wave, parts) => {
        const done: string[] = [];
        for (let left = wave; left.length > 0; left = left.filter(({ id }) => !done.includes(id))) {
          const part = Number(parts.next().value);
          const batch = nextBatch(left);
          expect(new Set(batch.flatMap(({ group }) => group ?? [])).size).toBe(batch.filter(({ group }) => group).length);
          done.push(...ids(batch).slice(0, part));
        }
        expect(done.toSorted()).toEqual([...ids(wave)].toSorted());
      }),
    );
  });
});

describe('the stop rule', () => {
  const some = fc.array(fc.constantFrom(...TARGET_STATES), { maxLength: 30 });

  test('is exact: one more than the budget, whatever the others are', () => {
    fc.assert(
      fc.property(some, fc.nat({ max: 10 }), (states, budget) => {
        const bad = states.filter((state) => ['failed', 'rolled-back', 'stuck', 'stale', 'rejected', 'expired'].includes(state)).length;
        expect(mustStop({ budget }, states)).toBe(bad > budget);
      }),
    );
    expect(mustStop({ budget: 2 }, ['failed', 'stuck'])).toBe(false);
    expect(mustStop({ budget: 2 }, ['failed', 'stuck', 'stale'])).toBe(true);
  });

  test('counts what is over and neither done nor called off', () => {
    for (const state of TARGET_STATES) expect(isBad(state)).toBe(isOver(state) && !['completed', 'cancelled'].includes(state));
  });

  test('counted as it goes is the same as counted anew, and what is unknown counts as failed', () => {
    const events = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 7 }), fc.oneof(fc.constantFrom(...TARGET_STATES), fc.constant('fails' as const))),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...TARGET_STATES), { minLength: 8, maxLength: 8 }), events, fc.nat(4), (first, told, budget) => {
        const states = new Map(first.map((state, at) => [`${at}`, state]));
        const unknown = new Set<string>();
        const progress = progressOf({ budget }, states);
        for (const [at, what] of told) {
          const id = `${at}`;
          if (what === 'fails') {
            progress.fails(id);
            unknown.add(id);
          } else {
            progress.ends(id, what);
            states.set(id, what);
            unknown.delete(id);
          }
          const counted = [...states].map(([one, state]) => (unknown.has(one) ? 'failed' : state));
          expect(progress.mustStop()).toBe(mustStop({ budget }, counted));
        }
      }),
    );
  });
});

describe('the wave that is taken back', () => {
  const rollout = { waves: [['a'], ['b', 'c'], ['d', 'e']], budget: 0 };
  const broken = (states: string, budget = 0) => {
    const words = { o: 'completed', x: 'rolled-back', '-': 'cancelled', '.': 'approved', p: 'paused' } as const;
    const letters = [...states].map((letter, at) => ['abcde'.charAt(at), words[letter as keyof typeof words]] as const);
    return brokenWave({ ...rollout, budget }, new Map(letters));
  };

  test.each([
    ['x----', 0, ['a']],
    ['ox---', 0, ['b', 'c']],
    ['oox--', 0, ['b', 'c']],
    ['ooo--', 0, []],
    ['ooo..', 0, []],
    ['oo---', 0, ['b', 'c']],
    ['oo.pp', 0, ['b', 'c']],
    ['oxoo-', 1, ['d', 'e']],
    ['oxo--', 1, []],
    ['oxoox', 1, ['d', 'e']],
    ['-----', 0, []],
    ['ooooo', 0, []],
  ] as const)('%s with a budget of %i is %j', (states, budget, wave) => {
    expect(broken(states, budget)).toEqual(wave);
  });
});
