import type { Hearing } from './work/contract.ts';
import type { EmotionRow } from '#formats/emotion-csv.ts';
import { toSeconds } from '#shared/domain/time.ts';

/** The rows of an emotion CSV that say what a model heard in one recording. */
export function emotionRows(
  recording: string,
  model: string,
  { segments, sampleRate, track }: Pick<Hearing, 'segments' | 'sampleRate' | 'track'>,
): readonly EmotionRow[] {
  return segments.map(({ start, end, label, confidence, probabilities }) => ({
    recording,
    start: toSeconds(start, sampleRate),
    end: toSeconds(end, sampleRate),
    label,
    source: 'model',
    confidence,
    annotator: '',
    model,
    labels: track.labels,
    probabilities,
  }));
}
