import { createHash } from 'node:crypto';
import { z } from 'zod';
import { descriptorNames } from './descriptors.ts';
import { largestBandCount } from './mel.ts';

const bands = z.number().int().min(10).max(largestBandCount);

const logMel = z.strictObject({
  kind: z.literal('log-mel'),
  bands,
});

const mfcc = z
  .strictObject({
    kind: z.literal('mfcc'),
    bands,
    /** How many cepstral coefficients, from the zeroth on; Meyda gives 40 at most. */
    coefficients: z.number().int().min(1).max(40),
  })
  .refine(({ bands, coefficients }) => coefficients <= bands, {
    message: 'there cannot be more cepstral coefficients than mel bands',
  });

/**
 * What is computed from sound for a model. A model is only valid with the settings it was trained on;
 * their hash is stored in it. Nothing has a default here: a model's settings are complete.
 */
export const featureSettings = z.strictObject({
  /** Raised when the same settings would give other numbers than before. */
  version: z.literal(1),
  /** Of the canonical sound, in Hz. */
  sampleRate: z.literal(16_000),
  /** Samples in a frame (32 ms). */
  frame: z.literal(512),
  /** Samples from one frame to the next (10 ms). */
  hop: z.literal(160),
  window: z.literal('hann'),
  spectrum: z.discriminatedUnion('kind', [logMel, mfcc]).readonly(),
  /**
   * How far below the level of speech detail still counts, in dB: the recording is brought to a level
   * at which the 1 that Meyda adds to each band before the logarithm lies this far below a flat
   * spectrum of the same level.
   */
  range: z.number().min(20).max(100),
  /** Descriptors beside the spectrum, by Meyda's names. */
  descriptors: z
    .array(z.enum(descriptorNames))
    .readonly()
    .refine((names) => new Set(names).size === names.length, { message: 'named twice' }),
  /** Pitch, voicing and voice quality too. */
  pitch: z.boolean(),
  /** Frames averaged into one step of the model: 2 gives 20 ms. */
  stride: z.number().int().min(1).max(10),
  /** What is made equal over the speech of a recording (or a speaker). */
  normalisation: z.enum(['mean', 'mean-variance']),
  /** Time derivatives appended: none, first, or first and second. */
  deltas: z.union([z.literal(0), z.literal(1), z.literal(2)]),
});
export type FeatureSettings = Readonly<z.infer<typeof featureSettings>>;

export const defaultFeatureSettings: FeatureSettings = {
  version: 1,
  sampleRate: 16_000,
  frame: 512,
  hop: 160,
  window: 'hann',
  spectrum: { kind: 'log-mel', bands: 56 },
  range: 40,
  descriptors: [],
  pitch: false,
  stride: 2,
  normalisation: 'mean-variance',
  deltas: 1,
};

/** SHA-256 (hex) of the settings as JSON without spaces and with sorted keys. */
export function hashFeatureSettings(settings: FeatureSettings): string {
  return createHash('sha256').update(canonicalJson(settings)).digest('hex');
}

function canonicalJson(settings: FeatureSettings): string {
  return JSON.stringify(settings, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
