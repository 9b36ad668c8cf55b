import type { Reliability } from './reliability.ts';

/** What is left, and how right it is, when answers less sure than `threshold` are called unsure. */
export interface CoveragePoint {
  readonly threshold: number;
  /** Share of all answers. */
  readonly coverage: number;
  /** Of the answers that are left; null where none are. */
  readonly accuracy: number | null;
}

/** The accuracy-coverage curve at the edges of the bins of confidence. */
export function coverageOf(reliability: Reliability): readonly CoveragePoint[] {
  const all = count(reliability);
  return reliability.map((_, index) => {
    const left = reliability.slice(index);
    const clips = count(left);
    const right = left.reduce((sum, bin) => sum + bin.right, 0);
    return {
      threshold: index / reliability.length,
      coverage: clips / Math.max(1, all),
      accuracy: clips === 0 ? null : right / clips,
    };
  });
}

function count(bins: Reliability): number {
  return bins.reduce((sum, { clips }) => sum + clips, 0);
}
