/**
 * The candidate most like a mistyped name, or undefined when none is like it. Case, dashes, dots and underscores do not
 * count, so that `data_dir` finds `dataDir`.
 *
 * @example nearest('pol.intervalSeconds', ['poll.intervalSeconds', 'logLevel']); // 'poll.intervalSeconds'
 */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = plain(name);
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      distance: Math.min(distance(wanted, plain(candidate)), distance(wanted, plain(lastPart(candidate)))),
    }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, Math.floor(wanted.length / 3)) ? best.candidate : undefined;
}

const plain = (name: string): string =>
  name
    .slice(0, 80)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Levenshtein's distance: how many letters to put in, take out or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
