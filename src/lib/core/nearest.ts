/**
 * The candidate most like a mistyped word, or undefined when none is like it. Case, dashes, dots and underscores do not count, and of
 * a dotted candidate the last part is enough.
 *
 * @param leeway how many letters may be wrong at least; a third of the word is always allowed
 * @example nearest('pol.intervalSeconds', ['poll.intervalSeconds', 'logLevel']); // 'poll.intervalSeconds'
 */
export function nearest(word: string, candidates: readonly string[], leeway = 1): string | undefined {
  const wanted = plain(word);
  let best: { readonly candidate: string; readonly steps: number } | undefined;
  for (const candidate of candidates) {
    const last = candidate.slice(candidate.lastIndexOf('.') + 1);
    const steps = Math.min(distance(wanted, plain(candidate)), distance(wanted, plain(last)));
    if (!best || steps < best.steps) best = { candidate, steps };
  }
  return best && best.steps <= Math.max(leeway, Math.floor(wanted.length / 3)) ? best.candidate : undefined;
}

/**
 * The candidates that share a word with what was written, and the one it was probably meant to be first.
 *
 * @param most how many at most
 * @example alike('dns-server', ['dns', 'dns-static', 'ip-address'], 5); // ['dns', 'dns-static']
 */
export function alike(written: string, candidates: readonly string[], most: number): readonly string[] {
  const words = written
    .slice(0, 80)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1);
  const meant = nearest(written, candidates);
  const sharing = candidates
    .map((candidate) => ({ candidate, shared: words.filter((word) => candidate.toLowerCase().includes(word)).length }))
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared)
    .map(({ candidate }) => candidate);
  return [...new Set([...(meant === undefined ? [] : [meant]), ...sharing])].slice(0, most);
}

/** Case and punctuation are not what people mistype. Long text is cut: it is no word of ours anyway. */
const plain = (word: string): string =>
  word
    .slice(0, 40)
    .toLowerCase()
    .replaceAll(/[-_.\s]/g, '');

/** Letters to put in, take out, change, or swap with their neighbour. */
function distance(a: string, b: string): number {
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (above[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same, swapped));
    }
    above = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
