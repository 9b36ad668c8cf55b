import type { DescriptorId } from '#shared/domain/views.ts';
import { decibels, hertz } from '../../lib/words.ts';

/** How a descriptor is called, drawn and said. */
export interface DescriptorLook {
  readonly id: DescriptorId;
  readonly name: string;
  /** What it tells, in a sentence. */
  readonly about: string;
  /** From Meyda's number to what is drawn; the same where it is left out. */
  readonly drawn?: (value: number) => number;
  /** A drawn value with its unit. */
  readonly words: (drawn: number) => string;
}

/** Meyda counts in bins of 31.25 Hz, and crossings in frames of 32 ms. */
const perBin = 16_000 / 512;
/** What pitch is counted from, in semitones. */
const lowestPitch = 27.5;
const plain = (value: number): string => value.toFixed(2).replace('-', '−');

/** In the order in which they are offered: how loud, how it sounds, the voice. */
export const descriptorLooks: readonly DescriptorLook[] = [
  {
    id: 'loudness',
    name: 'Loudness',
    about: 'How loud it is heard: the sum over 24 Bark bands, without a unit',
    words: plain,
  },
  {
    id: 'rms',
    name: 'Level',
    about: 'Root mean square of the windowed sound, in dB of full scale',
    drawn: (value) => 20 * Math.log10(Math.max(value, 1e-6)),
    words: decibels,
  },
  {
    id: 'f0',
    name: 'Pitch',
    about: 'Fundamental frequency of the voice, on a scale of semitones',
    words: (semitones) => hertz(lowestPitch * 2 ** (semitones / 12)),
  },
  {
    id: 'voicing',
    name: 'Voicing',
    about: 'How periodic the sound is: 0 is noise, 1 a steady voice',
    words: plain,
  },
  {
    id: 'hnr',
    name: 'Harmonicity',
    about: 'Harmonics over noise; lower in a hoarse or breathy voice',
    words: decibels,
  },
  {
    id: 'h1h2',
    name: 'Breathiness',
    about: 'First harmonic over the second; higher in a breathier voice',
    words: decibels,
  },
  {
    id: 'spectralCentroid',
    name: 'Centroid',
    about: 'Spectral centroid, the centre of gravity of the spectrum: how bright it sounds',
    drawn: (bins) => bins * perBin,
    words: hertz,
  },
  {
    id: 'spectralSpread',
    name: 'Spread',
    about: 'Spectral spread around the centroid',
    drawn: (bins) => bins * perBin,
    words: hertz,
  },
  {
    id: 'spectralSkewness',
    name: 'Skewness',
    about: 'Spectral skewness, without a unit: positive where most lies below the centroid',
    words: plain,
  },
  {
    id: 'spectralKurtosis',
    name: 'Kurtosis',
    about: 'Spectral kurtosis, without a unit: how peaked the spectrum is',
    words: plain,
  },
  {
    id: 'spectralRolloff',
    name: 'Rolloff',
    about: 'The frequency below which 99 % of the spectrum lies',
    words: hertz,
  },
  {
    id: 'spectralFlatness',
    name: 'Flatness',
    about: 'Spectral flatness: near 0 for a tone, 1 for noise',
    words: plain,
  },
  {
    id: 'spectralCrest',
    name: 'Crest',
    about: 'Spectral crest, without a unit: the highest magnitude over their mean',
    words: plain,
  },
  {
    id: 'perceptualSpread',
    name: 'Perceived spread',
    about: 'How little of the loudness is in the loudest Bark band, 0 to 1',
    words: plain,
  },
  {
    id: 'zcr',
    name: 'Zero crossings',
    about: 'How often the sound changes its sign in a second',
    drawn: (crossings) => crossings * perBin,
    words: (perSecond) => `${Math.round(perSecond)}\u00a0/s`,
  },
];
