/** A score, and whether it belongs to those that should score higher. */
export interface Scored {
  score: number;
  positive: boolean;
}

/** Area under the ROC curve: how often a positive scores above a negative, ties half (Mann & Whitney 1947). */
export function auc(items: readonly Scored[]): number {
  const sorted = [...items].sort((a, b) => a.score - b.score);
  let positives = 0;
  let ranks = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) {
      to += 1;
    }
    const tied = sorted.slice(from, to).filter(({ positive }) => positive).length;
    positives += tied;
    ranks += (tied * (from + to + 1)) / 2;
    from = to;
  }
  const negatives = items.length - positives;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}
