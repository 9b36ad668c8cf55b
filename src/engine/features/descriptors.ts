import type { SpectralFrame } from './extractors/frame.ts';
import { loudness } from './extractors/loudness.ts';
import { perceptualSpread } from './extractors/perceptual-spread.ts';
import { rms } from './extractors/rms.ts';
import { spectralCentroid } from './extractors/spectral-centroid.ts';
import { spectralCrest } from './extractors/spectral-crest.ts';
import { spectralFlatness } from './extractors/spectral-flatness.ts';
import { spectralKurtosis } from './extractors/spectral-kurtosis.ts';
import { spectralRolloff } from './extractors/spectral-rolloff.ts';
import { spectralSkewness } from './extractors/spectral-skewness.ts';
import { spectralSpread } from './extractors/spectral-spread.ts';
import { zcr } from './extractors/zcr.ts';

export const descriptorNames = [
  'rms',
  'zcr',
  'loudness',
  'perceptualSpread',
  'spectralCentroid',
  'spectralSpread',
  'spectralSkewness',
  'spectralKurtosis',
  'spectralFlatness',
  'spectralCrest',
  'spectralRolloff',
] as const;
export type DescriptorName = (typeof descriptorNames)[number];

interface Descriptor {
  readonly extract: (frame: SpectralFrame) => number;
  /** What it needs beyond the samples. */
  readonly needs: 'samples' | 'amplitude' | 'moments';
  /** The value grows with the gain of the recording to this power. */
  readonly gainExponent: number;
}

/**
 * The descriptors by Meyda's names, with Meyda's numbers (NaN in digital silence where Meyda divides by
 * zero). Left out of Meyda's list on purpose: `energy` (512 rms^2), `spectralSlope` (as defined there, a
 * straight line in the centroid), `perceptualSharpness` (a constant among its terms makes it follow the
 * level), `spectralFlux` (throws in 5.6.3) and `chroma` (for music).
 */
export const descriptors: Readonly<Record<DescriptorName, Descriptor>> = {
  rms: { extract: rms, needs: 'samples', gainExponent: 1 },
  zcr: { extract: zcr, needs: 'samples', gainExponent: 0 },
  loudness: { extract: loudness, needs: 'amplitude', gainExponent: 0.23 },
  perceptualSpread: { extract: perceptualSpread, needs: 'amplitude', gainExponent: 0 },
  spectralCentroid: { extract: spectralCentroid, needs: 'moments', gainExponent: 0 },
  spectralSpread: { extract: spectralSpread, needs: 'moments', gainExponent: 0 },
  spectralSkewness: { extract: spectralSkewness, needs: 'moments', gainExponent: 0 },
  spectralKurtosis: { extract: spectralKurtosis, needs: 'moments', gainExponent: 0 },
  spectralFlatness: { extract: spectralFlatness, needs: 'amplitude', gainExponent: 0 },
  spectralCrest: { extract: spectralCrest, needs: 'amplitude', gainExponent: 0 },
  spectralRolloff: { extract: spectralRolloff, needs: 'amplitude', gainExponent: 0 },
};
