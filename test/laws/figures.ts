import { afterAll } from 'vitest';

/** Counts what happened in a file of laws, and says it at the end: a law that nothing was measured by proves nothing. */
export function figures(title: string): { count(what: string): void; of(what: string): number } {
  const counts = new Map<string, number>();
  afterAll(() => console.log(`${title}: ${[...counts].map(([what, count]) => `${what} ${count}`).join(', ')}`));
  return {
    count: (what) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    of: (what) => counts.get(what) ?? 0,
  };
}
