import { groupBy } from './group-by.ts';
import { createRandom } from './random.ts';

/** What a model said about one clip; indices into the labels. */
export interface Judgement {
  readonly truth: number;
  readonly speaker: string;
  /** Calibrated, one for each label. */
  readonly probabilities: Float32Array;
}

export interface Scores {
  readonly clips: number;
  /** Unweighted average recall over the labels that occur. */
  readonly uar: number;
  /** 95 % interval of the UAR for other speakers of the same kind. */
  readonly uarInterval: readonly [low: number, high: number];
  readonly accuracy: number;
  /** Expected calibration error of the likeliest label. */
  readonly ece: number;
  /** By label; null where it does not occur. */
  readonly recall: readonly (number | null)[];
  /** `confusion[truth][answer]` in clips. */
  readonly confusion: readonly (readonly number[])[];
}

export function score(judgements: readonly Judgement[], labelCount: number): Scores {
  const confusion = confusionOf(judgements, labelCount);
  const right = confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
  return {
    clips: judgements.length,
    uar: meanRecall(confusion),
    uarInterval: bootstrapUar(judgements, labelCount),
    accuracy: right / Math.max(1, judgements.length),
    ece: calibrationError(judgements),
    recall: recalls(confusion),
    confusion,
  };
}

/** Unweighted average recall over the labels that occur; 0 where there is nothing. */
export function uarOf(judgements: readonly Judgement[], labelCount: number): number {
  return meanRecall(confusionOf(judgements, labelCount));
}

/** Index of the largest value, the first of equals. */
export function argMax(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);
}

function confusionOf(judgements: readonly Judgement[], labelCount: number): number[][] {
  const confusion = Array.from({ length: labelCount }, () => new Array<number>(labelCount).fill(0));
  for (const { truth, probabilities } of judgements) {
    const row = confusion[truth];
    const answer = argMax(probabilities);
    if (row !== undefined) row[answer] = (row[answer] ?? 0) + 1;
  }
  return confusion;
}

function recalls(confusion: readonly (readonly number[])[]): readonly (number | null)[] {
  return confusion.map((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return total === 0 ? null : (row[label] ?? 0) / total;
  });
}

function meanRecall(confusion: readonly (readonly number[])[]): number {
  const present = recalls(confusion).filter((recall) => recall !== null);
  return present.reduce((sum, recall) => sum + recall, 0) / Math.max(1, present.length);
}

/**
 * Expected calibration error (Guo et al. 2017): how far confidence is from accuracy, over equal bins of
 * confidence, weighted by the clips in them.
 */
export function calibrationError(judgements: readonly Judgement[], bins = 15): number {
  const gaps = new Float64Array(bins);
  for (const { truth, probabilities } of judgements) {
    const answer = argMax(probabilities);
    const confidence = probabilities[answer] ?? 0;
    const bin = Math.min(bins - 1, Math.floor(confidence * bins));
    gaps[bin] = (gaps[bin] ?? 0) + confidence - (answer === truth ? 1 : 0);
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / Math.max(1, judgements.length);
}

/**
 * Bootstrap over speakers (not clips: those of one speaker stand or fall together), percentile method.
 * Seeded, so that the same judgements always give the same interval.
 */
function bootstrapUar(
  judgements: readonly Judgement[],
  labelCount: number,
  rounds = 1000,
): readonly [number, number] {
  const confusions = [...groupBy(judgements, ({ speaker }) => speaker).values()].map((own) =>
    confusionOf(own, labelCount),
  );
  const random = createRandom('bootstrap', judgements.length);
  const drawn = Array.from({ length: rounds }, () => {
    const sum = Array.from({ length: labelCount }, () => new Array<number>(labelCount).fill(0));
    for (const drawnConfusion of confusions.map((_, __, all) => all[random.below(all.length)])) {
      addTo(sum, drawnConfusion ?? []);
    }
    return meanRecall(sum);
  }).sort((a, b) => a - b);
  return [drawn[Math.floor(rounds * 0.025)] ?? 0, drawn[Math.floor(rounds * 0.975)] ?? 0];
}

function addTo(sum: number[][], confusion: readonly (readonly number[])[]): void {
  for (const [truth, row] of sum.entries()) {
    for (const answer of row.keys()) {
      row[answer] = (row[answer] ?? 0) + (confusion[truth]?.[answer] ?? 0);
    }
  }
}
