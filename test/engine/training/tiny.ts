import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVoiceActivity } from '#engine/audio/voice-activity.ts';
import { defaultRecipe, type Recipe } from '#engine/training/recipe.ts';
import type { TrainingTools } from '#engine/training/training-data.ts';

/** Small and quick, and still with everything that the default recipe does - by one member, for two do the same. */
export const tinyRecipe: Recipe = {
  ...defaultRecipe,
  features: { ...defaultRecipe.features, spectrum: { kind: 'log-mel', bands: 12 } },
  variants: { ...defaultRecipe.variants, count: 1 },
  network: { ...defaultRecipe.network, units: [8, 8], members: 1, dropout: 0.2 },
  optimiser: { ...defaultRecipe.optimiser, learningRate: 0.02 },
  epochs: 4,
  batch: 4,
};

/** With a cache of its own. */
export async function tinyTools(): Promise<TrainingTools> {
  return {
    voiceActivity: await createVoiceActivity(),
    cacheFolder: await mkdtemp(join(tmpdir(), 'features-')),
  };
}
