import type { FeatureSettings } from '#engine/features/settings.ts';
import type { NetworkConfig } from '#engine/model/network-config.ts';
import type { Network, Weight } from '#engine/model/network.ts';
import { isHeard, type Sample } from '../dataset.ts';
import { fitNetwork, type FitProgress } from '../fit.ts';
import { createRandom } from '../random.ts';
import { retrainingRecipe } from './settings.ts';

export interface Lesson {
  readonly config: NetworkConfig;
  readonly start: readonly Weight[];
  readonly labels: readonly string[];
  readonly features: FeatureSettings;
  readonly seed: number;
  /** Clips that the model knows, to be rehearsed among the corrections. */
  readonly rehearsal: readonly Sample[];
  readonly onProgress?: ((progress: FitProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A network that goes on from `start` with corrections, half of what it hears being corrections and half
 * rehearsed clips; for the caller to dispose of.
 * @throws the signal's reason
 */
export function learn(lesson: Lesson, corrections: readonly Sample[]): Promise<Network> {
  const { config, features, labels, seed, start, onProgress, signal } = lesson;
  const train = mixLesson(corrections.filter(isHeard), lesson);
  const recipe = retrainingRecipe(features, train.length);
  const task = { train, validation: [], labels, recipe, seed, start, onProgress, signal };
  return fitNetwork(config, task);
}

/** Corrections repeated, or rehearsed clips drawn, until there are about as many of both. */
function mixLesson(corrections: readonly Sample[], { rehearsal, seed }: Lesson): readonly Sample[] {
  if (rehearsal.length === 0) return corrections;
  const half = Math.max(corrections.length, Math.min(rehearsal.length, leastRehearsed));
  const rehearsed = createRandom(seed, 'rehearsal').shuffled(rehearsal).slice(0, half);
  const repeated = Array.from(
    { length: Math.round(rehearsed.length / corrections.length) },
    () => corrections,
  );
  return [...(repeated.length > 0 ? repeated.flat() : corrections), ...rehearsed];
}

const leastRehearsed = 96;
