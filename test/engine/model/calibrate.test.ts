import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitTemperature, negativeLogLikelihood, softmax } from '#engine/model/calibrate.ts';

const rows = fc.float32Array({
  minLength: 2,
  maxLength: 8,
  min: -50,
  max: 50,
  noNaN: true,
});
const temperatures = fc.double({ min: 0.1, max: 10, noNaN: true });

describe('softmax', () => {
  it('gives probabilities in the order of the logits, whatever the temperature', () => {
    fc.assert(
      fc.property(rows, temperatures, (logits, temperature) => {
        const probabilities = softmax(logits, temperature);
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
        const highest = probabilities[logits.indexOf(Math.max(...logits))];
        expect(highest).toBe(Math.max(...probabilities));
      }),
    );
  });

  it('does not overflow', () => {
    expect([...softmax(Float32Array.of(1000, 0))]).toEqual([1, 0]);
  });

  it('is known for known logits', () => {
    const [first, second] = softmax(Float32Array.of(Math.log(3), 0));
    expect(first).toBeCloseTo(0.75, 6);
    expect(second).toBeCloseTo(0.25, 6);
    expect(softmax(Float32Array.of(2 * Math.log(3), 0), 2)[0]).toBeCloseTo(0.75, 6);
  });
});

describe('fitTemperature', () => {
  /** Logits right with the probability that they claim at temperature 1, then made `times` as sure. */
  const overconfident = (times: number): { logits: Float32Array[]; labels: number[] } => {
    const logits = [];
    const labels = [];
    for (let share = 1; share < 20; share++) {
      for (let example = 0; example < 20; example++) {
        const logit = Math.log(share / (20 - share));
        logits.push(Float32Array.of(times * logit, 0));
        labels.push(example < share ? 0 : 1);
      }
    }
    return { logits, labels };
  };

  it.each([0.25, 1, 2.5, 8])('finds that logits were made %s times as sure', (times) => {
    expect(fitTemperature(overconfident(times))).toBeCloseTo(times, 2);
  });

  it('never does worse than no temperature, nor than any other', () => {
    const examples = fc.array(
      fc.record({
        logits: fc.float32Array({ minLength: 3, maxLength: 3, min: -9, max: 9, noNaN: true }),
        label: fc.integer({ min: 0, max: 2 }),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(examples, temperatures, (all, other) => {
        const heldOut = {
          logits: all.map(({ logits }) => logits),
          labels: all.map(({ label }) => label),
        };
        const best = negativeLogLikelihood(heldOut, fitTemperature(heldOut));
        expect(best).toBeLessThanOrEqual(negativeLogLikelihood(heldOut, other) + 1e-6);
        expect(best).toBeLessThanOrEqual(negativeLogLikelihood(heldOut, 1) + 1e-6);
      }),
    );
  });

  it('refuses to be fitted on nothing', () => {
    expect(() => fitTemperature({ logits: [], labels: [] })).toThrow('examples');
  });
});
