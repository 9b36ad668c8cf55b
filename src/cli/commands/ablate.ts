import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { ablate, type AblationProgress } from '#engine/training/ablate/ablate.ts';
import { topics, type Topic } from '#engine/training/ablate/plan.ts';
import { drawDifferences } from '#engine/training/ablate/figure.ts';
import { describeAblation } from '#engine/training/ablate/table.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import { cancelOnSignals } from '../cancellation.ts';
import { corpusOption, openCorpora, type CorpusChoice } from '../corpus-option.ts';
import { parseCount } from '../numbers.ts';
import { showProgress } from '../progress.ts';
import { describeTraining } from '../training-progress.ts';
import { defaultProtocol, loadRecipe, seedsUpTo, withTrainingTools } from '../training-tools.ts';

interface AblateCommandOptions {
  readonly corpus: readonly CorpusChoice[];
  readonly out: string;
  readonly folds: number;
  readonly seeds: number;
  readonly topics: readonly Topic[];
  readonly config?: string;
}

export function define(command: Command): void {
  command
    .description(
      'Cross-validates one layer and two, 32, 64 and 128 units, dropout, features and lengths of sequences, ' +
        'each on the same folds and seeds, and writes what each change gave, with intervals, to ' +
        'ablation.json, ablation.md and ablation.svg. Takes hours; can be stopped and goes on when given again.',
    )
    .addOption(corpusOption())
    .requiredOption('--out <folder>', 'where the results and the finished runs go')
    .option('--folds <number>', 'parts that are tested in turn', parseCount, defaultProtocol.folds)
    .option('--seeds <number>', 'trainings of each fold', parseCount, 5)
    .addOption(
      new Option('--topics <names...>', 'only these').choices([...topics]).default([...topics]),
    )
    .option('--config <file>', 'a recipe as JSON; what it leaves out is as shipped')
    .action(runAblation);
}

async function runAblation(options: AblateCommandOptions): Promise<void> {
  const signal = cancelOnSignals();
  const progress = showProgress('ablate');
  const { folds, out } = options;
  const { jobs } = defaultProtocol;
  const corpora = await openCorpora(options.corpus);
  const recipe = await loadRecipe(options.config);
  await mkdir(out, { recursive: true });
  const record = join(out, 'runs.jsonl');
  const report = await withTrainingTools(signal, (tools) =>
    ablate(
      {
        corpora,
        recipe,
        topics: options.topics,
        folds,
        seeds: seedsUpTo(options.seeds),
        record,
        jobs,
        onProgress: ({ variant, number, of, step }: AblationProgress) => {
          const { stage, fraction } = describeTraining(step);
          const done = (number - 1 + fraction) / of;
          progress.report({ stage: `${variant} (${number} of ${of}): ${stage}`, fraction: done });
        },
      },
      tools,
    ),
  );
  progress.stop();
  const table = describeAblation(report);
  const files = {
    'ablation.json': `${JSON.stringify(report)}\n`,
    'ablation.md': table,
    'ablation.svg': drawDifferences(report),
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFileWhole(join(out, name), [Buffer.from(text)]);
  }
  process.stdout.write(table);
}
