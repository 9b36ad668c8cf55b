import seedrandom from 'seedrandom';
import { bootstrapMean } from '#shared/domain/bootstrap.ts';
import type { Gain } from '#shared/domain/comparison.ts';
import { noSpeech } from '#shared/domain/label.ts';
import type { Verdicts } from '#shared/domain/model-version.ts';
import type { RecordingOpinions } from '../models/label-changes.ts';

/**
 * How much more of what people labelled the model would call as they did, with an interval that is drawn over their
 * labels; null where there are none.
 */
export function gainOf({ confirmed, stillRight, corrected, nowRight }: Verdicts): Gain | null {
  const clips = confirmed + corrected;
  if (clips === 0) return null;
  const lost = confirmed - stillRight;
  const gains = Array.from({ length: clips }, (_, at) => {
    if (at < nowRight) return 1;
    return at < nowRight + lost ? -1 : 0;
  });
  return {
    clips,
    before: { accuracy: confirmed / clips },
    after: { accuracy: (stillRight + nowRight) / clips },
    gainInterval: bootstrapMean(gains, seedrandom(`gain/${clips}`)),
  };
}

/** How many samples of a recording are called something else than before, of those in which somebody speaks. */
export function changedSamples({ before, after }: Pick<RecordingOpinions, 'before' | 'after'>): {
  readonly spoken: number;
  readonly changed: number;
} {
  let spoken = 0;
  let same = 0;
  // Both lists are in the order of time and without overlaps, so one walk through both meets all that touch.
  let at = 0;
  for (const { start, end, label } of before) {
    if (label === noSpeech) continue;
    spoken += end - start;
    while (at < after.length && (after[at]?.end ?? 0) <= start) at += 1;
    for (let next = at; (after[next]?.start ?? end) < end; next += 1) {
      const other = after[next];
      if (other?.label !== label) continue;
      same += Math.min(end, other.end) - Math.max(start, other.start);
    }
  }
  return { spoken, changed: spoken - same };
}
