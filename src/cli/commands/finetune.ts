import type { Command } from 'commander';
import type { Comparison } from '#shared/domain/comparison.ts';
import { finetuneModel } from '#engine/training/finetune/finetune.ts';
import { fractionDone, type FinetuneProgress } from '#engine/training/finetune/progress.ts';
import type { FinetuneReport } from '#shared/contract/training.ts';
import type { Progress } from '#shared/rpc/contract.ts';
import { cancelOnSignals } from '../cancellation.ts';
import { readCorrections } from '../corrections-file.ts';
import { defaultModelFolder } from '../default-model.ts';
import { exitStatus } from '../exit-status.ts';
import { parseCount } from '../numbers.ts';
import { showProgress } from '../progress.ts';
import { withTrainingTools } from '../training-tools.ts';

interface FinetuneCommandOptions {
  readonly model?: string;
  readonly labels: string;
  readonly out: string;
  readonly only?: readonly string[];
  readonly speaker: string;
  readonly seed: number;
  readonly json: boolean;
}

export function define(command: Command): void {
  command
    .description(
      'Makes a new version of a model that has learnt from corrected segments, and says what that gave on ' +
        'recordings held back and on speakers that nobody corrected. The model itself stays as it is.',
    )
    .option('--model <folder>', 'a model folder in place of the shipped model')
    .requiredOption('--labels <csv>', 'corrections: recording, start, end, label')
    .requiredOption('--out <folder>', "where the version goes; its name becomes the version's id")
    .option(
      '--only <label...>',
      'what the version tells apart; else its old labels and the new ones',
    )
    .option('--speaker <name>', 'take all recordings for those of one speaker', '')
    .option('--seed <number>', 'of every random choice', parseCount, 1)
    .option('--json', 'print one JSON object', false)
    .action(async (options: FinetuneCommandOptions) => {
      process.exitCode = await finetune(options);
    });
}

async function finetune(options: FinetuneCommandOptions): Promise<number> {
  const signal = cancelOnSignals();
  const { corrections, rejected } = await readCorrections(options.labels, options.speaker);
  for (const reason of rejected) process.stderr.write(`${options.labels}, ${reason}\n`);
  const progress = showProgress('finetune');
  const task = {
    modelFolder: options.model ?? (await defaultModelFolder()),
    out: options.out,
    corrections,
    labels: options.only,
    seed: options.seed,
    onProgress: (step: FinetuneProgress) => {
      progress.report(describeStep(step));
    },
  };
  try {
    const report = await withTrainingTools(signal, (tools) => finetuneModel(task, tools));
    progress.stop();
    process.stdout.write(`${options.json ? JSON.stringify(report) : describeReport(report)}\n`);
  } finally {
    progress.stop();
  }
  return rejected.length > 0 ? exitStatus.someFailed : exitStatus.done;
}

const stages = { listening: 'listening', trying: 'trying out', learning: 'learning' } as const;

function describeStep(step: FinetuneProgress): Progress {
  const stage = stages[step.kind];
  const fraction = fractionDone(step);
  if (step.kind === 'listening') return { stage, fraction };
  const { epoch, epochs, loss } = step;
  return { stage: `${stage}, epoch ${epoch} of ${epochs}, loss ${loss.toFixed(3)}`, fraction };
}

function describeReport({ model, parent, corrections, heldBack, check }: FinetuneReport): string {
  const counts = Object.entries(corrections).map(([label, count]) => `${count} ${label}`);
  return [
    `${model} has learnt from ${counts.join(', ')}; it comes from ${parent}`,
    describeComparison('recordings held back', heldBack),
    describeComparison('speakers whom nobody corrected', check),
  ].join('\n');
}

function describeComparison(what: string, comparison: Comparison | null): string {
  if (comparison === null) return `on ${what}: not measured, there are none`;
  const { clips, before, after, gainInterval } = comparison;
  const [low, high] = gainInterval.map(percent);
  return `on ${what}: ${percent(before.accuracy)} right before, ${percent(after.accuracy)} after (${clips} segments; 95 % of the gain: ${low ?? ''} to ${high ?? ''})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
