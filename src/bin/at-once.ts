/** Works on all, so many at once, and answers in their order. `work` must not throw: a result is a value here. */
export async function atOnce<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const left = items.map((item, at) => ({ item, at }));
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) results.set(next.at, await work(next.item));
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return items.flatMap((_, at) => {
    const result = results.get(at);
    return result === undefined ? [] : [result];
  });
}
