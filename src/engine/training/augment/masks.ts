import { z } from 'zod';
import { rowsOf, type Matrix } from '#engine/features/matrix.ts';
import type { Random } from '../random.ts';

/** Spectral augmentation (Park et al. 2019, SpecAugment) without its time warping. */
export const maskRecipe = z.strictObject({
  timeMasks: z.number().int().nonnegative(),
  /** Longest time mask, as a share of the clip. */
  timeShare: z.number().min(0).max(1),
  bandMasks: z.number().int().nonnegative(),
  /** Widest band mask, as a share of the bands. */
  bandShare: z.number().min(0).max(1),
});
export type MaskRecipe = Readonly<z.infer<typeof maskRecipe>>;

/** Where the spectral columns stand in a row; derivatives repeat the whole block. */
export interface ColumnBlocks {
  readonly spectral: number;
  /** Static columns: spectral and further ones. */
  readonly block: number;
}

/**
 * Normalised features with random stretches of time and of bands put to 0, their mean. A band is hidden
 * in its derivatives too.
 */
export function maskFeatures(
  features: Matrix,
  recipe: MaskRecipe,
  { spectral, block }: ColumnBlocks,
  random: Random,
): Matrix {
  const { rows, columns } = features;
  const data = features.data.slice();
  for (let mask = 0; mask < recipe.timeMasks; mask += 1) {
    const { start, end } = stretch(rows, recipe.timeShare, random);
    data.fill(0, start * columns, end * columns);
  }
  for (let mask = 0; mask < recipe.bandMasks; mask += 1) {
    const { start, end } = stretch(spectral, recipe.bandShare, random);
    for (let at = 0; at < data.length; at += block) data.fill(0, at + start, at + end);
  }
  return rowsOf(data, columns);
}

function stretch(length: number, share: number, random: Random): { start: number; end: number } {
  const width = Math.floor(random.uniform() * (share * length + 1));
  const start = random.below(length - width + 1);
  return { start, end: start + width };
}
