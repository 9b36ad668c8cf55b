import type { Span } from '#shared/domain/time.ts';

/** What voice activity detection heard. */
export interface Activity {
  /** Probability of speech of one chunk after another. */
  readonly probabilities: Float32Array;
  /** Length of a chunk in samples. */
  readonly chunk: number;
  /** Length of the recording in samples of the same rate. */
  readonly samples: number;
  readonly sampleRate: number;
}

/** Silero's own defaults (snakers4/silero-vad, `get_speech_timestamps`), a longer pause aside. */
const onset = 0.5;
const offset = 0.35;
const shortestSpeechSeconds = 0.25;
const shortestPauseSeconds = 0.3;
const marginSeconds = 0.03;

/**
 * Stretches of speech, in samples, in order and apart from each other. Speech begins where the
 * probability rises to `onset` and ends where it falls below `offset`; pauses too short to part two
 * stretches are bridged, and blips too short to be speech are dropped.
 */
export function speechStretches(activity: Activity): readonly Span[] {
  const { sampleRate, samples } = activity;
  const bridged = bridge(rawStretches(activity), shortestPauseSeconds * sampleRate);
  const margin = Math.round(marginSeconds * sampleRate);
  return bridged
    .filter(({ start, end }) => end - start >= shortestSpeechSeconds * sampleRate)
    .map(({ start, end }) => ({
      start: Math.max(0, start - margin),
      end: Math.min(samples, end + margin),
    }));
}

function rawStretches({ probabilities, chunk, samples }: Activity): Span[] {
  const stretches: Span[] = [];
  let start: number | null = null;
  for (const [index, probability] of probabilities.entries()) {
    if (start === null && probability >= onset) start = index * chunk;
    else if (start !== null && probability < offset) {
      stretches.push({ start, end: index * chunk });
      start = null;
    }
  }
  if (start !== null && start < samples) stretches.push({ start, end: samples });
  return stretches;
}

function bridge(stretches: readonly Span[], pause: number): Span[] {
  const bridged: Span[] = [];
  for (const stretch of stretches) {
    const last = bridged.at(-1);
    if (last && stretch.start - last.end < pause) {
      bridged[bridged.length - 1] = { start: last.start, end: stretch.end };
    } else bridged.push(stretch);
  }
  return bridged;
}

/** Mean probability of speech over a span, 0 to 1. */
export function speechProbability({ probabilities, chunk }: Activity, span: Span): number {
  const first = Math.floor(span.start / chunk);
  const heard = probabilities.subarray(first, Math.max(first + 1, Math.ceil(span.end / chunk)));
  return heard.reduce((sum, value) => sum + value, 0) / Math.max(1, heard.length);
}
