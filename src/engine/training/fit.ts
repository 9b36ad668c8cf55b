import { createHash } from 'node:crypto';
import { z } from 'zod';
import { featureSettings } from '#engine/features/settings.ts';
import { createPacer } from '#engine/pacer.ts';
import { softmax } from '#engine/model/calibrate.ts';
import { memberPrefixes } from '#engine/model/members.ts';
import type { NetworkConfig } from '#engine/model/network-config.ts';
import { createNetwork, type Network, type Weight } from '#engine/model/network.ts';
import type { Example } from './augment/mixup.ts';
import { planBatches } from './batches.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import type { Sample } from './dataset.ts';
import { drawExamples, exampleRecipe, plainFeatures } from './examples.ts';
import { score } from './metrics.ts';
import {
  optimiserRecipe,
  startOptimiser,
  stepOptimiser,
  type OptimiserState,
} from './optimiser.ts';
import { createRandom } from './random.ts';
import { gradientOf, inferLogits, readWeights, writeWeights, type LossRecipe } from './trainer.ts';

export const fitRecipe = z.strictObject({
  features: featureSettings,
  examples: exampleRecipe,
  optimiser: optimiserRecipe,
  epochs: z.number().int().positive(),
  /** Examples in a batch. */
  batch: z.number().int().positive(),
  labelSmoothing: z.number().min(0).max(1),
});
type FitRecipe = Readonly<z.infer<typeof fitRecipe>>;

export interface FitProgress {
  readonly epoch: number;
  readonly epochs: number;
  /** Mean over the epoch, augmentation and label smoothing included. */
  readonly loss: number;
  /** Of the averaged weights on the validation speakers, every few epochs; null between, and where there are none. */
  readonly validationUar: number | null;
  readonly secondsLeft: number;
}

export interface FitTask {
  readonly train: readonly Sample[];
  /** Only watched: nothing is chosen by it. */
  readonly validation: readonly Sample[];
  readonly labels: readonly string[];
  readonly recipe: FitRecipe;
  readonly seed: number;
  /** Weights to go on from, as retraining does; drawn by the seed where absent. */
  readonly start?: readonly Weight[] | undefined;
  /** File in which a stopped training is taken up again. */
  readonly checkpoint?: string | undefined;
  readonly onProgress?: ((progress: FitProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Trains a network and gives it with its averaged weights; the caller disposes of it.
 *
 * Every random choice comes from the seed and the number of the epoch, so a training that was stopped and
 * resumed ends with the same weights, bit for bit, as one that was not - on one machine, one build of
 * TensorFlow and one number of threads: a sum split otherwise among threads rounds otherwise.
 *
 * @throws the signal's reason when it is aborted; the last checkpoint stays
 */
export async function fitNetwork(config: NetworkConfig, task: FitTask): Promise<Network> {
  const prefixes = memberPrefixes(config);
  // What has been trained already goes on as one.
  if (prefixes.length === 1 || task.start !== undefined) return fitWhole(config, task);
  const weights: Weight[] = [];
  for (const [at, prefix] of prefixes.entries()) {
    const member = await fitWhole(
      { ...config, members: 1 },
      taskOfMember(task, at, prefixes.length),
    );
    weights.push(...member.weights().map((own) => ({ ...own, name: `${prefix}${own.name}` })));
    member.dispose();
  }
  const network = await createNetwork(config);
  network.setWeights(weights);
  return network;
}

/** The training of one member by itself, the first with the very seed. */
function taskOfMember(task: FitTask, at: number, members: number): FitTask {
  const { seed, checkpoint, onProgress } = task;
  if (at === 0) return { ...task, onProgress: watchMember(at, members, onProgress) };
  return {
    ...task,
    seed: 1000 * seed + at,
    checkpoint: checkpoint && `${checkpoint}-${at + 1}`,
    onProgress: watchMember(at, members, onProgress),
  };
}

/** Tells how far one member is as how far all are. */
function watchMember(
  at: number,
  members: number,
  onProgress: FitTask['onProgress'],
): FitTask['onProgress'] {
  const started = performance.now();
  return ({ epoch, epochs, secondsLeft, ...progress }) => {
    const whole = (performance.now() - started) / 1000 + secondsLeft;
    onProgress?.({
      ...progress,
      epoch: at * epochs + epoch,
      epochs: members * epochs,
      secondsLeft: secondsLeft + (members - 1 - at) * whole,
    });
  };
}

async function fitWhole(config: NetworkConfig, task: FitTask): Promise<Network> {
  const network = await createNetwork(config, `${task.seed}`);
  try {
    if (task.start !== undefined) network.setWeights(task.start);
    await train(network, identify(config, task), task);
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}

/** Each look at the validation speakers takes some 3 % of an epoch's work. */
const watchedEpochs = 5;

async function train(network: Network, identity: string, task: FitTask): Promise<void> {
  const { recipe, checkpoint } = task;
  const resumed = checkpoint === undefined ? undefined : await readCheckpoint(checkpoint, identity);
  const first = resumed?.epoch ?? 0;
  let state = resumed?.optimiser ?? startOptimiser(await readWeights(network));
  const loss = { smoothing: recipe.labelSmoothing, weights: labelWeights(task) };
  const started = performance.now();
  const isWatched = (done: number): boolean => done % watchedEpochs === 0 || done === recipe.epochs;
  for (let epoch = first; epoch < recipe.epochs; epoch += 1) {
    const trained = await trainEpoch(network, task, state, loss, epoch);
    state = trained.state;
    writeWeights(network, state.averaged);
    const done = epoch + 1;
    task.onProgress?.({
      epoch: done,
      epochs: recipe.epochs,
      loss: trained.loss,
      validationUar: isWatched(done) ? await watch(network, task) : null,
      secondsLeft: ((performance.now() - started) / 1000 / (done - first)) * (recipe.epochs - done),
    });
    if (checkpoint !== undefined) {
      await writeCheckpoint(checkpoint, identity, { epoch: done, optimiser: state });
    }
  }
  writeWeights(network, state.averaged);
}

async function trainEpoch(
  network: Network,
  { train, labels, recipe, seed, signal }: FitTask,
  before: OptimiserState,
  loss: LossRecipe,
  epoch: number,
): Promise<{ state: OptimiserState; loss: number }> {
  const random = createRandom(seed, 'epoch', epoch);
  const examples = drawExamples(train, labels, recipe.features, recipe.examples, random);
  const lengths = examples.map(({ features }) => features.rows);
  const batches = planBatches(lengths, recipe.batch, random);
  let state = before;
  let total = 0;
  const breathe = createPacer();
  for (const batch of batches) {
    await breathe();
    signal?.throwIfAborted();
    writeWeights(network, state.weights);
    const chosen = batch.flatMap((index): readonly Example[] => examples.slice(index, index + 1));
    const gradient = await gradientOf(network, chosen, loss, random.below(2 ** 31));
    const steps = batches.length * recipe.epochs;
    state = stepOptimiser(state, gradient.values, recipe.optimiser, steps);
    total += gradient.loss * batch.length;
  }
  return { state, loss: total / examples.length };
}

async function watch(
  network: Network,
  { validation, labels, recipe }: FitTask,
): Promise<number | null> {
  if (validation.length === 0) return null;
  const [scope] = recipe.examples.scopes;
  const features = validation.map((one) => plainFeatures(one, recipe.features, scope ?? 'clip'));
  const logits = await inferLogits(network, features);
  const judgements = validation.map(({ label, speaker }, index) => {
    const answer = logits[index];
    const probabilities = answer === undefined ? null : softmax(answer);
    return { truth: labels.indexOf(label), speaker, probabilities };
  });
  return score(judgements, labels.length).uar;
}

/** Rare labels count more, so that each label counts alike: RAVDESS has half as many neutral clips. */
function labelWeights({ train, labels }: FitTask): Float32Array {
  const counts = labels.map((label) => train.filter((sample) => sample.label === label).length);
  const mean = train.length / labels.length;
  return Float32Array.from(counts, (count) => mean / Math.max(1, count));
}

function identify(config: NetworkConfig, { train, labels, recipe, seed }: FitTask): string {
  const sounds = train.map(({ soundHash, label }) => [soundHash, label]);
  return createHash('sha256')
    .update(JSON.stringify({ config, sounds, labels, recipe, seed }))
    .digest('hex');
}
