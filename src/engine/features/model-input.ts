import { appendDeltas, type RowRange } from './deltas.ts';
import type { Matrix } from './matrix.ts';
import { normalise } from './normalise.ts';
import type { Profile } from './profile.ts';
import type { FeatureSettings } from './settings.ts';
import { shapeFeatures } from './shape.ts';

/**
 * What a model sees of a stretch of raw features: `[rows, featureNames(settings).length]`. Training and
 * every kind of analysis go through here. For a block of a long recording see `appendDeltas` on `range`.
 */
export function modelInput(
  settings: FeatureSettings,
  raw: Matrix,
  { level, statistics }: Profile,
  range?: RowRange,
): Matrix {
  const features = shapeFeatures(settings, raw, level);
  return appendDeltas(normalise(settings, features, statistics), settings.deltas, range);
}
