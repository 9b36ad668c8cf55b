import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { systemCode } from '#files/file-errors.ts';
import { scopes } from '#engine/clips/classify.ts';

const confusion = z.array(z.array(z.number().int().nonnegative()).readonly()).readonly();

const scores = z.object({
  clips: z.number().int(),
  uar: z.number(),
  accuracy: z.number(),
  ece: z.number(),
  reliability: z
    .array(z.object({ clips: z.number().int(), confidence: z.number(), right: z.number().int() }))
    .readonly(),
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

/** Finished runs of a task, from a file with one JSON line each. */
export async function readRuns(path: string, task: string): Promise<readonly FoldRun[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  });
  // A last line that was cut off when the process was stopped has no line break and is left out.
  const lines = text.split('\n').slice(0, -1);
  // Runs of other tasks may have been written by earlier versions, in another shape.
  const own = lines.map((line): unknown => JSON.parse(line)).filter((run) => isOf(run, task));
  return own.map((run) => foldRun.parse(run));
}

function isOf(run: unknown, task: string): boolean {
  return z.object({ task: z.literal(task) }).safeParse(run).success;
}

export async function recordRun(path: string, run: FoldRun): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, `${JSON.stringify(run)}\n`);
}
