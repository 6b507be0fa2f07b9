import { afterAll, expect, test } from 'vitest';
import { type Result, runSeed } from './scenario.ts';
import seeds from './seeds.json' with { type: 'json' };
import { type Event, traceText } from './trace.ts';
import { forgetKeys } from './world.ts';

afterAll(forgetKeys);

const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';
/** Under mutation it runs once for each mutant: a few seeds, and no second one after a violation. */
const BRIEF = process.env['ROUTEROS_MCP_TEST_BRIEF'] === '1';
const COUNT = LONG ? 10_000 : BRIEF ? 40 : 1_000;
/** `SEED=4711 npx vitest run test/simulation` runs this one alone and prints what happened. */
const ONLY = process.env['SEED'];

const told = ({ seed, violations }: Result): readonly string[] =>
  violations.map(({ law, seq, what }) => `SEED=${seed} ${law} at step ${seq}: ${what}`);

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
    const problems: string[] = [];
    const ends = new Map<string, number>();
    for (let seed = 1; seed <= COUNT; seed += 1) {
      const result = await runSeed(seed);
      problems.push(...told(result));
      if (BRIEF && problems.length > 0) break;
      for (const state of result.states) ends.set(state, (ends.get(state) ?? 0) + 1);
    }
    expect({ number: problems.length, first: problems.slice(0, 20) }).toEqual({ number: 0, first: [] });
    if (BRIEF) return;
    // A run in which nothing happens finds nothing: every end must be reached, and often.
    for (const state of ['completed', 'rolled-back', 'failed', 'stale']) expect(ends.get(state) ?? 0, state).toBeGreaterThan(COUNT / 50);
    // This one is what all the rest is against.
    expect(ends.get('stuck') ?? 0).toBeGreaterThan(COUNT / 100);
  },
  LONG ? 10_800_000 : 1_200_000,
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
