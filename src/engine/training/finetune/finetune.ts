import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { ModelCard } from '#engine/model/card.ts';
import type { Comparison } from '#shared/domain/comparison.ts';
import { loadModel } from '#engine/model/folder/load.ts';
import { saveModel } from '#engine/model/folder/save.ts';
import { createNetwork, type Network, type Weight } from '#engine/model/network.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Correction, FinetuneReport } from '#shared/contract/training.ts';
import { isHeard, type Sample } from '../dataset.ts';
import { groupBy } from '../group-by.ts';
import { createRandom } from '../random.ts';
import { encodeRehearsal, readRehearsal, type RehearsalClip } from '../rehearsal/file.ts';
import { rehearsalSamples } from '../rehearsal/samples.ts';
import { hashData, type TrainingTools } from '../training-data.ts';
import { compare, type Judge } from './compare.ts';
import { loadCorrections } from './corrections.ts';
import { holdBack } from './hold-back.ts';
import { learn, type Lesson } from './learn.ts';
import { relabelWeights } from './outputs.ts';
import type { FinetuneProgress } from './progress.ts';
import { describeVersion } from './version-card.ts';

export interface FinetuneTask {
  /** Of the model to go on from. */
  readonly modelFolder: string;
  /** The new version's folder, which must not exist; its name becomes its id. */
  readonly out: string;
  readonly corrections: readonly Correction[];
  /** What the version tells apart; the base model's labels and those of the corrections where absent. */
  readonly labels?: readonly string[] | undefined;
  readonly seed: number;
  readonly onProgress?: ((progress: FinetuneProgress) => void) | undefined;
}

/**
 * A new version of a model that has learnt from corrections. Nothing but the new folder is written, and that
 * whole or not at all. The same corrections, model and seed give the same weights.
 * @throws model-exists, corrections-too-few, model-missing, model-invalid, not-writable, disk-full, what
 *   decoding throws, the signal's reason
 */
export async function finetuneModel(
  task: FinetuneTask,
  tools: TrainingTools,
): Promise<FinetuneReport> {
  refuseExisting(task.out);
  const { network, card } = await loadModel(task.modelFolder);
  try {
    return await retrain(network, card, task, tools);
  } finally {
    network.dispose();
  }
}

async function retrain(
  network: Network,
  card: ModelCard,
  task: FinetuneTask,
  tools: TrainingTools,
): Promise<FinetuneReport> {
  const { out, seed, onProgress } = task;
  const { features } = card;
  const started = performance.now();
  const heard = await loadCorrections(task.corrections, features, tools, (done, of) =>
    onProgress?.({ kind: 'listening', done, of }),
  );
  const labels = chooseLabels(task, card.labels, heard);
  const samples = heard.filter((sample) => isHeard(sample) && labels.includes(sample.label));
  const clips = await readRehearsal(task.modelFolder, features);
  const { rehearsal, check } = partClips(clips, card, labels);
  const start = await startingWeights(network, card.labels, labels, seed);
  const config = { ...network.config, outputs: labels.length };
  const lesson = { config, start, labels, features, seed, rehearsal, signal: tools.signal };
  const before = judgeOf(network, card, card.labels);
  const heldBack = await tryOut({ ...lesson, ...watch(task, 'trying') }, samples, before, card);
  const learnt = await learn({ ...lesson, ...watch(task, 'learning') }, samples);
  try {
    const report: FinetuneReport = {
      kind: 'finetune',
      model: basename(out),
      parent: card.id,
      labels,
      seed,
      dataHash: hashData(samples),
      corrections: countLabels(samples),
      heldBack,
      check: await compare(before, judgeOf(learnt, card, labels), check),
      seconds: (performance.now() - started) / 1000,
    };
    const extras = clips.length > 0 ? encodeRehearsal(clips, features) : {};
    await saveModel(out, learnt, describeVersion(card, report), extras);
    return report;
  } finally {
    learnt.dispose();
  }
}

/** What the corrections that are held back gain by those that are not. */
async function tryOut(
  lesson: Lesson,
  samples: readonly Sample[],
  before: Judge,
  card: ModelCard,
): Promise<Comparison | null> {
  const { kept, held } = holdBack(samples, createRandom(lesson.seed, 'held back'));
  if (kept.length === 0 || held.length === 0) return null;
  const network = await learn(lesson, kept);
  try {
    return await compare(before, judgeOf(network, card, lesson.labels), held);
  } finally {
    network.dispose();
  }
}

function judgeOf(network: Network, card: ModelCard, labels: readonly string[]): Judge {
  return {
    hearing: { network, settings: card.features, labels },
    temperature: card.temperature,
  };
}

function watch(
  { onProgress }: FinetuneTask,
  kind: 'trying' | 'learning',
): Pick<Lesson, 'onProgress'> {
  return { onProgress: (progress) => onProgress?.({ kind, ...progress }) };
}

/** Clips whose labels the version does not have are of no use to it, but stay in the file. */
function partClips(
  clips: readonly RehearsalClip[],
  { features }: ModelCard,
  labels: readonly string[],
): { readonly rehearsal: readonly Sample[]; readonly check: readonly Sample[] } {
  const ofPart = (part: RehearsalClip['part']): readonly Sample[] =>
    rehearsalSamples(
      clips.filter((clip) => clip.part === part),
      features,
    ).filter(({ label }) => labels.includes(label));
  return { rehearsal: ofPart('rehearse'), check: ofPart('check') };
}

async function startingWeights(
  network: Network,
  known: readonly string[],
  labels: readonly string[],
  seed: number,
): Promise<readonly Weight[]> {
  if (known.join('\n') === labels.join('\n')) return network.weights();
  const shape = { ...network.config, outputs: labels.length };
  const fresh = await createNetwork(shape, `${seed}`);
  try {
    return relabelWeights(network.weights(), known, fresh.weights(), labels);
  } finally {
    fresh.dispose();
  }
}

function chooseLabels(
  { labels, corrections }: FinetuneTask,
  known: readonly string[],
  heard: readonly Sample[],
): readonly string[] {
  const chosen = labels ?? [...new Set([...known, ...heard.map(({ label }) => label).sort()])];
  const usable = heard.filter((sample) => isHeard(sample) && chosen.includes(sample.label));
  if (usable.length === 0 || chosen.length < 2) {
    const detail = `${usable.length} of ${corrections.length} can be learnt from`;
    throw new UndertoneError('corrections-too-few', { detail });
  }
  return chosen;
}

function countLabels(samples: readonly Sample[]): Readonly<Record<string, number>> {
  const groups = groupBy(samples, ({ label }) => label);
  return Object.fromEntries([...groups].map(([label, own]) => [label, own.length]));
}

function refuseExisting(out: string): void {
  if (existsSync(out)) throw new UndertoneError('model-exists', { subject: out });
}
