import type { Command } from 'commander';
import { discoverAudio } from '#files/discover-audio.ts';
import { runBatch } from '../analyze/batch.ts';
import { chooseInputs } from '../analyze/inputs.ts';
import { addOptions, stateFolderOf, targetOf, type AnalyzeOptions } from '../analyze/options.ts';
import { openState } from '../analyze/state.ts';
import { describeBatch, describeUncertainStarts } from '../analyze/summary.ts';
import { startWorkers } from '../analyze/work/workers.ts';
import { cancelOnSignals } from '../cancellation.ts';
import { defaultModelFolder } from '../default-model.ts';
import { exitStatus } from '../exit-status.ts';
import { collectFailures } from '../failures.ts';
import { showProgress } from '../progress.ts';

const goOnHint = 'What is done is kept: the same command goes on from here with --resume.\n';

export function define(command: Command): void {
  command
    .description(
      'Analyses recordings and folders of recordings: where speech is, and how it sounds over time. ' +
        'Prints emotion CSV, or writes it where --output says: to one file if it ends in .csv, .json or ' +
        '.parquet, otherwise to a folder, one file a recording. What was stopped or killed goes on where ' +
        'it was when the same command is given again with --resume.',
    )
    .argument('<paths...>', 'recordings, and folders to search for recordings');
  addOptions(command).action(async (paths: readonly string[], options: AnalyzeOptions) => {
    process.exitCode = await analyze(paths, options, command);
  });
}

async function analyze(
  paths: readonly string[],
  options: AnalyzeOptions,
  command: Command,
): Promise<number> {
  const target = targetOf(options);
  if (typeof target === 'string') return command.error(`error: ${target}`);
  const signal = cancelOnSignals();
  const display = showProgress('analyze');
  const failures = collectFailures(display.write);
  const { files, failures: notFound } = await discoverAudio(paths);
  for (const { path, ...error } of notFound) failures.add(path, error);
  const inputs = await chooseInputs(files, options.shard);

  const modelFolder = options.model ?? (await defaultModelFolder());
  const state = await openState(stateFolderOf(target), options.resume);
  let finished = false;
  try {
    const workers = await startWorkers({ ...state, modelFolder, jobs: options.jobs });
    try {
      const batch = { inputs, target, options, workers, ...state, display, failures, signal };
      const totals = await runBatch(batch);
      finished = failures.exitStatus() === exitStatus.done;
      display.stop();
      process.stderr.write(describeUncertainStarts(totals));
      if (inputs.length > 1) process.stderr.write(describeBatch(totals));
    } finally {
      workers.close();
    }
  } finally {
    display.stop();
    await state.close(options.resume || !finished);
    if (signal.aborted && target.kind !== 'screen') process.stderr.write(goOnHint);
  }
  return failures.exitStatus();
}
