import type { Track } from '#shared/domain/track.ts';
import { cellProbabilities } from '#shared/domain/track.ts';
import type { EmotionRow } from './emotion-csv.ts';

/** One analysed recording: its segments and the track that they were cut from. */
export interface AnalysedRecording {
  readonly name: string;
  /** Of the recording's file. */
  readonly sha256: string;
  readonly seconds: number;
  /** How much later than time 0 the sound may begin; null where it is not known. */
  readonly uncertainStartSeconds: number | null;
  readonly model: string;
  readonly rows: readonly EmotionRow[];
  readonly track: Track;
  /** The probability from which on the likeliest label of a window counts. */
  readonly unsureBelow: number;
}

/**
 * One recording as JSON on one line: segments as in an emotion CSV, and the track cell by cell. Probabilities
 * have six decimals; a cell without speech has none.
 */
export function emotionJson({
  name,
  sha256,
  seconds,
  uncertainStartSeconds,
  model,
  rows,
  track,
}: AnalysedRecording): string {
  return JSON.stringify({
    recording: name,
    sha256,
    seconds,
    uncertainStartSeconds,
    model,
    labels: track.labels,
    segments: rows.map(({ start, end, label, confidence, probabilities }) => ({
      start,
      end,
      label,
      confidence: rounded(confidence),
      probabilities: probabilities.map(rounded),
    })),
    track: {
      hopSeconds: track.hopSeconds,
      windowSeconds: track.windowSeconds,
      speech: Array.from(track.speech, rounded),
      probabilities: Array.from({ length: track.cells }, (_, cell) =>
        (track.speech[cell] ?? 0) > 0 ? Array.from(cellProbabilities(track, cell), rounded) : null,
      ),
    },
  });
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
