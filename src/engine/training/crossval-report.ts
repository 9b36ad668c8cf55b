import { mean, standardDeviation } from 'simple-statistics';
import type { Scope } from '#engine/clips/classify.ts';
import type { Corpus } from './corpora/clip.ts';
import type { FoldRun } from './fold-record.ts';
import { groupBy } from './group-by.ts';
import { addConfusions, bootstrapUar, recalls, type Confusion } from './metrics.ts';
import type { Recipe } from './recipe.ts';
import { calibrationError, poolReliability, type Reliability } from './reliability.ts';
import type { SplitKind } from './splits.ts';
import type { TrainingData } from './training-data.ts';

/** Mean over seeds, each of which is a mean over folds, and the standard deviation between seeds (null of one seed). */
export interface Figure {
  readonly mean: number;
  readonly spread: number | null;
}

export interface ScopeSummary {
  readonly uar: Figure;
  readonly accuracy: Figure;
  /** Of all folds of a seed pooled. */
  readonly ece: Figure;
  /** Of all folds and seeds pooled. */
  readonly reliability: Reliability;
  /** Of the UAR, mean over seeds. */
  readonly byFold: readonly number[];
  /** 95 %, bootstrap over speakers. */
  readonly uarInterval: readonly [low: number, high: number];
  readonly recall: readonly (number | null)[];
  /** Sum over folds and seeds. */
  readonly confusion: Confusion;
}

export interface CrossvalReport {
  readonly kind: 'crossval';
  /** Versions of the code that trained, one where all was done in one go. */
  readonly code: readonly string[];
  readonly data: {
    readonly corpora: readonly string[];
    readonly clips: number;
    readonly hash: string;
  };
  readonly split: SplitKind;
  readonly folds: number;
  readonly seeds: readonly number[];
  readonly labels: readonly string[];
  readonly recipe: Recipe;
  /** By whose speech was made equal. */
  readonly summary: Readonly<Record<Scope, ScopeSummary>>;
  readonly runs: readonly FoldRun[];
}

interface Protocol {
  readonly corpora: readonly Corpus[];
  readonly recipe: Recipe;
  readonly folds: number;
  readonly seeds: readonly number[];
  readonly split: SplitKind;
}

/** Puts all runs of a cross-validation together. */
export function reportCrossval(
  { corpora, recipe, folds, seeds, split }: Protocol,
  data: TrainingData,
  runs: readonly FoldRun[],
): CrossvalReport {
  return {
    kind: 'crossval',
    code: [...new Set(runs.map(({ code }) => code))],
    data: {
      corpora: corpora.map(({ kind }) => kind),
      clips: data.samples.length,
      hash: data.hash,
    },
    split,
    folds,
    seeds,
    labels: data.labels,
    recipe,
    summary: {
      clip: summarise(runs, 'clip', data.labels.length),
      speaker: summarise(runs, 'speaker', data.labels.length),
    },
    runs,
  };
}

type Scored = readonly (Pick<FoldRun, 'fold' | 'seed'> & FoldRun['scores'][Scope])[];

function summarise(runs: readonly FoldRun[], scope: Scope, labelCount: number): ScopeSummary {
  const scored: Scored = runs.map(({ fold, seed, scores }) => ({ fold, seed, ...scores[scope] }));
  const bySeed = [...groupBy(scored, ({ seed }) => seed).values()];
  const figure = (of: (folds: Scored) => number): Figure => {
    const values = bySeed.map((own) => of(own));
    return {
      mean: mean(values),
      spread: values.length > 1 ? standardDeviation(values) : null,
    };
  };
  const confusion = addConfusions(
    scored.map((run) => run.confusion),
    labelCount,
  );
  return {
    uar: figure((own) => mean(own.map(({ uar }) => uar))),
    accuracy: figure((own) => mean(own.map(({ accuracy }) => accuracy))),
    ece: figure((own) => calibrationError(pooled(own))),
    reliability: pooled(scored),
    byFold: distinct(scored.map(({ fold }) => fold)).map((fold) =>
      mean(scored.filter((run) => run.fold === fold).map(({ uar }) => uar)),
    ),
    uarInterval: bootstrapUar(
      scored.flatMap(({ speakers }) => speakers),
      labelCount,
    ),
    recall: recalls(confusion),
    confusion,
  };
}

function pooled(scored: readonly { readonly reliability: Reliability }[]): Reliability {
  return poolReliability(scored.map(({ reliability }) => reliability));
}

function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)];
}
