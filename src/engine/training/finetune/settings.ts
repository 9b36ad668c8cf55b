import type { FeatureSettings } from '#engine/features/settings.ts';
import type { FitTask } from '../fit.ts';

type FitRecipe = FitTask['recipe'];

/**
 * How a model is retrained: gently, from where it stands, on as many rehearsed clips as corrections, with
 * nothing mixed, since a person's few examples should be heard as they are. docs/RESULTS.md has what this
 * gives and what else was tried.
 */
export function retrainingRecipe(features: FeatureSettings, examples: number): FitRecipe {
  return {
    features,
    examples: {
      scopes: ['clip', 'speaker'],
      cropped: 0.3,
      cropSeconds: [1, 2.5],
      levelJitter: 2,
      masks: { timeMasks: 1, timeShare: 0.1, bandMasks: 1, bandShare: 0.1 },
      mixup: 0,
    },
    optimiser: {
      learningRate: 1e-3,
      warmup: 0.1,
      weightDecay: 0,
      gradientNorm: 5,
      averaging: 0.95,
    },
    epochs: Math.max(leastEpochs, Math.ceil((leastSteps * batch) / examples)),
    batch,
    labelSmoothing: 0.05,
  };
}

const batch = 24;
const leastEpochs = 10;
/** A handful of corrections gives few steps an epoch. */
const leastSteps = 100;
