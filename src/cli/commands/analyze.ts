import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { analyseRecording, type AnalysisTools } from '#engine/analysis/analyse.ts';
import { discoverAudio } from '#engine/audio/discover.ts';
import { hashFile } from '#engine/audio/hash-file.ts';
import { createVoiceActivity } from '#engine/audio/voice-activity.ts';
import { loadPredictor } from '#engine/model/predict.ts';
import type { TimelineSettings } from '#engine/timeline/settings.ts';
import type { AnalysedRecording } from '#formats/emotion-json.ts';
import { distinctNames } from '#library/export/distinct-names.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Sound } from '#shared/domain/recording.ts';
import { toSeconds } from '#shared/domain/time.ts';
import { emotionRows } from '../analyze/emotion-rows.ts';
import { openOutput, outputFormats, type OutputFormat } from '../analyze/outputs.ts';
import { cancelOnSignals } from '../cancellation.ts';
import { defaultModelFolder } from '../default-model.ts';
import { collectFailures, type Failures } from '../failures.ts';
import { showProgress } from '../progress.ts';
import { appVersion } from '../version.ts';

interface AnalyzeOptions {
  readonly output?: string;
  readonly format?: readonly OutputFormat[];
  readonly model?: string;
  readonly window?: number;
  readonly hop?: number;
}

export function define(command: Command): void {
  command
    .description(
      'Analyses recordings and folders of recordings: where speech is, and how it sounds over time. ' +
        'Prints emotion CSV, or writes it where --output says: to one file if it ends in .csv or .json, ' +
        'otherwise to a folder, one file a recording.',
    )
    .argument('<paths...>', 'recordings, and folders to search for recordings')
    .option('-o, --output <path>', 'a file for everything, or a folder for a file each')
    .option(
      '--format <formats>',
      `of ${outputFormats.join(', ')}; several with commas`,
      parseFormats,
    )
    .option('--model <folder>', 'a model folder in place of the shipped model')
    .option('--window <seconds>', 'how much speech one prediction hears', parseSeconds)
    .option('--hop <seconds>', 'how far predictions are apart', parseSeconds)
    .action(async (paths: readonly string[], options: AnalyzeOptions) => {
      process.exitCode = await analyze(paths, options);
    });
}

async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<number> {
  const failures = collectFailures();
  const signal = cancelOnSignals();
  const { files, failures: notFound } = await discoverAudio(paths);
  for (const { path, ...error } of notFound) failures.add(path, error);

  const predictor = await loadPredictor(options.model ?? (await defaultModelFolder()));
  const voiceActivity = await createVoiceActivity();
  const tools = { predictor, voiceActivity, scratchFolder: tmpdir() };
  try {
    const { labels, timeline } = predictor.card;
    const output = openOutput(options.output, options.format ?? ['csv'], { labels, appVersion });
    const settings = {
      ...timeline,
      windowSeconds: options.window ?? timeline.windowSeconds,
      hopSeconds: options.hop ?? timeline.hopSeconds,
    };
    for await (const recording of analyseAll(files, tools, settings, failures, signal)) {
      await output.add(recording);
    }
    await output.finish();
  } finally {
    await voiceActivity.dispose();
    predictor.dispose();
  }
  return failures.exitStatus();
}

async function* analyseAll(
  files: readonly string[],
  tools: AnalysisTools,
  settings: TimelineSettings,
  failures: Failures,
  signal: AbortSignal,
): AsyncGenerator<AnalysedRecording> {
  const names = distinctNames(files.map((file) => resolve(file)));
  for (const [index, file] of files.entries()) {
    const name = names.get(resolve(file)) ?? file;
    const progress = showProgress(files.length > 1 ? `${index + 1}/${files.length} ${name}` : name);
    try {
      const context = { signal, report: progress.report };
      const analysis = await analyseRecording(file, tools, context, settings);
      if (analysis.damaged) failures.add(file, incomplete(file, analysis.damaged));
      yield {
        name,
        sha256: await hashFile(file, { signal }),
        seconds: toSeconds(analysis.samples, analysis.sampleRate),
        model: tools.predictor.card.id,
        rows: emotionRows(name, tools.predictor.card.id, analysis),
        track: analysis.track,
      };
    } catch (error) {
      signal.throwIfAborted();
      failures.add(file, error);
    } finally {
      progress.stop();
    }
  }
}

/** Damage is no reason to leave a recording out, but one to say so. */
function incomplete(subject: string, damage: NonNullable<Sound['damaged']>): UndertoneError {
  const { decodedSeconds, expectedSeconds } = damage;
  const heard = decodedSeconds.toFixed(1);
  const detail =
    expectedSeconds === null ? `${heard} s` : `${heard} of ${expectedSeconds.toFixed(1)} s`;
  return new UndertoneError('audio-incomplete', { subject, detail });
}

function parseFormats(value: string): readonly OutputFormat[] {
  return value.split(',').map((name) => {
    const format = outputFormats.find((known) => known === name.trim());
    if (!format) throw new InvalidArgumentError(`Formats are ${outputFormats.join(' and ')}.`);
    return format;
  });
}

function parseSeconds(value: string): number {
  const seconds = Number(value);
  if (seconds >= 0.1 && seconds <= 60) return seconds;
  throw new InvalidArgumentError('Give seconds from 0.1 to 60.');
}
