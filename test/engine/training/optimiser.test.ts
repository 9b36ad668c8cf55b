import { describe, expect, it } from 'vitest';
import { learningRate, startOptimiser, stepOptimiser } from '#engine/training/optimiser.ts';

const recipe = {
  learningRate: 0.1,
  warmup: 0.1,
  weightDecay: 0,
  gradientNorm: 10,
  averaging: 0.9,
};

describe('the optimiser', () => {
  it('finds the minimum of a bowl, and its average does too', () => {
    const goal = [3, -2];
    let state = startOptimiser(Float32Array.of(0, 0));
    for (let step = 0; step < 300; step += 1) {
      const gradient = state.weights.map((weight, index) => 2 * (weight - (goal[index] ?? 0)));
      state = stepOptimiser(state, gradient, recipe, 300);
    }

    goal.forEach((value, index) => {
      expect(state.weights[index]).toBeCloseTo(value, 2);
      expect(state.averaged[index]).toBeCloseTo(value, 2);
    });
  });

  it('is not thrown off by one enormous gradient', () => {
    const start = startOptimiser(Float32Array.of(0, 0));
    const small = { ...recipe, gradientNorm: 1 };
    const clipped = stepOptimiser(start, Float32Array.of(3e8, 4e8), small, 100);

    expect(clipped.first[0]).toBeCloseTo(0.1 * 0.6);
    expect(clipped.first[1]).toBeCloseTo(0.1 * 0.8);
  });

  it('warms up in a line and falls to nothing', () => {
    const rates = Array.from({ length: 100 }, (_, step) => learningRate(recipe, step, 100));

    expect(rates[0]).toBeCloseTo(0.01);
    expect(rates[9]).toBeCloseTo(0.1);
    expect(Math.max(...rates)).toBeCloseTo(0.1);
    expect(rates[99]).toBeLessThan(0.001);
  });

  it('decays weights that nothing pulls at', () => {
    const start = startOptimiser(Float32Array.of(1));
    const decayed = stepOptimiser(start, Float32Array.of(0), { ...recipe, weightDecay: 0.1 }, 1);

    expect(decayed.weights[0]).toBeCloseTo(1 - 0.1 * 0.1);
  });
});
