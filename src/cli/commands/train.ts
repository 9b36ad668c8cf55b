import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { crossValidate } from '#engine/training/crossval.ts';
import { trainModel } from '#engine/training/train.ts';
import { cancelOnSignals } from '../cancellation.ts';
import { corpusOption, openCorpora, type CorpusChoice } from '../corpus-option.ts';
import { parseCount } from '../numbers.ts';
import { showProgress } from '../progress.ts';
import { describeTraining, type TrainingStep } from '../training-progress.ts';
import {
  defaultProtocol,
  loadRecipe,
  seedsUpTo,
  trainingCache,
  withTrainingTools,
} from '../training-tools.ts';

interface TrainCommandOptions {
  readonly corpus: readonly CorpusChoice[];
  readonly out: string;
  readonly seed: number;
  readonly config?: string;
  readonly crossval: number;
}

export function define(command: Command): void {
  command
    .description(
      'Trains a model and writes its folder. Two speakers are held out to calibrate it. A training that was ' +
        'stopped goes on where it was when the same command is given again.',
    )
    .addOption(corpusOption())
    .requiredOption('--out <folder>', "where the model goes; its name becomes the model's id")
    .option('--seed <number>', 'of every random choice', parseCount, 1)
    .option('--config <file>', 'a recipe as JSON; what it leaves out is as shipped')
    .option('--crossval <seeds>', 'cross-validate first, for the scores on the card', parseCount, 0)
    .action(train);
}

async function train(options: TrainCommandOptions): Promise<void> {
  const signal = cancelOnSignals();
  const progress = showProgress('train');
  const onProgress = (step: TrainingStep): void => {
    progress.report(describeTraining(step));
  };
  const { seed, out } = options;
  const recipe = await loadRecipe(options.config);
  const corpora = await openCorpora(options.corpus);
  const card = await withTrainingTools(signal, async (tools) => {
    const measured =
      options.crossval > 0
        ? await crossValidate(
            { ...defaultProtocol, corpora, recipe, seeds: seedsUpTo(options.crossval), onProgress },
            tools,
          )
        : undefined;
    const checkpoint = join(trainingCache, `${basename(out)}-${seed}.checkpoint`);
    return trainModel({ corpora, recipe, seed, out, measured, checkpoint, onProgress }, tools);
  });
  progress.stop();
  process.stdout.write(`${card.name} is in ${out}\n`);
}
