import { forkScript } from '#engine/fork-script.ts';
import { fromErrorShape, type ErrorShape } from '#shared/contract/errors.ts';
import type { CrossvalProgress, CrossvalTask, Share } from './crossval-task.ts';
import type { TrainingTools } from './training-data.ts';

/** What a process is told, once: to hear its share of the clips, or to train its share of the runs. */
export interface JobOrder {
  readonly work: CrossvalProgress['kind'];
  readonly task: Omit<CrossvalTask, 'onProgress' | 'jobs'>;
  readonly cacheFolder: string;
  readonly share: Share;
}

/** What a process says; it ends by itself when its share is done. */
export type JobMessage =
  | { readonly kind: 'progress'; readonly progress: CrossvalProgress }
  | { readonly kind: 'failed'; readonly error: ErrorShape };

const entry = new URL('./crossval-job.ts', import.meta.url);

/** Hears the clips of a cross-validation in several processes, which write to the cache of features. */
export async function hearInJobs(
  task: CrossvalTask,
  tools: TrainingTools,
  jobs: number,
): Promise<void> {
  const latest = new Map<number, FeatureProgress>();
  await runJobs('features', task, tools, jobs, (index, progress) => {
    if (progress.kind !== 'features') return;
    latest.set(index, progress);
    const of = task.corpora.reduce((sum, { clips }) => sum + clips.length, 0);
    const done = [...latest.values()].reduce((sum, share) => sum + share.done, 0);
    task.onProgress?.({ kind: 'features', done, of });
  });
}

/**
 * Trains the runs of a cross-validation in several processes, which write to its record. TensorFlow gains
 * little from a second thread on matrices of this size; two processes of one thread do nearly twice as much.
 */
export async function trainInJobs(
  task: CrossvalTask,
  tools: TrainingTools,
  jobs: number,
): Promise<void> {
  const { seeds, folds, onlyFolds, onProgress } = task;
  const latest = new Map<number, TrainingProgress>();
  await runJobs('training', task, tools, jobs, (index, progress) => {
    if (progress.kind !== 'training') return;
    latest.set(index, progress);
    onProgress?.(together([...latest.values()], seeds.length * (onlyFolds?.length ?? folds)));
  });
}

async function runJobs(
  work: JobOrder['work'],
  { corpora, recipe, folds, seeds, split, record, keepNetworks, onlyFolds }: CrossvalTask,
  { cacheFolder, signal }: TrainingTools,
  jobs: number,
  onProgress: (index: number, progress: CrossvalProgress) => void,
): Promise<void> {
  const task = { corpora, recipe, folds, seeds, split, record, keepNetworks, onlyFolds };
  const stopping = new AbortController();
  const either = AbortSignal.any([stopping.signal, ...(signal === undefined ? [] : [signal])]);
  const shares = Array.from({ length: jobs }, (_, index) =>
    runJob({ work, task, cacheFolder, share: { index, of: jobs } }, either, (progress) => {
      onProgress(index, progress);
    }),
  );
  try {
    await Promise.all(shares);
  } finally {
    // One that failed takes the others with it: what they have finished is on the record.
    stopping.abort();
    await Promise.allSettled(shares);
  }
}

type FeatureProgress = Extract<CrossvalProgress, { kind: 'features' }>;
type TrainingProgress = Extract<CrossvalProgress, { kind: 'training' }>;

function together(shares: readonly TrainingProgress[], runs: number): TrainingProgress {
  const [first, ...others] = shares.toSorted((a, b) => b.secondsLeft - a.secondsLeft);
  if (first === undefined) throw new RangeError('no share has begun');
  const behind = [first, ...others].reduce((sum, { run }) => sum + run - 1, 0);
  return { ...first, run: behind + 1, runs };
}

function runJob(
  order: JobOrder,
  signal: AbortSignal,
  onProgress: (progress: CrossvalProgress) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const job = forkScript(entry, { signal, killSignal: 'SIGKILL' });
    job.on('message', (message: JobMessage) => {
      if (message.kind === 'progress') onProgress(message.progress);
      else reject(fromErrorShape(message.error));
    });
    job.on('error', () => {
      reject(signal.aborted ? asError(signal.reason) : new Error('a training did not start'));
    });
    job.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`a training ended with status ${code ?? 'unknown'}`));
    });
    job.send(order);
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
