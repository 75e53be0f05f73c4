/** Orders by turns: everyone's first item comes before anyone's second, so that a long list delays nobody else's. */
export function inTurns<Item>(items: readonly Item[], ownerOf: (item: Item) => string): Item[] {
  const counts = new Map<string, number>();
  const ranked = items.map((item) => {
    const rank = counts.get(ownerOf(item)) ?? 0;
    counts.set(ownerOf(item), rank + 1);
    return { item, rank };
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ item }) => item);
}
