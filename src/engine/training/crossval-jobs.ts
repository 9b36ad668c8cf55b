import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fromErrorShape, type ErrorShape } from '#shared/contract/errors.ts';
import type { CrossvalProgress, CrossvalTask, Share } from './crossval-task.ts';
import type { TrainingTools } from './training-data.ts';

/** What a process is told, once. */
export interface JobOrder {
  readonly task: Omit<CrossvalTask, 'onProgress' | 'jobs'>;
  readonly cacheFolder: string;
  readonly share: Share;
}

/** What a process says; it ends by itself when its share is done. */
export type JobMessage =
  | { readonly kind: 'progress'; readonly progress: CrossvalProgress }
  | { readonly kind: 'failed'; readonly error: ErrorShape };

/** By its place: the process may run in any folder. */
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const entry = fileURLToPath(new URL('./crossval-job.ts', import.meta.url));

/**
 * Trains the runs of a cross-validation in several processes, which write to its record. TensorFlow gains
 * little from a second thread on matrices of this size; two processes of one thread do nearly twice as much.
 */
export async function runJobs(
  { corpora, recipe, folds, seeds, split, record, onProgress }: CrossvalTask,
  { cacheFolder, signal }: TrainingTools,
  jobs: number,
): Promise<void> {
  const task = { corpora, recipe, folds, seeds, split, record };
  const latest = new Map<number, TrainingProgress>();
  const stopping = new AbortController();
  const either = AbortSignal.any([stopping.signal, ...(signal === undefined ? [] : [signal])]);
  const shares = Array.from({ length: jobs }, (_, index) => {
    const order: JobOrder = { task, cacheFolder, share: { index, of: jobs } };
    return runJob(order, either, (progress) => {
      if (progress.kind !== 'training') return;
      latest.set(index, progress);
      onProgress?.(together([...latest.values()], seeds.length * folds));
    });
  });
  try {
    await Promise.all(shares);
  } finally {
    // One that failed takes the others with it: what they have finished is on the record.
    stopping.abort();
    await Promise.allSettled(shares);
  }
}

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
    const job = fork(entry, {
      execArgv: ['--import', loader],
      env: { ...process.env, TF_NUM_INTRAOP_THREADS: '1' },
      signal,
      killSignal: 'SIGKILL',
    });
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
