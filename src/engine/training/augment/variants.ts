import { z } from 'zod';
import type { Span } from '#shared/domain/time.ts';
import { createRandom } from '../random.ts';
import { addNoise, type Noise } from './noise.ts';
import { changeSpeed } from './speed.ts';

const range = z.tuple([z.number(), z.number()]).readonly();

/**
 * What is done to waveforms. It is done once, to a fixed number of variants of each clip whose features
 * are kept on disk, so that epochs stay cheap.
 */
export const variantRecipe = z.strictObject({
  /** Of each clip, beside the clip itself. */
  count: z.number().int().nonnegative(),
  /** Slowest and fastest speed. */
  speed: range,
  /** Share of the variants that are noisy. */
  noisy: z.number().min(0).max(1),
  /** Speech over noise in dB, loudest and softest noise. */
  snr: range,
});
export type VariantRecipe = Readonly<z.infer<typeof variantRecipe>>;

/** One way to change a clip; `noise` is null where none is added. */
export interface Variant {
  readonly speed: number;
  readonly noise: Noise | null;
}

export const asRecorded: Variant = { speed: 1, noise: null };

/**
 * The variants of a speaker, the recordings themselves first. All clips of a speaker change alike: each
 * variant is a speaker of its own in a room of their own, with statistics that fit together.
 */
export function planVariants(speaker: string, recipe: VariantRecipe): readonly Variant[] {
  const planned = Array.from({ length: recipe.count }, (_, index): Variant => {
    const random = createRandom('variant', speaker, index);
    const speed = Number(random.between(...recipe.speed).toFixed(3));
    const isNoisy = random.uniform() < recipe.noisy;
    const snr = Number(random.between(...recipe.snr).toFixed(1));
    const colour = Number(random.between(0, 0.95).toFixed(2));
    return { speed, noise: isNoisy ? { snr, colour } : null };
  });
  return [asRecorded, ...planned];
}

export interface Speech {
  /** Mono, 16 kHz. */
  readonly samples: Float32Array;
  /** Stretches of speech, in samples. */
  readonly spans: readonly Span[];
}

/** A clip changed as a variant says; the noise is the same whenever it is made. */
export function applyVariant({ samples, spans }: Speech, { speed, noise }: Variant): Speech {
  const changed = changeSpeed(samples, speed);
  const scaled = spans.map(({ start, end }) => ({
    start: Math.round(start / speed),
    end: Math.min(changed.length, Math.round(end / speed)),
  }));
  if (noise === null) return { samples: changed, spans: scaled };
  const random = createRandom('noise', changed.length, speed);
  return { samples: addNoise(changed, scaled, noise, random), spans: scaled };
}
