import { hashFeatureSettings } from '#engine/features/settings.ts';
import type { ModelCard } from '#engine/model/card.ts';
import { timelineSettings } from '#engine/timeline/settings.ts';
import { speakerName, type Corpus, type CorpusKind } from '../corpora/clip.ts';
import type { CrossvalReport, Figure, ScopeSummary } from '../crossval-report.ts';
import type { Scores } from '../metrics.ts';
import type { Sample } from '../dataset.ts';
import type { Recipe } from '../recipe.ts';
import { hashData } from '../training-data.ts';

/** Scores of the speakers who calibrated the model, as it is. */
export interface HeldOutScores extends Pick<Scores, 'uar' | 'accuracy' | 'ece' | 'clips'> {
  readonly names: readonly string[];
}

export interface CardFacts {
  readonly id: string;
  readonly corpora: readonly Corpus[];
  readonly recipe: Recipe;
  readonly seed: number;
  readonly measured: CrossvalReport | undefined;
  readonly samples: readonly Sample[];
  /** In the order of the network's outputs. */
  readonly labels: readonly string[];
  readonly temperature: number;
  readonly heldOut: HeldOutScores;
}

/** The card of a model that has just been trained; every figure on it was measured, and it says how. */
export function createCard(facts: CardFacts): ModelCard {
  const { id, corpora, recipe, seed, measured, labels, temperature, heldOut } = facts;
  const kinds = [...new Set(corpora.map(({ kind }) => kind))];
  return {
    format: 1,
    id,
    name: id,
    version: '1.0.0',
    created: new Date().toISOString(),
    labels: [...labels],
    features: recipe.features,
    featureHash: hashFeatureSettings(recipe.features),
    temperature,
    timeline: timelineSettings.parse({}),
    licence: kinds.map((kind) => licences[kind]).join(' '),
    corpus: describeCorpus(facts),
    protocol: measured === undefined ? describeHeldOut(heldOut) : describeCrossval(measured, seed),
    scores: measured === undefined ? scoresOf(heldOut) : crossvalScores(measured),
    intendedUse,
  };
}

const licences: Readonly<Record<CorpusKind, string>> = {
  ravdess:
    'CC BY-NC-SA 4.0, non-commercial use only: trained on RAVDESS (Livingstone and Russo 2018).',
  emodb: 'EMO-DB (Burkhardt et al. 2005) is CC0 1.0.',
  folder: 'Subject to the rights in the recordings that it was trained on.',
};

const intendedUse =
  'To suggest which emotion speech expresses to people who check and correct it. It hears acted, ' +
  'exaggerated speech of a few speakers in one language; it says how a voice sounds, never what ' +
  'anybody feels, and must not be used to judge people.';

function describeCorpus({ corpora, seed, samples, heldOut }: CardFacts): string {
  const { names } = heldOut;
  const parts = corpora.map(({ kind, clips }) => {
    const speakers = [...new Set(clips.map(speakerName))].sort();
    return `${kind}: ${clips.length} clips of ${speakers.length} speakers (${speakers.join(', ')})`;
  });
  const held = names.length === 0 ? 'nobody' : names.join(' and ');
  return (
    `${parts.join('; ')}; ${samples.length} clips in all, sha256 ${hashData(samples).slice(0, 16)}. ` +
    `${held} held out to fit the temperature. Seed ${seed}.`
  );
}

function describeHeldOut({ names, clips }: HeldOutScores): string {
  if (clips === 0) return 'not measured: there were too few speakers to hold any out';
  return (
    `${clips} clips of ${names.length} speakers held out of training (${names.join(', ')}), who also ` +
    'fitted the temperature; normalised per clip'
  );
}

function describeCrossval(report: CrossvalReport, seed: number): string {
  const split = report.split === 'speaker' ? 'speaker-disjoint' : 'random (speakers on both sides)';
  return (
    `${split} cross-validation of this recipe, ${report.folds} folds, seeds ${report.seeds.join(', ')}, ` +
    `mean over folds, spread between seeds, intervals over speakers. The model itself was ` +
    `then trained on all speakers but the two held out, with seed ${seed}; code ${report.code.join(', ')}`
  );
}

function scoresOf({ uar, accuracy, ece }: HeldOutScores): ModelCard['scores'] {
  const once = (value: number): Figure => ({ mean: value, spread: null });
  const clip = { uar: once(uar), uarInterval: null, accuracy: once(accuracy), ece: once(ece) };
  return { clip, speaker: null };
}

function crossvalScores({ summary }: CrossvalReport): ModelCard['scores'] {
  const pick = ({
    uar,
    uarInterval,
    accuracy,
    ece,
  }: ScopeSummary): ModelCard['scores']['clip'] => ({
    uar,
    uarInterval,
    accuracy,
    ece,
  });
  return { clip: pick(summary.clip), speaker: pick(summary.speaker) };
}
