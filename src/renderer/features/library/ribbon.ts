/** A stretch of equal labels in a recording's thumbnail. */
export interface RibbonRun {
  readonly label: string;
  readonly start: number;
  readonly length: number;
}

/** Joins equal neighbours, so that a thumbnail is a handful of shapes and shows no seams. */
export function ribbonRuns(labels: readonly string[]): readonly RibbonRun[] {
  const runs: { label: string; start: number; length: number }[] = [];
  for (const [index, label] of labels.entries()) {
    const last = runs.at(-1);
    if (last?.label === label) last.length += 1;
    else runs.push({ label, start: index, length: 1 });
  }
  return runs;
}
