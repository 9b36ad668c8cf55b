import type { Scope } from '#engine/clips/classify.ts';
import { codeVersion } from './code-version.ts';
import type { Corpus } from './corpora/clip.ts';
import { isHeard, type Sample } from './dataset.ts';
import { keepFoldModel } from './fold-model.ts';
import type { FoldRun } from './fold-record.ts';
import { fitNetwork, type FitProgress } from './fit.ts';
import { calibrate, judge } from './judge.ts';
import { score } from './metrics.ts';
import type { CardFacts } from './card/model-card.ts';
import { createRandom } from './random.ts';
import type { Recipe } from './recipe.ts';
import { chooseRehearsal } from './rehearsal/choose.ts';
import type { Split } from './splits.ts';
import { networkFor } from './training-data.ts';

export interface FoldTask {
  readonly task: string;
  readonly split: Split<Sample>;
  readonly seed: number;
  readonly corpora: readonly Corpus[];
  readonly labels: readonly string[];
  readonly recipe: Recipe;
  /** File of finished runs; the network is kept beside it. */
  readonly record: string;
  readonly keepNetwork: boolean;
  readonly onProgress?: ((progress: FitProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Trains on one side of a split, calibrates on the speakers held out, and scores the test side once. */
export async function runFold(fold: FoldTask): Promise<FoldRun> {
  const { task, split, seed, recipe, corpora, labels } = fold;
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
    const [scope = 'clip'] = recipe.examples.scopes;
    const heldOut = {
      ...score(await judge(hearing, split.validation, scope, temperature), labels.length),
      names: speakersOf(split.validation),
    };
    if (fold.keepNetwork) {
      const facts = { ...seen(corpora, split), labels, recipe, temperature, heldOut };
      const random = createRandom(seed, 'rehearsal');
      const rehearsal = chooseRehearsal(split.train, split.validation, random);
      await keepFoldModel(fold.record, { task, fold: split.fold, seed }, network, facts, rehearsal);
    }
    const scored = async (scope: Scope): Promise<FoldRun['scores'][Scope]> =>
      score(await judge(hearing, split.test, scope, temperature), labels.length);
    return {
      task,
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

/** What a run's network has heard, as its card tells. */
function seen(
  corpora: readonly Corpus[],
  { train, validation }: Split<Sample>,
): Pick<CardFacts, 'corpora' | 'samples'> {
  const samples = [...train, ...validation];
  const paths = new Set(samples.map(({ path }) => path));
  const heard = corpora.map((corpus) => ({
    ...corpus,
    clips: corpus.clips.filter(({ path }) => paths.has(path)),
  }));
  return { corpora: heard, samples };
}

function speakersOf(samples: readonly Sample[]): readonly string[] {
  return [...new Set(samples.map(({ speaker }) => speaker))].sort();
}
