import { z } from 'zod';
import { featureNames } from '#engine/features/layout.ts';
import { featureSettings, hashFeatureSettings } from '#engine/features/settings.ts';
import { timelineSettings } from '#engine/timeline/settings.ts';
import type { ModelSummary } from '#shared/contract/engine.ts';
import { cardStudies } from './card-studies.ts';
import { lineage, type Lineage } from './lineage.ts';

const share = z.number().min(0).max(1);

/** A figure between 0 and 1 over trainings, and its standard deviation over them; null of one training. */
const figure = z.strictObject({ mean: share, spread: share.nullable() });

const scores = z.strictObject({
  /** Unweighted average recall. */
  uar: figure,
  /** Of the UAR: 95 %, over speakers; null where there were too few. */
  uarInterval: z.tuple([share, share]).readonly().nullable(),
  accuracy: figure,
  /** Expected calibration error, of calibrated probabilities. */
  ece: figure,
});

const label = z.string().trim().min(1).max(40);
const text = z.string().trim().min(1).max(2000);

/** Everything a person or a program needs to know of a model beside its weights: `card.json`. */
export const modelCard = z
  .strictObject({
    /** Of this file. */
    format: z.literal(1),
    /** Of this very model: another training has another one. */
    id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
    name: z.string().trim().min(1).max(100),
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    created: z.iso.datetime(),
    /** In the order of the network's outputs. */
    labels: z.array(label).min(2).max(64).readonly(),
    features: featureSettings,
    /** `hashFeatureSettings(features)` as training computed it. */
    featureHash: z.string(),
    /** Divides the logits; fitted on speakers that training never saw. */
    temperature: z.number().min(0.01).max(100),
    timeline: timelineSettings,
    licence: text,
    /** What it was trained on. */
    corpus: text,
    /** How the scores were measured. */
    protocol: text,
    /** By whose speech was made equal; null where that was not measured. */
    scores: z.strictObject({ clip: scores, speaker: scores.nullable() }),
    intendedUse: text,
    /** What correcting a speaker whom it never heard gave: `undertone study adaptation`. */
    adaptation: z
      .array(z.strictObject({ corrections: z.number().int().positive(), gain: z.number() }))
      .max(20)
      .readonly()
      .optional(),
    /** Of fold networks of the same recipe, and of the model itself on other corpora. */
    studies: cardStudies.optional(),
    /** Of a model that was retrained from another one. */
    lineage: lineage.optional(),
  })
  .refine(({ labels }) => new Set(labels).size === labels.length, {
    path: ['labels'],
    message: 'a label is named twice',
  })
  .refine(({ features, featureHash }) => hashFeatureSettings(features) === featureHash, {
    path: ['featureHash'],
    message: 'the feature settings are not those it was trained with',
  });
export type ModelCard = Readonly<z.infer<typeof modelCard>>;

/** How many features of a frame the model hears. */
export function inputFeatures({ features }: ModelCard): number {
  return featureNames(features).length;
}

/** What the page shows of a model. */
export function describeModel(card: ModelCard): Omit<ModelSummary, 'sha256'> {
  return {
    id: card.id,
    name: card.name,
    labels: card.labels,
    featureHash: card.featureHash,
    licence: card.licence,
    score: card.lineage ? scoreOfVersion(card.lineage) : scoreOfModel(card),
    protocol: card.protocol,
    adaptation: card.adaptation ?? [],
  };
}

const percent = (value: number): string => (value * 100).toFixed(0);

function scoreOfModel({ scores: { clip }, labels }: ModelCard): string {
  const { uar, uarInterval } = clip;
  const interval =
    uarInterval === null ? '' : `95\u00a0%: ${uarInterval.map(percent).join(' to ')}; `;
  return `${percent(uar.mean)} % right on speakers it never heard (${interval}guessing: ${percent(1 / labels.length)})`;
}

/** A version's own are few clips: before and after on those held back, where there are any. */
function scoreOfVersion({ parent, heldBack }: Lineage): string {
  if (heldBack === null) return `retrained from ${parent}, not measured`;
  const { before, after, clips } = heldBack;
  return `${percent(after.accuracy)} % right on ${clips} segments held back, where ${parent} had ${percent(before.accuracy)}`;
}
