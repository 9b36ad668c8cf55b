import { z } from 'zod';
import { scopes, type Scope } from '#engine/clips/classify.ts';
import { hopSize, sampleRate } from '#engine/features/frames.ts';
import { rawLayout, spectralColumns } from '#engine/features/layout.ts';
import type { Matrix } from '#engine/features/matrix.ts';
import { modelInput } from '#engine/features/model-input.ts';
import type { FeatureSettings } from '#engine/features/settings.ts';
import { maskFeatures, maskRecipe, type ColumnBlocks } from './augment/masks.ts';
import { mixExamples, type Example } from './augment/mixup.ts';
import type { Sample, Version } from './dataset.ts';
import type { Random } from './random.ts';

/** What is done to features anew in every epoch. */
export const exampleRecipe = z.strictObject({
  /** Whose speech is made equal; where both are named, each example draws one, and the model serves both. */
  scopes: z.array(z.enum(scopes)).min(1).readonly(),
  /** Share of the examples that are cut, as the windows of a timeline are. */
  cropped: z.number().min(0).max(1),
  /** Shortest and longest cut, in seconds. */
  cropSeconds: z.tuple([z.number().positive(), z.number().positive()]).readonly(),
  /** How much louder or softer than the speaker's level a clip may seem, in dB; for the scope speaker. */
  levelJitter: z.number().nonnegative(),
  masks: maskRecipe,
  /** Parameter of the beta distribution of mixup's shares; 0 for no mixup. */
  mixup: z.number().nonnegative(),
});
export type ExampleRecipe = Readonly<z.infer<typeof exampleRecipe>>;

/** The examples of one epoch, one for each sample, in the order of the samples. */
export function drawExamples(
  samples: readonly Sample[],
  labels: readonly string[],
  settings: FeatureSettings,
  recipe: ExampleRecipe,
  random: Random,
): readonly Example[] {
  const columns = columnBlocks(settings);
  const examples = samples.map((sample): Example => {
    const features = drawFeatures(sample, settings, recipe, random);
    return {
      features: maskFeatures(features, recipe.masks, columns, random),
      target: oneHot(labels.indexOf(sample.label), labels.length),
    };
  });
  if (recipe.mixup === 0) return examples;
  const partners = partnersByLength(examples, random);
  return examples.map((example, index) => {
    const share = random.beta(recipe.mixup);
    return mixExamples(example, partners[index] ?? example, Math.max(share, 1 - share));
  });
}

/** The whole of a sample as recorded, as it is analysed later. */
export function plainFeatures(sample: Sample, settings: FeatureSettings, scope: Scope): Matrix {
  const [recorded] = sample.versions;
  if (recorded === undefined) throw new Error(`${sample.path} has no features`);
  return modelInput(settings, recorded.raw, recorded.profiles[scope]);
}

function drawFeatures(
  { versions }: Sample,
  settings: FeatureSettings,
  recipe: ExampleRecipe,
  random: Random,
): Matrix {
  const version = draw(versions, random);
  const scope = draw(recipe.scopes, random);
  const profile = version.profiles[scope];
  const jitter = scope === 'speaker' ? random.between(-1, 1) * recipe.levelJitter : 0;
  const level = { ...profile.level, sum: profile.level.sum * 10 ** (jitter / 20) };
  const range = drawRange(version, settings, recipe, random);
  return modelInput(settings, version.raw, { ...profile, level }, range);
}

function drawRange(
  { raw }: Version,
  settings: FeatureSettings,
  { cropped, cropSeconds }: ExampleRecipe,
  random: Random,
): { start: number; end: number } {
  const isCropped = random.uniform() < cropped;
  const seconds = random.between(...cropSeconds);
  const rows = Math.round((seconds * sampleRate) / (hopSize * settings.stride));
  if (!isCropped || rows >= raw.rows) return { start: 0, end: raw.rows };
  const start = random.below(raw.rows - rows + 1);
  return { start, end: start + rows };
}

/** For each example another one of about its length, so that mixing them cuts or repeats little. */
function partnersByLength(examples: readonly Example[], random: Random): readonly Example[] {
  const order = examples
    .map((example, index) => ({ example, index, key: example.features.rows }))
    .map((entry) => ({ ...entry, key: entry.key * random.between(0.8, 1.25) }))
    .toSorted((a, b) => a.key - b.key);
  const partners: Example[] = [];
  order.forEach(({ index }, place) => {
    const other = order[place ^ 1] ?? order[place - 1] ?? order[place];
    if (other !== undefined) partners[index] = other.example;
  });
  return partners;
}

function columnBlocks(settings: FeatureSettings): ColumnBlocks {
  const { columns, descriptorsAt } = rawLayout(settings);
  const spectral = spectralColumns(settings);
  return { spectral, block: spectral + columns - descriptorsAt };
}

function oneHot(label: number, count: number): Float32Array {
  if (label < 0) throw new RangeError('a sample has a label that the model does not know');
  const target = new Float32Array(count);
  target[label] = 1;
  return target;
}

function draw<T>(items: readonly T[], random: Random): T {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new RangeError('nothing to draw from');
  return item;
}
