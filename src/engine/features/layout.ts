import { pitchColumns } from './pitch/columns.ts';
import type { FeatureSettings } from './settings.ts';

/**
 * Where things stand in a row of raw features: `[rms, mel bands, descriptors, pitch]`. The level is always
 * there, since everything else is seen relative to it.
 */
export interface RawLayout {
  readonly bandsAt: number;
  readonly descriptorsAt: number;
  readonly pitchAt: number;
  readonly columns: number;
}

export const levelAt = 0;

export function rawLayout(settings: FeatureSettings): RawLayout {
  const bandsAt = levelAt + 1;
  const descriptorsAt = bandsAt + settings.spectrum.bands;
  const pitchAt = descriptorsAt + settings.descriptors.length;
  const columns = pitchAt + (settings.pitch ? pitchColumns.length : 0);
  return { bandsAt, descriptorsAt, pitchAt, columns };
}

/** How many columns of a model's features are spectral: log mel bands or cepstral coefficients. */
export function spectralColumns({ spectrum }: FeatureSettings): number {
  return spectrum.kind === 'log-mel' ? spectrum.bands : spectrum.coefficients;
}

/** Names of what a model sees in a row, in order: static features first, then their derivatives. */
export function featureNames(settings: FeatureSettings): readonly string[] {
  const { kind } = settings.spectrum;
  const spectral = Array.from(
    { length: spectralColumns(settings) },
    (_, index) => `${kind} ${index}`,
  );
  const names = [...spectral, ...settings.descriptors, ...(settings.pitch ? pitchColumns : [])];
  const orders = ['', 'delta ', 'delta-delta '].slice(0, settings.deltas + 1);
  return orders.flatMap((order) => names.map((name) => order + name));
}
