import { describe, expect, it } from 'vitest';
import { bootstrapUar, score, type Judgement } from '#engine/training/metrics.ts';
import { createRandom } from '#engine/training/random.ts';

const judged = (truth: number, probabilities: readonly number[], speaker = 'a'): Judgement => ({
  truth,
  speaker,
  probabilities: Float32Array.from(probabilities),
});

describe('scores', () => {
  it('weigh every label alike in the UAR, and every clip alike in the accuracy', () => {
    const scores = score(
      [
        ...[1, 2, 3].map(() => judged(0, [0.9, 0.1, 0])),
        judged(1, [0.8, 0.2, 0]),
        judged(1, [0.3, 0.7, 0]),
      ],
      3,
    );

    expect(scores.accuracy).toBeCloseTo(4 / 5);
    expect(scores.uar).toBeCloseTo((1 + 0.5) / 2);
    expect(scores.recall).toEqual([1, 0.5, null]);
    expect(scores.confusion).toEqual([
      [3, 0, 0, 0],
      [1, 1, 0, 0],
      [0, 0, 0, 0],
    ]);
  });

  it('count a clip in which no speech was heard as wrong', () => {
    const unheard = { truth: 0, speaker: 'a', probabilities: null };
    const scores = score([judged(0, [0.9, 0.1]), unheard], 2);

    expect(scores).toMatchObject({ clips: 2, accuracy: 0.5, uar: 0.5, recall: [0.5, null] });
    expect(scores.confusion).toEqual([
      [1, 0, 1],
      [0, 0, 0],
    ]);
    expect(scores.reliability.reduce((sum, { clips }) => sum + clips, 0)).toBe(1);
  });

  it('have an interval that holds the UAR and that more speakers narrow', () => {
    const width = (speakers: number): number => {
      const random = createRandom('speakers', speakers);
      const judgements = Array.from({ length: speakers * 20 }, (_, index) => {
        const skill = 0.4 + 0.4 * ((index % speakers) / speakers);
        const right = random.uniform() < skill;
        const truth = random.below(2);
        return judged(truth, truth === (right ? 0 : 1) ? [1, 0] : [0, 1], String(index % speakers));
      });
      const { uar, speakers: bySpeaker } = score(judgements, 2);
      const [low, high] = bootstrapUar(bySpeaker, 2);
      expect(low).toBeLessThanOrEqual(uar);
      expect(high).toBeGreaterThanOrEqual(uar);
      return high - low;
    };

    expect(width(50)).toBeLessThan(width(4));
  });

  it('of nothing are zero, not NaN', () => {
    expect(score([], 2)).toMatchObject({ clips: 0, uar: 0, accuracy: 0, ece: 0 });
  });
});
