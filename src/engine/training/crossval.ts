import { createHash } from 'node:crypto';
import { hearInJobs, trainInJobs } from './crossval-jobs.ts';
import { reportCrossval, type CrossvalReport } from './crossval-report.ts';
import type { CrossvalTask, Share } from './crossval-task.ts';
import type { Sample } from './dataset.ts';
import type { FitProgress } from './fit.ts';
import { readRuns, recordRun, type FoldRun } from './fold-record.ts';
import { runFold } from './fold-run.ts';
import { randomSplits, speakerSplits, type Split } from './splits.ts';
import { loadTrainingData, type TrainingData, type TrainingTools } from './training-data.ts';

export type { CrossvalReport } from './crossval-report.ts';
export type { CrossvalProgress, CrossvalTask } from './crossval-task.ts';

/**
 * Trains once for each fold and seed and scores each on its test speakers, whom nothing was chosen by. Can be
 * stopped at any time: the next call with the same record goes on after the last finished run.
 * @throws split-leaks, corpus-invalid, the signal's reason
 */
export async function crossValidate(
  task: CrossvalTask,
  tools: TrainingTools,
): Promise<CrossvalReport> {
  const { jobs = 1 } = task;
  if (jobs > 1) await hearInJobs(task, tools, jobs);
  const data = await load(jobs > 1 ? { ...task, onProgress: undefined } : task, tools);
  // Planned before anything is trained, so that a leak is refused at once.
  const runsAtATime = Math.min(jobs, planRuns(task, data).length);
  if (runsAtATime > 1) await trainInJobs(task, tools, runsAtATime);
  const runs = await runShare(task, tools, data, { index: 0, of: 1 });
  return reportCrossval(task, data, runs);
}

/** Hears one share of the clips, beside other processes with other shares and the same cache. */
export async function hearShare(
  task: CrossvalTask,
  tools: TrainingTools,
  { index, of }: Share,
): Promise<void> {
  const corpora = task.corpora.map((corpus) => ({
    ...corpus,
    clips: corpus.clips.filter((_, at) => at % of === index),
  }));
  await load({ ...task, corpora }, tools);
}

/** Does one share of a cross-validation, beside other processes with other shares and the same record. */
export async function trainShare(
  task: CrossvalTask,
  tools: TrainingTools,
  share: Share,
): Promise<void> {
  await runShare(task, tools, await load(task, tools), share);
}

function load(
  { corpora, recipe, onProgress }: CrossvalTask,
  tools: TrainingTools,
): Promise<TrainingData> {
  return loadTrainingData(corpora, recipe, tools, (done, of) =>
    onProgress?.({ kind: 'features', done, of }),
  );
}

async function runShare(
  task: CrossvalTask,
  { signal }: TrainingTools,
  data: TrainingData,
  share: Share,
): Promise<readonly FoldRun[]> {
  const { corpora, recipe, record, keepNetworks, onProgress } = task;
  const identity = identify(task, data);
  const planned = planRuns(task, data).filter((_, index) => index % share.of === share.index);
  const finished = await readRuns(record, identity);
  const runs: FoldRun[] = [];
  for (const plan of planned) {
    const known = finished.find((run) => run.seed === plan.seed && run.fold === plan.split.fold);
    const watch = createWatch(runs.length + 1, planned.length, onProgress);
    const common = { task: identity, corpora, labels: data.labels, recipe, record, signal };
    const fresh = { ...plan, ...common, keepNetwork: keepNetworks ?? true, onProgress: watch };
    const run = known ?? (await runFold(fresh));
    if (known === undefined) await recordRun(record, run);
    runs.push(run);
  }
  return runs;
}

interface PlannedRun {
  readonly seed: number;
  readonly split: Split<Sample>;
}

function planRuns(
  { seeds, folds, split, onlyFolds }: CrossvalTask,
  { samples }: TrainingData,
): readonly PlannedRun[] {
  const makeSplits = split === 'speaker' ? speakerSplits : randomSplits;
  return seeds.flatMap((seed) =>
    makeSplits(samples, folds, seed)
      .filter(({ fold }) => onlyFolds?.includes(fold) ?? true)
      .map((part) => ({ seed, split: part })),
  );
}

/** Raised when a run says more or other things than before: those on record are then made again. */
const runFormat = 2;

/** Of recipe, data and protocol; not of the code, which each run names. */
function identify({ recipe, folds, split }: CrossvalTask, { hash }: TrainingData): string {
  const decisive = { runFormat, recipe, folds, split, hash };
  return createHash('sha256').update(JSON.stringify(decisive)).digest('hex');
}

function createWatch(
  run: number,
  runs: number,
  onProgress: CrossvalTask['onProgress'],
): (progress: FitProgress) => void {
  const started = performance.now();
  return ({ secondsLeft, ...progress }) => {
    const whole = (performance.now() - started) / 1000 + secondsLeft;
    const left = secondsLeft + (runs - run) * whole;
    onProgress?.({ kind: 'training', ...progress, run, runs, secondsLeft: left });
  };
}
