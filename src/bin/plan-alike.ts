/** What is alike for several routers, said once with all their names: in the order in which each was first met. */
export function alike<Item>(items: readonly Item[], key: (item: Item) => string): readonly (readonly [Item, ...Item[]])[] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}

/** A sentence for each router, said once where it is the same; with names where it is not the same for all. */
export const saidOnce = <Item extends { readonly deviceName: string }>(
  items: readonly Item[],
  say: (item: Item) => string,
): readonly string[] => {
  const groups = alike(items, say);
  return groups.map((group) => (groups.length === 1 ? say(group[0]) : `${namesOf(group)}: ${say(group[0])}`));
};

export const namesOf = (items: readonly { readonly deviceName: string }[]): string => items.map(({ deviceName }) => deviceName).join(', ');
