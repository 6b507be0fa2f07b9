import { expect } from 'vitest';
import type { Result } from './scenario.ts';

export const LONG = process.env['ROUTEROS_MCP_TEST_LONG'] === '1';
/** Under mutation it runs once for each mutant: a few seeds, and no second one after a violation. */
export const BRIEF = process.env['ROUTEROS_MCP_TEST_BRIEF'] === '1';
/** All of it takes as long as it takes. */
export const PATIENCE = LONG ? 10_800_000 : 1_200_000;

export const told = ({ seed, violations }: Result): readonly string[] =>
  violations.map(({ law, seq, what }) => `SEED=${seed} ${law} at step ${seq}: ${what}`);

/** Seeds from 1 on, none of which may break a law. @returns how often each end was reached */
export async function sweep(count: number, run: (seed: number) => Promise<Result>): Promise<ReadonlyMap<string, number>> {
  const problems: string[] = [];
  const ends = new Map<string, number>();
  for (let seed = 1; seed <= count; seed += 1) {
    const result = await run(seed);
    problems.push(...told(result));
    if (BRIEF && problems.length > 0) break;
    for (const state of result.states) ends.set(state, (ends.get(state) ?? 0) + 1);
  }
  expect({ number: problems.length, first: problems.slice(0, 20) }).toEqual({ number: 0, first: [] });
  return ends;
}
