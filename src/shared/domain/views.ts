import { z } from 'zod';

/**
 * A spectrogram as it is kept: levels of which each has a quarter of the columns of the one before. A column is
 * `rows` bytes, the lowest frequency first (see `frequency-scale.ts`); a byte is the level in half decibels above
 * `lowestLevel`. Column `i` of the finest level is about the sound in `[i, i + 1) * columnSeconds`.
 */
export const spectrogram = z.object({
  version: z.literal(1),
  columnSeconds: z.number().positive(),
  rows: z.number().int().positive(),
  /** Columns of each level, the finest first. */
  columns: z.array(z.number().int().nonnegative()).min(1).readonly(),
  /** The byte that all but the loudest thousandth lies below: what a picture shows strongest. */
  loudest: z.number().int().min(0).max(255),
});
export type Spectrogram = Readonly<z.infer<typeof spectrogram>>;

/** How many columns of a level make one of the next. */
export const levelStep = 4;
/** Columns that are asked for together; the last tile of a level may have fewer. */
export const tileColumns = 512;
/** Level of byte 0, in dB below a sine at full scale. */
const lowestLevel = -120;

export function decibelsOfByte(byte: number): number {
  return lowestLevel + byte / 2;
}

export function byteOfDecibels(decibels: number): number {
  return Math.min(255, Math.max(0, Math.round(2 * (decibels - lowestLevel))));
}

/** Meyda's descriptors by its names, then what pitch analysis says. */
export const descriptorId = z.enum([
  'loudness',
  'rms',
  'spectralCentroid',
  'spectralSpread',
  'spectralSkewness',
  'spectralKurtosis',
  'spectralFlatness',
  'spectralCrest',
  'spectralRolloff',
  'perceptualSpread',
  'zcr',
  'f0',
  'voicing',
  'hnr',
  'h1h2',
]);
export type DescriptorId = z.infer<typeof descriptorId>;

/** Values of every descriptor over a whole recording: value `i` is about the sound around `firstSeconds + i * hopSeconds`. */
export const descriptorGrid = z.object({
  version: z.literal(1),
  firstSeconds: z.number().nonnegative(),
  hopSeconds: z.number().positive(),
  values: z.number().int().nonnegative(),
});
export type DescriptorGrid = Readonly<z.infer<typeof descriptorGrid>>;

/** The files that views of one recording are kept in, by what they have after the hash of the recording. */
export const viewFiles = {
  spectrogram: '.spectrogram.json',
  spectrogramLevel: (level: number): string => `.spectrogram-${level}`,
  descriptors: '.descriptors.json',
  descriptor: (id: DescriptorId): string => `.descriptor-${id}`,
} as const;
