import { createHash } from 'node:crypto';
import type { VoiceActivity } from '#engine/audio/voice-activity.ts';
import { featureNames } from '#engine/features/layout.ts';
import type { NetworkConfig } from '#engine/model/network-config.ts';
import { planVariants } from './augment/variants.ts';
import type { Corpus } from './corpora/clip.ts';
import { ravdessLabels } from './corpora/ravdess.ts';
import { loadSamples, type Sample } from './dataset.ts';
import type { Recipe } from './recipe.ts';

export interface TrainingTools {
  readonly voiceActivity: VoiceActivity;
  /** Where features are kept; all in it can be made again. */
  readonly cacheFolder: string;
  readonly signal?: AbortSignal | undefined;
}

export interface TrainingData {
  readonly samples: readonly Sample[];
  /** In the order of the network's outputs. */
  readonly labels: readonly string[];
  /** As {@link hashData}. */
  readonly hash: string;
}

/** The clips of one or more corpora with their variants. */
export async function loadTrainingData(
  corpora: readonly Corpus[],
  recipe: Recipe,
  { voiceActivity, cacheFolder, signal }: TrainingTools,
  onProgress?: (done: number, of: number) => void,
): Promise<TrainingData> {
  const samples = await loadSamples(
    corpora.flatMap(({ clips }) => clips),
    {
      settings: recipe.features,
      voiceActivity,
      cacheFolder,
      variantsOf: (speaker) => planVariants(speaker, recipe.variants),
      ...(onProgress && { onProgress }),
      signal,
    },
  );
  return { samples, labels: orderLabels(samples), hash: hashData(samples) };
}

export function networkFor(recipe: Recipe, labels: readonly string[]): NetworkConfig {
  return {
    ...recipe.network,
    inputFeatures: featureNames(recipe.features).length,
    outputs: labels.length,
  };
}

/** RAVDESS's labels in its order, then others by name. */
function orderLabels(samples: readonly Sample[]): readonly string[] {
  const present = new Set(samples.map(({ label }) => label));
  const known = ravdessLabels.filter((label) => present.delete(label));
  return [...known, ...[...present].sort()];
}

/** SHA-256 over sounds, labels and speakers, whatever their files are called. */
export function hashData(
  samples: readonly Pick<Sample, 'soundHash' | 'label' | 'speaker'>[],
): string {
  const lines = samples.map(({ soundHash, label, speaker }) => `${soundHash} ${label} ${speaker}`);
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}
