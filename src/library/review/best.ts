/** Keeps the best of what it is offered, whose number it need not know beforehand. */
export interface Best<T> {
  readonly offer: (item: T) => void;
  /** Best first. */
  readonly take: () => readonly T[];
}

/** @param compare as for sorting: the best first */
export function keepBest<T>(count: number, compare: (one: T, other: T) => number): Best<T> {
  let kept: T[] = [];
  const cut = (): void => {
    kept = kept.sort(compare).slice(0, count);
  };
  return {
    offer: (item) => {
      kept.push(item);
      // Seldom enough that sorting costs nothing, and soon enough that little is kept in vain.
      if (kept.length > 4 * count + 100) cut();
    },
    take: () => {
      cut();
      return kept;
    },
  };
}
