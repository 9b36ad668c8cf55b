import type { TimelineSettings } from '#engine/timeline/settings.ts';
import { emotionTable } from '#formats/tables/emotion-tables.ts';
import { toErrorShape, UndertoneError } from '#shared/contract/errors.ts';
import type { Sound } from '#shared/domain/recording.ts';
import { toSeconds } from '#shared/domain/time.ts';
import type { Failures } from '../failures.ts';
import type { ProgressDisplay } from '../progress.ts';
import { trackBatch } from './batch-progress.ts';
import { emotionRows } from './emotion-rows.ts';
import { hearAll, type Outcome } from './hear.ts';
import type { Input } from './inputs.ts';
import { openOutput } from './open-output.ts';
import type { AnalyzeOptions, Target } from './options.ts';
import type { FailedRecording } from './outputs.ts';
import { openResults, type Results } from './results.ts';
import type { Analysed } from './table-files.ts';
import type { Workers } from './work/workers.ts';

interface Batch {
  readonly inputs: readonly Input[];
  readonly target: Target;
  readonly options: Pick<AnalyzeOptions, 'per' | 'window' | 'hop'>;
  readonly workers: Workers;
  readonly resultsFolder: string;
  readonly display: ProgressDisplay;
  readonly failures: Failures;
  readonly signal: AbortSignal;
}

/** A recording whose file does not say where in it the sound begins, and by how much that may be off. */
interface UncertainStart {
  readonly name: string;
  readonly seconds: number;
}

/** What a run did. */
export interface BatchTotals {
  readonly analysed: number;
  /** Of the recordings that were analysed now. */
  readonly analysedSeconds: number;
  /** Those that were up to date. */
  readonly kept: number;
  readonly failed: number;
  readonly elapsedSeconds: number;
  readonly uncertainStarts: readonly UncertainStart[];
}

/** Has recordings analysed and writes what was heard; names those that failed, and goes on. */
export async function runBatch(batch: Batch): Promise<BatchTotals> {
  const { inputs, target, options, workers, resultsFolder, display, failures, signal } = batch;
  const begun = performance.now();
  const { model } = workers;
  const settings = settingsOf(model.timeline, options);
  const results = await openResults(resultsFolder, model, settings);
  const table = emotionTable(options.per, model.labels);
  const output = openOutput(target, { per: options.per, table, model, settings });
  const failed: FailedRecording[] = [];
  const uncertainStarts: UncertainStart[] = [];
  let totals = { analysed: 0, analysedSeconds: 0, kept: 0 };

  const fail = ({ path, name }: Input, error: unknown): void => {
    failures.add(path, error);
    failed.push({ name, code: toErrorShape(error).code });
  };

  const progress = trackBatch(inputs, display);
  for await (const outcome of hearAll(inputs, { workers, results, settings, progress, signal })) {
    const { input } = outcome;
    if (outcome.kind === 'failed') {
      fail(input, outcome.error);
      continue;
    }
    try {
      await output.add(toAnalysed(outcome, model.id, settings, results));
    } catch (error) {
      // What is wrong with its name is wrong with this one alone; a full disk is everybody's affair.
      if (toErrorShape(error).code !== 'name-too-long') throw error;
      fail(input, error);
      continue;
    }
    // Damage is no reason to leave a recording out, but one to say so.
    const { damaged, uncertainStartSeconds: seconds } = outcome.heard;
    if (damaged) failures.add(input.path, incomplete(input.path, damaged));
    if (seconds) uncertainStarts.push({ name: input.name, seconds });
    totals = including(totals, outcome);
  }
  await output.finish(failed);
  const elapsedSeconds = (performance.now() - begun) / 1000;
  return { ...totals, failed: failed.length, elapsedSeconds, uncertainStarts };
}

function settingsOf(
  timeline: TimelineSettings,
  { window, hop }: Batch['options'],
): TimelineSettings {
  return {
    ...timeline,
    windowSeconds: window ?? timeline.windowSeconds,
    hopSeconds: hop ?? timeline.hopSeconds,
  };
}

type Heard = Extract<Outcome, { kind: 'heard' }>;
type Counts = Pick<BatchTotals, 'analysed' | 'analysedSeconds' | 'kept'>;

function including(totals: Counts, { kept, heard }: Heard): Counts {
  if (kept) return { ...totals, kept: totals.kept + 1 };
  const seconds = toSeconds(heard.samples, heard.sampleRate);
  const { analysed, analysedSeconds } = totals;
  return { ...totals, analysed: analysed + 1, analysedSeconds: analysedSeconds + seconds };
}

/** Read back from what was kept, also right after it was analysed: both then give the same bytes. */
function toAnalysed(
  { input, sha256 }: Heard,
  model: string,
  { unsureBelow }: TimelineSettings,
  results: Results,
): Analysed {
  const { name } = input;
  return {
    name,
    load: async () => {
      const heard = await results.read(sha256);
      if (heard === null) throw new Error(`what was heard in ${name} is gone`);
      const { samples, sampleRate, uncertainStartSeconds, track } = heard;
      const seconds = toSeconds(samples, sampleRate);
      const rows = emotionRows(name, model, heard);
      const about = { name, sha256, seconds, uncertainStartSeconds };
      return { ...about, model, track, unsureBelow, rows };
    },
  };
}

function incomplete(subject: string, damage: NonNullable<Sound['damaged']>): UndertoneError {
  const { decodedSeconds, expectedSeconds } = damage;
  const heard = decodedSeconds.toFixed(1);
  const detail =
    expectedSeconds === null ? `${heard} s` : `${heard} of ${expectedSeconds.toFixed(1)} s`;
  return new UndertoneError('audio-incomplete', { subject, detail });
}
