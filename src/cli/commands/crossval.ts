import { Option, type Command } from 'commander';
import type { CrossvalReport, Figure } from '#engine/training/crossval-report.ts';
import { crossValidate } from '#engine/training/crossval.ts';
import { scopes } from '#engine/clips/classify.ts';
import { splitKinds, type SplitKind } from '#engine/training/splits.ts';
import { cancelOnSignals } from '../cancellation.ts';
import { corpusOption, openCorpora, type CorpusChoice } from '../corpus-option.ts';
import { parseCount } from '../numbers.ts';
import { showProgress } from '../progress.ts';
import { describeTraining } from '../training-progress.ts';
import { defaultProtocol, loadRecipe, seedsUpTo, withTrainingTools } from '../training-tools.ts';

interface CrossvalCommandOptions {
  readonly corpus: readonly CorpusChoice[];
  readonly folds: number;
  readonly seeds: number;
  readonly split: SplitKind;
  readonly config?: string;
  readonly json: boolean;
}

export function define(command: Command): void {
  command
    .description(
      'Trains once for each fold and seed and tests each on speakers left out of it. Can be stopped: the same ' +
        'command goes on after the last finished run. "--split random" puts the same speakers into training ' +
        'and test, as many papers do; its number is for comparison only.',
    )
    .addOption(corpusOption())
    .option('--folds <number>', 'parts that are tested in turn', parseCount, defaultProtocol.folds)
    .option('--seeds <number>', 'trainings of each fold', parseCount, 1)
    .addOption(
      new Option('--split <kind>', 'what must not be on both sides')
        .choices([...splitKinds])
        .default(defaultProtocol.split),
    )
    .option('--config <file>', 'a recipe as JSON; what it leaves out is as shipped')
    .option('--json', 'print one JSON object', false)
    .action(crossval);
}

async function crossval(options: CrossvalCommandOptions): Promise<void> {
  const signal = cancelOnSignals();
  const progress = showProgress('crossval');
  const { folds, split } = options;
  const task = {
    ...defaultProtocol,
    corpora: await openCorpora(options.corpus),
    recipe: await loadRecipe(options.config),
    folds,
    split,
    seeds: seedsUpTo(options.seeds),
    onProgress: (step: Parameters<typeof describeTraining>[0]) => {
      progress.report(describeTraining(step));
    },
  };
  const report = await withTrainingTools(signal, (tools) => crossValidate(task, tools));
  progress.stop();
  process.stdout.write(`${options.json ? JSON.stringify(report) : describe(report)}\n`);
}

function spread(uar: Figure): string {
  return uar.spread === null ? '' : `, spread between seeds ${uar.spread.toFixed(3)}`;
}

function describe({ summary, split, folds, seeds }: CrossvalReport): string {
  const kind = split === 'speaker' ? 'speaker-disjoint' : 'random (same speakers on both sides)';
  const lines = scopes.map((scope) => {
    const { uar, accuracy, ece, uarInterval } = summary[scope];
    const [low, high] = uarInterval.map((bound) => bound.toFixed(3));
    return `normalised by ${scope}: unweighted average recall ${uar.mean.toFixed(3)} (95 %: ${low} to ${high}${spread(uar)}), accuracy ${accuracy.mean.toFixed(3)}, calibration error ${ece.mean.toFixed(3)}`;
  });
  return [`${folds} folds x ${seeds.length} seeds, ${kind} split`, ...lines].join('\n');
}
