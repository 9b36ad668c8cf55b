import { z } from 'zod';
import { defaultFeatureSettings } from '#engine/features/settings.ts';
import { networkConfig } from '#engine/model/network-config.ts';
import { variantRecipe } from './augment/variants.ts';
import { fitRecipe } from './fit.ts';

/** Everything that decides what a training gives, beside its data and its seed. */
export const recipe = fitRecipe.extend({
  variants: variantRecipe,
  /** The network without its ends, which follow from the features and the labels. */
  network: z.strictObject(networkConfig.shape).omit({ inputFeatures: true, outputs: true }),
});
export type Recipe = Readonly<z.infer<typeof recipe>>;

/** What the shipped model is trained with. Changed only for what docs/RESULTS.md shows to be better. */
export const defaultRecipe: Recipe = {
  // Pitch tells some emotions apart that a spectrum does not; 40 ms a step halves the work and loses nothing.
  features: { ...defaultFeatureSettings, pitch: true, stride: 4 },
  variants: { count: 4, speed: [0.85, 1.18], noisy: 0.3, snr: [8, 30] },
  examples: {
    scopes: ['clip', 'speaker'],
    cropped: 0.3,
    cropSeconds: [1, 2.5],
    levelJitter: 2,
    masks: { timeMasks: 2, timeShare: 0.15, bandMasks: 2, bandShare: 0.15 },
    mixup: 0.3,
  },
  network: {
    units: [64, 64],
    bidirectional: true,
    residual: false,
    // Two networks of this shape, whose mean is right more often than either.
    members: 2,
    pooling: 'statistics',
    hidden: 0,
    dropout: 0.5,
  },
  optimiser: {
    learningRate: 3e-3,
    warmup: 0.1,
    weightDecay: 1e-3,
    gradientNorm: 5,
    averaging: 0.99,
  },
  epochs: 60,
  batch: 24,
  labelSmoothing: 0.1,
};
