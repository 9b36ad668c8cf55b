import { basename } from 'node:path';
import { Argument, InvalidArgumentError, type Command } from 'commander';
import { codeVersion } from '#engine/training/code-version.ts';
import { crossValidate } from '#engine/training/crossval.ts';
import { foldsOf } from '#engine/training/study/folds.ts';
import { correctedCounts, studyAdaptation } from '#engine/training/study/adaptation.ts';
import { studyNewLabels } from '#engine/training/study/new-labels.ts';
import { studyRobustness } from '#engine/training/study/robustness.ts';
import { studyTimeline, timelineChoices } from '#engine/training/study/timeline.ts';
import { cancelOnSignals } from '../cancellation.ts';
import { corpusOption, openCorpora, type CorpusChoice } from '../corpus-option.ts';
import { defaultModelFolder } from '../default-model.ts';
import { parseCount } from '../numbers.ts';
import { showProgress } from '../progress.ts';
import { describeTraining, type TrainingStep } from '../training-progress.ts';
import { defaultProtocol, loadRecipe, withTrainingTools } from '../training-tools.ts';

const studies = ['robustness', 'timeline', 'adaptation'] as const;
type Study = (typeof studies)[number];

const newLabels = 'new-labels';
/** Examples of each label; EMO-DB has two dozen of some outside a fold. */
const exampleCounts = [0, 5, 10, 20];

interface StudyCommandOptions {
  readonly corpus: readonly CorpusChoice[];
  readonly seed: number;
  readonly onlyFolds?: readonly number[];
  readonly config?: string;
}

export function define(command: Command): void {
  command
    .description(
      'Measures what else a recipe can do, with the networks of its cross-validation on the speakers whom ' +
        'each of them never heard (they are trained first where that was not done): how well it stands worse ' +
        'sound, how right its timelines are, and what correcting one speaker buys; or what labels of one’s own ' +
        'are worth after a few examples, with the shipped model. Prints one JSON object.',
    )
    .addArgument(new Argument('<what>', 'what to measure').choices([...studies, newLabels]))
    .addOption(corpusOption())
    .option('--seed <number>', 'of the cross-validation', parseCount, 1)
    .option(
      '--only-folds <list>',
      'only the speakers of these, counted from 0, like 1,4',
      parseFolds,
    )
    .option('--config <file>', 'a recipe as JSON; what it leaves out is as shipped')
    .action((what: Study | typeof newLabels, options: StudyCommandOptions) =>
      what === newLabels ? learnNewLabels(options) : study(what, options),
    );
}

async function learnNewLabels({ corpus, seed }: StudyCommandOptions): Promise<void> {
  const signal = cancelOnSignals();
  const progress = showProgress(`study ${newLabels}`);
  const corpora = await openCorpora(corpus);
  const modelFolder = await defaultModelFolder();
  const clips = corpora.flatMap((one) => one.clips);
  const task = { modelFolder, clips, counts: exampleCounts, folds: defaultProtocol.folds, seed };
  const result = await withTrainingTools(signal, (tools) =>
    studyNewLabels(task, tools, (done, of) => {
      progress.report({ stage: `${done} of ${of}`, fraction: done / of });
    }),
  );
  progress.stop();
  const about = { kind: 'study', what: newLabels, model: basename(modelFolder), seed };
  const data = { corpora: corpora.map(({ kind }) => kind), clips: clips.length };
  process.stdout.write(
    `${JSON.stringify({ ...about, code: await codeVersion(), data, ...result })}\n`,
  );
}

async function study(what: Study, options: StudyCommandOptions): Promise<void> {
  const signal = cancelOnSignals();
  const progress = showProgress(`study ${what}`);
  const { seed, onlyFolds } = options;
  const corpora = await openCorpora(options.corpus);
  const recipe = await loadRecipe(options.config);
  const clips = corpora.flatMap((corpus) => corpus.clips);
  const onProgress = (step: TrainingStep): void => {
    progress.report(describeTraining(step));
  };
  const onDone = (done: number, of: number): void => {
    progress.report({ stage: `${done} of ${of}`, fraction: done / of });
  };
  const result = await withTrainingTools(signal, async (tools) => {
    const report = await crossValidate(
      { ...defaultProtocol, corpora, recipe, seeds: [seed], onlyFolds, onProgress },
      tools,
    );
    const folds = foldsOf(report, clips, defaultProtocol.record, seed);
    const { code, data } = report;
    const rows = await {
      robustness: () => studyRobustness(folds, tools, onDone),
      timeline: () => studyTimeline(folds, timelineChoices, tools, onDone),
      adaptation: () => studyAdaptation(folds, correctedCounts, seed, tools, onDone),
    }[what]();
    const tested = report.runs.map(({ fold }) => fold);
    return { kind: 'study', what, seed, folds: tested, code, data, recipe, rows };
  });
  progress.stop();
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

function parseFolds(value: string): readonly number[] {
  return value.split(',').map((fold) => {
    const number = Number(fold);
    if (!Number.isInteger(number) || number < 0 || number >= defaultProtocol.folds) {
      throw new InvalidArgumentError(`there are folds 0 to ${defaultProtocol.folds - 1}.`);
    }
    return number;
  });
}
