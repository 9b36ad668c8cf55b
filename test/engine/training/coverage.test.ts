import { describe, expect, it } from 'vitest';
import { coverageOf } from '#engine/training/coverage.ts';
import { reliabilityOf } from '#engine/training/reliability.ts';

describe('coverage', () => {
  it('falls as more confidence is asked for, from all answers on', () => {
    const answers = [0.15, 0.35, 0.55, 0.75, 0.95].map((confidence) => ({
      confidence,
      isRight: confidence > 0.5,
    }));

    const curve = coverageOf(reliabilityOf(answers, 10));

    expect(curve[0]).toEqual({ threshold: 0, coverage: 1, accuracy: 0.6 });
    expect(curve[5]).toEqual({ threshold: 0.5, coverage: 0.6, accuracy: 1 });
    expect(curve.map(({ coverage }) => coverage)).toEqual(
      curve.map(({ coverage }) => coverage).toSorted((a, b) => b - a),
    );
  });

  it('says nothing of how right no answers are', () => {
    const curve = coverageOf(reliabilityOf([{ confidence: 0.2, isRight: true }], 10));

    expect(curve.at(-1)).toEqual({ threshold: 0.9, coverage: 0, accuracy: null });
    expect(coverageOf([])).toEqual([]);
  });
});
