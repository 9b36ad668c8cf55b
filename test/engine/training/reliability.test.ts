import { describe, expect, it } from 'vitest';
import { createRandom } from '#engine/training/random.ts';
import {
  calibrationError,
  poolReliability,
  reliabilityOf,
  type Answer,
} from '#engine/training/reliability.ts';

const sure = (right: readonly boolean[]): readonly Answer[] =>
  right.map((isRight) => ({ confidence: 0.8, isRight }));

describe('the calibration error', () => {
  it('is 0 where confidence is accuracy, and the gap where it is not', () => {
    const honest = sure([true, true, true, true, false]);
    const boastful = sure([true, true, false, false, false]);

    expect(calibrationError(reliabilityOf(honest))).toBeCloseTo(0);
    expect(calibrationError(reliabilityOf(boastful))).toBeCloseTo(0.4);
  });

  it('of nothing is 0', () => {
    expect(calibrationError(reliabilityOf([]))).toBe(0);
    expect(calibrationError(poolReliability([]))).toBe(0);
  });

  it('of an honest model comes nearer to 0 the more folds are pooled', () => {
    const random = createRandom('honest');
    const folds = Array.from({ length: 20 }, () =>
      reliabilityOf(
        Array.from({ length: 240 }, () => {
          const confidence = random.between(0.2, 1);
          return { confidence, isRight: random.uniform() < confidence };
        }),
      ),
    );
    const mean = folds.reduce((sum, fold) => sum + calibrationError(fold), 0) / folds.length;

    expect(calibrationError(poolReliability(folds))).toBeLessThan(mean / 2);
  });
});

describe('reliability', () => {
  it('counts an answer that is certain in the last bin', () => {
    const bins = reliabilityOf([{ confidence: 1, isRight: true }], 10);

    expect(bins[9]).toEqual({ clips: 1, confidence: 1, right: 1 });
  });
});
