import { checkFile } from '#engine/audio/check-file.ts';
import { hashFile } from '#files/hash-file.ts';
import type { TimelineSettings } from '#engine/timeline/settings.ts';
import type { BatchProgress } from './batch-progress.ts';
import type { Input } from './inputs.ts';
import type { Results } from './results.ts';
import type { Hearing } from './work/contract.ts';
import type { Analyse, Workers } from './work/workers.ts';

export type Outcome =
  | {
      readonly kind: 'heard';
      readonly input: Input;
      readonly sha256: string;
      readonly heard: Omit<Hearing, 'track' | 'segments'>;
      /** Whether the answer was up to date already. */
      readonly kept: boolean;
    }
  | { readonly kind: 'failed'; readonly input: Input; readonly error: unknown };

export interface HearingTools {
  readonly workers: Workers;
  readonly results: Results;
  readonly settings: TimelineSettings;
  readonly progress: BatchProgress;
  readonly signal: AbortSignal;
}

/**
 * Has recordings analysed, as many at a time as there are processes, and tells of them in their order.
 *
 * @throws UndertoneError disk-full, not-writable, cancelled; what is done by then is among the results
 */
export async function* hearAll(
  inputs: readonly Input[],
  tools: HearingTools,
): AsyncGenerator<Outcome, void, undefined> {
  const outcomes = inputs.map((input) =>
    tools.workers.use((analyse) => hear(input, analyse, tools)),
  );
  // The first that rejects ends everything; those after it are then not asked for.
  void Promise.allSettled(outcomes);
  for (const outcome of outcomes) yield await outcome;
}

async function hear(input: Input, analyse: Analyse, tools: HearingTools): Promise<Outcome> {
  const { results, settings, progress, signal } = tools;
  signal.throwIfAborted();
  let sha256: string;
  let heard: Hearing | null;
  let kept = true;
  try {
    // First: to hash a pipe or a device would take for ever.
    await checkFile(input.path);
    sha256 = await hashFile(input.path, { signal });
    heard = await results.read(sha256);
    if (heard === null) {
      kept = false;
      heard = await analyse(input.path, settings, { signal, onProgress: progress.started(input) });
    }
  } catch (error) {
    signal.throwIfAborted();
    progress.ended(input, 'failed');
    return { kind: 'failed', input, error };
  }
  if (!kept) await results.write(sha256, heard);
  progress.ended(input, kept ? 'kept' : 'heard');
  const { samples, sampleRate, damaged, uncertainStartSeconds } = heard;
  const sound = { samples, sampleRate, damaged, uncertainStartSeconds };
  return { kind: 'heard', input, sha256, kept, heard: sound };
}
