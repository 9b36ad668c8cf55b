import { Option, type Command } from 'commander';
import { createVoiceActivity } from '#engine/audio/voice-activity.ts';
import { discoverAudio } from '#files/discover-audio.ts';
import { classifyClips, scopes, type ClipAnswer, type Scope } from '#engine/clips/classify.ts';
import { loadPredictor } from '#engine/model/predict.ts';
import { cancelOnSignals } from '../cancellation.ts';
import { defaultModelFolder } from '../default-model.ts';
import { collectFailures } from '../failures.ts';
import { showProgress } from '../progress.ts';

interface ClassifyCommandOptions {
  readonly model?: string;
  readonly normalise: Scope;
}

/** Whose speech is made equal before the model hears it; `classify` and `evaluate` take it alike. */
export const normaliseOption = new Option(
  '--normalise <scope>',
  'make each clip equal by itself, or all clips of a speaker together',
)
  .choices([...scopes])
  .default('clip');

export function define(command: Command): void {
  command
    .description(
      'Says how short recordings sound, each as a whole, one JSON line a file. ' +
        'With --normalise speaker all of them are taken for recordings of one speaker.',
    )
    .argument('<paths...>', 'recordings, and folders to search for recordings')
    .option('--model <folder>', 'a model folder in place of the shipped model')
    .addOption(normaliseOption)
    .action(async (paths: readonly string[], options: ClassifyCommandOptions) => {
      process.exitCode = await classify(paths, options);
    });
}

async function classify(
  paths: readonly string[],
  { model, normalise }: ClassifyCommandOptions,
): Promise<number> {
  const failures = collectFailures();
  const signal = cancelOnSignals();
  const { files, failures: notFound } = await discoverAudio(paths);
  for (const { path, ...error } of notFound) failures.add(path, error);

  const predictor = await loadPredictor(model ?? (await defaultModelFolder()));
  const voiceActivity = await createVoiceActivity();
  const progress = showProgress('classify');
  const onProgress = (done: number, of: number): void => {
    progress.report({ stage: `${done} of ${of} heard`, fraction: done / of });
  };
  try {
    const tools = { predictor, voiceActivity };
    const outcomes = await classifyClips(files, tools, { scope: normalise, signal, onProgress });
    progress.stop();
    for (const outcome of outcomes) {
      if (outcome.kind === 'failed') failures.add(outcome.path, outcome.error);
      else process.stdout.write(jsonLine(outcome.path, outcome.answer, predictor.card.labels));
    }
  } finally {
    progress.stop();
    await voiceActivity.dispose();
    predictor.dispose();
  }
  return failures.exitStatus();
}

function jsonLine(file: string, answer: ClipAnswer, labels: readonly string[]): string {
  const { label, confidence } = answer;
  const entries = labels.map((name, index) => [name, answer.probabilities?.[index] ?? 0] as const);
  const probabilities = answer.probabilities === null ? null : Object.fromEntries(entries);
  return `${JSON.stringify({ file, label, confidence, probabilities })}\n`;
}
