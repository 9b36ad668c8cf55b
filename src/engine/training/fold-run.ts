import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { systemCode } from '#files/file-errors.ts';
import { scopes, type Scope } from '#engine/clips/classify.ts';
import { codeVersion } from './code-version.ts';
import { isHeard, type Sample } from './dataset.ts';
import { fitNetwork, type FitProgress } from './fit.ts';
import { calibrate, judge } from './judge.ts';
import { score } from './metrics.ts';
import type { Recipe } from './recipe.ts';
import type { Split } from './splits.ts';
import { networkFor } from './training-data.ts';

const confusion = z.array(z.array(z.number().int().nonnegative()).readonly()).readonly();

const scores = z.object({
  clips: z.number().int(),
  uar: z.number(),
  accuracy: z.number(),
  ece: z.number(),
  recall: z.array(z.number().nullable()).readonly(),
  confusion,
  speakers: z.array(z.object({ speaker: z.string(), confusion })).readonly(),
});

/** One training of a cross-validation and what its test speakers gave. */
const foldRun = z.object({
  /** Of all that decides the outcome, fold and seed aside. */
  task: z.string(),
  fold: z.number().int().nonnegative(),
  seed: z.number().int(),
  /** Version of the code that trained. */
  code: z.string(),
  trainClips: z.number().int(),
  validationSpeakers: z.array(z.string()).readonly(),
  testSpeakers: z.array(z.string()).readonly(),
  temperature: z.number(),
  seconds: z.number(),
  /** By whose speech was made equal. */
  scores: z.record(z.enum(scopes), scores),
});
export type FoldRun = Readonly<z.infer<typeof foldRun>>;

export interface FoldTask {
  readonly task: string;
  readonly split: Split<Sample>;
  readonly seed: number;
  readonly labels: readonly string[];
  readonly recipe: Recipe;
  readonly onProgress?: ((progress: FitProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Trains on one side of a split, calibrates on the speakers held out, and scores the test side once. */
export async function runFold(fold: FoldTask): Promise<FoldRun> {
  const { split, seed, labels, recipe } = fold;
  const started = performance.now();
  const network = await fitNetwork(networkFor(recipe, labels), {
    train: split.train.filter(isHeard),
    validation: split.validation.filter(isHeard),
    labels,
    recipe,
    seed,
    onProgress: fold.onProgress,
    signal: fold.signal,
  });
  try {
    const hearing = { network, settings: recipe.features, labels };
    const temperature = await calibrate(hearing, split.validation, recipe.examples.scopes);
    const scored = async (scope: Scope): Promise<FoldRun['scores'][Scope]> =>
      score(await judge(hearing, split.test, scope, temperature), labels.length);
    return {
      task: fold.task,
      fold: split.fold,
      seed,
      code: await codeVersion(),
      trainClips: split.train.length,
      validationSpeakers: speakersOf(split.validation),
      testSpeakers: speakersOf(split.test),
      temperature,
      seconds: (performance.now() - started) / 1000,
      scores: { clip: await scored('clip'), speaker: await scored('speaker') },
    };
  } finally {
    network.dispose();
  }
}

/** Finished runs of a task, from a file with one JSON line each. */
export async function readRuns(path: string, task: string): Promise<readonly FoldRun[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  });
  // A last line that was cut off when the process was stopped has no line break and is left out.
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => foldRun.parse(JSON.parse(line))).filter((run) => run.task === task);
}

export async function recordRun(path: string, run: FoldRun): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, `${JSON.stringify(run)}\n`);
}

function speakersOf(samples: readonly Sample[]): readonly string[] {
  return [...new Set(samples.map(({ speaker }) => speaker))].sort();
}
