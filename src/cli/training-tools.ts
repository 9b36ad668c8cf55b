import { mkdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVoiceActivity } from '#engine/audio/voice-activity.ts';
import { defaultRecipe, recipe, type Recipe } from '#engine/training/recipe.ts';
import type { TrainingTools } from '#engine/training/training-data.ts';
import { UndertoneError } from '#shared/contract/errors.ts';

/** Features, checkpoints and finished folds of trainings; all of it can be made again. */
export const trainingCache = join(dirname(fileURLToPath(import.meta.url)), '../../.cache/training');

/** Runs a training with what it needs, and puts that away afterwards. */
export async function withTrainingTools<T>(
  signal: AbortSignal,
  run: (tools: TrainingTools) => Promise<T>,
): Promise<T> {
  const cacheFolder = join(trainingCache, 'features');
  await mkdir(cacheFolder, { recursive: true });
  const voiceActivity = await createVoiceActivity();
  try {
    return await run({ voiceActivity, cacheFolder, signal });
  } finally {
    await voiceActivity.dispose();
  }
}

/** The recipe of a JSON file; what the file does not name is as in the shipped recipe. */
export async function loadRecipe(path: string | undefined): Promise<Recipe> {
  // Read in the same way, so that its runs on record are those of a file that says the same.
  if (path === undefined) return recipe.parse(defaultRecipe);
  const given: unknown = JSON.parse(await readFile(path, 'utf8'));
  const parsed = recipe.safeParse(Object.assign({}, defaultRecipe, given));
  if (parsed.success) return parsed.data;
  const detail = parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`);
  throw new UndertoneError('recipe-invalid', { subject: path, detail: detail.join('; ') });
}

/** The protocol of docs/ARCHITECTURE.md; finished runs are kept, whoever asks for them. */
export const defaultProtocol = {
  folds: 5,
  split: 'speaker',
  record: join(trainingCache, 'crossval.jsonl'),
  /** Trainings side by side, a gigabyte and a thread each. */
  jobs: Math.min(4, availableParallelism()),
} as const;

export function seedsUpTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
