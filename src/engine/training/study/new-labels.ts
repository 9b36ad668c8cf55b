import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clip } from '../corpora/clip.ts';
import { judgeClips } from '../evaluate.ts';
import { finetuneModel } from '../finetune/finetune.ts';
import { groupBy } from '../group-by.ts';
import { bootstrapUar, score, type Judgement } from '../metrics.ts';
import { createRandom } from '../random.ts';
import { speakerFolds } from '../splits.ts';
import type { TrainingTools } from '../training-data.ts';
import { withPredictor } from './folds.ts';
import { wholeClips } from './whole-clips.ts';

/** A label set of one's own after so many examples of each label, on speakers whom nobody corrected. */
interface NewLabelsRow {
  /** Of each label; 0 is the model as it came, its answer being the likeliest of those that it knows. */
  readonly examples: number;
  readonly clips: number;
  readonly uar: number;
  /** 95 %, bootstrap over speakers. */
  readonly uarInterval: readonly [low: number, high: number];
  /** Of each label, in the order of `labels`. */
  readonly recall: readonly (number | null)[];
}

interface NewLabels {
  readonly labels: readonly string[];
  readonly rows: readonly NewLabelsRow[];
}

interface NewLabelsTask {
  readonly modelFolder: string;
  /** Of speakers whom the model never heard; their labels become those of the version. */
  readonly clips: readonly Clip[];
  readonly counts: readonly number[];
  readonly folds: number;
  readonly seed: number;
}

/**
 * What a label set of one's own is worth: a model retrained as the application does it on a few clips of each
 * label, and judged on the speakers who gave none of them. Every speaker is judged once.
 */
export async function studyNewLabels(
  { modelFolder, clips, counts, folds, seed }: NewLabelsTask,
  tools: TrainingTools,
  onProgress?: (done: number, of: number) => void,
): Promise<NewLabels> {
  const labels = [...new Set(clips.map(({ label }) => label))].sort();
  const held = speakerFolds(clips, folds);
  const rows: NewLabelsRow[] = [];
  for (const count of counts) {
    const judgements: Judgement[] = [];
    for (const [fold, speakers] of held.entries()) {
      const [judged, others] = part(clips, ({ speaker }) => speakers.includes(speaker));
      const examples = pickExamples(others, count, createRandom(seed, 'examples', fold));
      const answers =
        count === 0
          ? await answersOf(modelFolder, labels, judged, tools)
          : await afterLearning(modelFolder, labels, examples, judged, seed, tools);
      judgements.push(...answers);
      onProgress?.(rows.length * held.length + fold + 1, counts.length * held.length);
    }
    const { uar, recall, speakers } = score(judgements, labels.length);
    const uarInterval = bootstrapUar(speakers, labels.length);
    rows.push({ examples: count, clips: judgements.length, uar, uarInterval, recall });
  }
  return { labels, rows };
}

async function afterLearning(
  modelFolder: string,
  labels: readonly string[],
  examples: readonly Clip[],
  judged: readonly Clip[],
  seed: number,
  tools: TrainingTools,
): Promise<readonly Judgement[]> {
  const scratch = await mkdtemp(join(tools.cacheFolder, 'new-labels-'));
  const out = join(scratch, 'version');
  try {
    const corrections = wholeClips(examples);
    await finetuneModel({ modelFolder, out, corrections, labels, seed }, tools);
    return await answersOf(out, labels, judged, tools);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What a model says of clips when it has to choose among `labels`, of which it may not know all. */
async function answersOf(
  folder: string,
  labels: readonly string[],
  clips: readonly Clip[],
  { voiceActivity, signal }: TrainingTools,
): Promise<readonly Judgement[]> {
  return withPredictor(folder, async (predictor) => {
    const judged = await judgeClips(clips, { predictor, voiceActivity }, { scope: 'clip', signal });
    const columns = labels.map((label) => predictor.card.labels.indexOf(label));
    return judged.map(({ judgement, sound }) => ({
      ...judgement,
      truth: labels.indexOf(sound.label),
      probabilities:
        judgement.probabilities &&
        Float32Array.from(columns, (column) => judgement.probabilities?.[column] ?? 0),
    }));
  });
}

function pickExamples(
  clips: readonly Clip[],
  count: number,
  random: ReturnType<typeof createRandom>,
): readonly Clip[] {
  const byLabel = groupBy(clips, ({ label }) => label);
  return [...byLabel.values()].flatMap((own) => random.shuffled(own).slice(0, count));
}

function part<T>(
  all: readonly T[],
  belongs: (one: T) => boolean,
): readonly [yes: readonly T[], no: readonly T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}
