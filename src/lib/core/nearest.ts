/** The candidate most like a mistyped word, or undefined when none is like it. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = plain(word);
  let best: { readonly candidate: string; readonly steps: number } | undefined;
  for (const candidate of candidates) {
    const steps = distance(wanted, plain(candidate));
    if (!best || steps < best.steps) best = { candidate, steps };
  }
  return best && best.steps <= Math.max(1, Math.floor(wanted.length / 3)) ? best.candidate : undefined;
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
