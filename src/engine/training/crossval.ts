import { createHash } from 'node:crypto';
import { mean, standardDeviation } from 'simple-statistics';
import type { Scope } from '#engine/classify.ts';
import { codeVersion } from './code-version.ts';
import type { Corpus } from './corpora/clip.ts';
import { readRuns, recordRun, runFold, type FoldRun } from './fold-run.ts';
import { addConfusions, bootstrapUar, recalls, type Confusion } from './metrics.ts';
import type { Recipe } from './recipe.ts';
import { randomSplits, speakerSplits, type SplitKind } from './splits.ts';
import { loadTrainingData, type TrainingData, type TrainingTools } from './training-data.ts';

export interface CrossvalTask {
  readonly corpora: readonly Corpus[];
  readonly recipe: Recipe;
  readonly folds: number;
  readonly seeds: readonly number[];
  readonly split: SplitKind;
  /** File of finished runs, one JSON line each; what it has of this very task is not done again. */
  readonly record: string;
  readonly onProgress?: ((progress: CrossvalProgress) => void) | undefined;
}

export type CrossvalProgress =
  | { readonly kind: 'features'; readonly done: number; readonly of: number }
  | {
      readonly kind: 'training';
      readonly run: number;
      readonly runs: number;
      readonly epoch: number;
      readonly epochs: number;
      readonly loss: number;
      readonly validationUar: number | null;
      /** Of all runs together. */
      readonly secondsLeft: number;
    };

/** Mean over seeds, each of which is a mean over folds, and the standard deviation between seeds. */
export interface Figure {
  readonly mean: number;
  readonly spread: number;
}

export interface ScopeSummary {
  readonly uar: Figure;
  readonly accuracy: Figure;
  readonly ece: Figure;
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
  readonly code: string;
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

/**
 * Trains once for each fold and seed and scores each on its test speakers, whom nothing was chosen by. Can be
 * stopped at any time: the next call with the same record goes on after the last finished run.
 * @throws split-leaks, corpus-invalid, the signal's reason
 */
export async function crossValidate(
  task: CrossvalTask,
  tools: TrainingTools,
): Promise<CrossvalReport> {
  const { recipe, folds, seeds, split, onProgress } = task;
  const data = await loadTrainingData(task.corpora, recipe, tools, (done, of) =>
    onProgress?.({ kind: 'features', done, of }),
  );
  const code = await codeVersion();
  const identity = createHash('sha256')
    .update(JSON.stringify({ recipe, folds, split, data: data.hash, code }))
    .digest('hex');
  const runs = await runAll(task, tools, data, identity);
  return {
    kind: 'crossval',
    code,
    data: {
      corpora: task.corpora.map(({ kind }) => kind),
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

async function runAll(
  { recipe, folds, seeds, split, record, onProgress }: CrossvalTask,
  { signal }: TrainingTools,
  { samples, labels }: TrainingData,
  identity: string,
): Promise<readonly FoldRun[]> {
  const finished = await readRuns(record, identity);
  const runs: FoldRun[] = [];
  const total = folds * seeds.length;
  for (const seed of seeds) {
    const splits = split === 'speaker' ? speakerSplits : randomSplits;
    for (const part of splits(samples, folds, seed)) {
      const known = finished.find((run) => run.seed === seed && run.fold === part.fold);
      const started = performance.now();
      const run =
        known ??
        (await runFold({
          task: identity,
          split: part,
          seed,
          labels,
          recipe,
          signal,
          onProgress: ({ secondsLeft, ...progress }) => {
            const elapsed = (performance.now() - started) / 1000;
            const left = secondsLeft + (total - runs.length - 1) * (elapsed + secondsLeft);
            const place = { run: runs.length + 1, runs: total, secondsLeft: left };
            onProgress?.({ kind: 'training', ...progress, ...place });
          },
        }));
      if (known === undefined) await recordRun(record, run);
      runs.push(run);
    }
  }
  return runs;
}

function summarise(runs: readonly FoldRun[], scope: Scope, labelCount: number): ScopeSummary {
  const scored = runs.map(({ fold, seed, scores }) => ({ fold, seed, ...scores[scope] }));
  const figure = (key: 'uar' | 'accuracy' | 'ece'): Figure => {
    const bySeed = distinct(scored.map(({ seed }) => seed)).map((seed) =>
      mean(scored.filter((run) => run.seed === seed).map((run) => run[key])),
    );
    return { mean: mean(bySeed), spread: standardDeviation(bySeed) };
  };
  const confusion = addConfusions(
    scored.map((run) => run.confusion),
    labelCount,
  );
  return {
    uar: figure('uar'),
    accuracy: figure('accuracy'),
    ece: figure('ece'),
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

function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)];
}
