/** Answers of about one confidence: how sure they were and how many of them were right. */
interface ConfidenceBin {
  readonly clips: number;
  /** Sum of their confidences. */
  readonly confidence: number;
  readonly right: number;
}

/** Of equal width, from confidence 0 to 1. */
export type Reliability = readonly ConfidenceBin[];

/** An answer's probability, and whether it was the right one. */
export interface Answer {
  readonly confidence: number;
  readonly isRight: boolean;
}

export function reliabilityOf(answers: readonly Answer[], bins = 15): Reliability {
  const counted = Array.from({ length: bins }, () => ({ clips: 0, confidence: 0, right: 0 }));
  for (const { confidence, isRight } of answers) {
    const bin = counted[Math.min(bins - 1, Math.floor(confidence * bins))];
    if (bin === undefined) throw new RangeError(`${confidence} is no probability`);
    bin.clips += 1;
    bin.confidence += confidence;
    if (isRight) bin.right += 1;
  }
  return counted;
}

/** Of all answers together, which are more than those of any part. */
export function poolReliability(parts: readonly Reliability[]): Reliability {
  const [first, ...others] = parts;
  return others.reduce<Reliability>(
    (sum, part) =>
      sum.map((bin, index) => ({
        clips: bin.clips + (part[index]?.clips ?? 0),
        confidence: bin.confidence + (part[index]?.confidence ?? 0),
        right: bin.right + (part[index]?.right ?? 0),
      })),
    first ?? [],
  );
}

/**
 * Expected calibration error (Naeini et al. 2015): how far confidence is from accuracy, over the bins,
 * weighted by the clips in them. Chance alone keeps bins of few clips from being even, so folds are pooled
 * before this is taken, never averaged after it: 240 clips of a perfectly calibrated model give about 0.08, 1200 give 0.03.
 */
export function calibrationError(reliability: Reliability): number {
  const clips = reliability.reduce((sum, bin) => sum + bin.clips, 0);
  const gaps = reliability.reduce(
    (sum, { confidence, right }) => sum + Math.abs(confidence - right),
    0,
  );
  return gaps / Math.max(1, clips);
}
