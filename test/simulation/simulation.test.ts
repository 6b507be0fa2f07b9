import { afterAll, expect, test } from 'vitest';
import { runSeed } from './scenario.ts';
import seeds from './seeds.json' with { type: 'json' };
import { BRIEF, LONG, PATIENCE, sweep, told } from './sweep.ts';
import { type Event, traceText } from './trace.ts';
import { forgetKeys } from './world.ts';

afterAll(forgetKeys);

const COUNT = LONG ? 10_000 : BRIEF ? 40 : 1_000;
/** `SEED=4711 npx vitest run test/simulation` runs this one alone and prints what happened. */
const ONLY = process.env['SEED'];

test.runIf(ONLY !== undefined)('one seed, told in full', async () => {
  const result = await runSeed(Number(ONLY));
  process.stdout.write(`${traceText(result.trace)}\n`);
  expect(told(result)).toEqual([]);
});

test.skipIf(ONLY !== undefined || BRIEF)('seeds that once failed', async () => {
  const problems: string[] = [];
  for (const seed of seeds) problems.push(...told(await runSeed(seed)));
  expect(problems).toEqual([]);
});

test.skipIf(ONLY !== undefined)(
  `${COUNT} runs of plan, approve, apply, validate and roll back with faults`,
  async () => {
    const ends = await sweep(COUNT, runSeed);
    if (BRIEF) return;
    // A run in which nothing happens finds nothing: every end must be reached, and often.
    for (const state of ['completed', 'rolled-back', 'failed', 'stale']) expect(ends.get(state) ?? 0, state).toBeGreaterThan(COUNT / 50);
    // This one is what all the rest is against.
    expect(ends.get('stuck') ?? 0).toBeGreaterThan(COUNT / 100);
  },
  PATIENCE,
);

/** What happened, without the names that are made of chance. */
const shape = (event: Event): readonly unknown[] => {
  if (event.kind === 'sent') return [event.at, event.kind, event.router, event.call.verb, event.call.menu];
  if (event.kind === 'commit') return [event.at, event.kind, event.fate, event.writes.map(({ kind }) => kind)];
  return [event.at, event.kind];
};

test.skipIf(ONLY !== undefined || BRIEF)('a seed is the same run every time', async () => {
  for (const seed of [3, 17, 99, 415]) {
    const [one, two] = [await runSeed(seed), await runSeed(seed)];
    expect(two.trace.events.map(shape)).toEqual(one.trace.events.map(shape));
    expect(two.states).toEqual(one.states);
  }
});
