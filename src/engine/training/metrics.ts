import { groupBy } from './group-by.ts';
import { createRandom } from './random.ts';
import { calibrationError, reliabilityOf, type Answer, type Reliability } from './reliability.ts';

/** What a model said about one clip. */
export interface Judgement {
  /** Index of the right label. */
  readonly truth: number;
  readonly speaker: string;
  /** Calibrated, one for each label; null where no speech was heard, which is wrong whatever is right. */
  readonly probabilities: Float32Array | null;
}

/** Clips by right label (row) and answer (column); the last column is "no speech". */
export type Confusion = readonly (readonly number[])[];

export interface SpeakerConfusion {
  readonly speaker: string;
  readonly confusion: Confusion;
}

export interface Scores {
  readonly clips: number;
  /** Unweighted average recall over the labels that occur. */
  readonly uar: number;
  readonly accuracy: number;
  /** Expected calibration error of the likeliest label. */
  readonly ece: number;
  /** Of the clips that have an answer; of the others there is no confidence. */
  readonly reliability: Reliability;
  /** By label; null where it does not occur. */
  readonly recall: readonly (number | null)[];
  readonly confusion: Confusion;
  readonly speakers: readonly SpeakerConfusion[];
}

export function score(judgements: readonly Judgement[], labelCount: number): Scores {
  const confusion = confusionOf(judgements, labelCount);
  const reliability = reliabilityOf(answersOf(judgements));
  const speakers = [...groupBy(judgements, ({ speaker }) => speaker)].map(([speaker, own]) => ({
    speaker,
    confusion: confusionOf(own, labelCount),
  }));
  return {
    clips: judgements.length,
    uar: meanRecall(confusion),
    accuracy: accuracyOf(confusion),
    ece: calibrationError(reliability),
    reliability,
    recall: recalls(confusion),
    confusion,
    speakers,
  };
}

/** Index of the largest value, the first of equals. */
function argMax(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);
}

function confusionOf(judgements: readonly Judgement[], labelCount: number): Confusion {
  const confusion = emptyConfusion(labelCount);
  for (const { truth, probabilities } of judgements) {
    const row = confusion[truth];
    const answer = probabilities === null ? labelCount : argMax(probabilities);
    if (row !== undefined) row[answer] = (row[answer] ?? 0) + 1;
  }
  return confusion;
}

function emptyConfusion(labelCount: number): number[][] {
  return Array.from({ length: labelCount }, () => new Array<number>(labelCount + 1).fill(0));
}

export function addConfusions(confusions: readonly Confusion[], labelCount: number): Confusion {
  const sum = emptyConfusion(labelCount);
  for (const confusion of confusions) {
    for (const [truth, row] of sum.entries()) {
      for (const answer of row.keys()) {
        row[answer] = (row[answer] ?? 0) + (confusion[truth]?.[answer] ?? 0);
      }
    }
  }
  return sum;
}

function accuracyOf(confusion: Confusion): number {
  const right = confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
  return (
    right /
    Math.max(
      1,
      confusion.flat().reduce((sum, count) => sum + count, 0),
    )
  );
}

export function recalls(confusion: Confusion): readonly (number | null)[] {
  return confusion.map((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return total === 0 ? null : (row[label] ?? 0) / total;
  });
}

/** Unweighted average recall over the labels that occur; 0 where there is nothing. */
function meanRecall(confusion: Confusion): number {
  const present = recalls(confusion).filter((recall) => recall !== null);
  return present.reduce((sum, recall) => sum + recall, 0) / Math.max(1, present.length);
}

function answersOf(judgements: readonly Judgement[]): readonly Answer[] {
  return judgements.flatMap(({ truth, probabilities }): readonly Answer[] => {
    if (probabilities === null) return [];
    const answer = argMax(probabilities);
    return [{ confidence: probabilities[answer] ?? 0, isRight: answer === truth }];
  });
}

type Interval = readonly [low: number, high: number];

/** 95 % interval of the UAR for other speakers of the same kind. */
export function bootstrapUar(speakers: readonly SpeakerConfusion[], labelCount: number): Interval {
  return bootstrap(speakers, labelCount, meanRecall);
}

/** 95 % interval of the accuracy for other speakers of the same kind. */
export function bootstrapAccuracy(
  speakers: readonly SpeakerConfusion[],
  labelCount: number,
): Interval {
  return bootstrap(speakers, labelCount, accuracyOf);
}

/**
 * Bootstrap over speakers (not clips: those of one speaker stand or fall together), percentile method.
 * Seeded, so that it is always the same.
 */
function bootstrap(
  speakers: readonly SpeakerConfusion[],
  labelCount: number,
  measure: (confusion: Confusion) => number,
  rounds = 1000,
): Interval {
  const bySpeaker = [...groupBy(speakers, ({ speaker }) => speaker).values()].map((runs) =>
    addConfusions(
      runs.map(({ confusion }) => confusion),
      labelCount,
    ),
  );
  const random = createRandom('bootstrap', bySpeaker.length);
  const values = Array.from({ length: rounds }, () => {
    const drawn = bySpeaker.flatMap((): readonly Confusion[] => {
      const index = random.below(bySpeaker.length);
      return bySpeaker.slice(index, index + 1);
    });
    return measure(addConfusions(drawn, labelCount));
  }).sort((a, b) => a - b);
  return [values[Math.floor(rounds * 0.025)] ?? 0, values[Math.floor(rounds * 0.975)] ?? 0];
}
