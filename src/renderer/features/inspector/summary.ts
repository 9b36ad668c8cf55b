import { isEmotion, unsure } from '#shared/domain/label.ts';
import type { Segment } from '#shared/domain/segment.ts';
import { spanLength } from '#shared/domain/time.ts';

interface Share {
  readonly label: string;
  readonly seconds: number;
  /** Part of all speech, 0 to 1. */
  readonly share: number;
}

export interface Summary {
  readonly speechSeconds: number;
  /** One for each label in the order given, then "unsure"; those that never occur with zero. */
  readonly shares: readonly Share[];
}

/** How the speech of a recording divides among the labels. */
export function summarise(
  segments: readonly Segment[],
  labels: readonly string[],
  sampleRate: number,
): Summary {
  const samples = new Map<string, number>([...labels, unsure].map((label) => [label, 0]));
  let speech = 0;
  for (const segment of segments) {
    if (!isEmotion(segment.label) && segment.label !== unsure) continue;
    speech += spanLength(segment);
    samples.set(segment.label, (samples.get(segment.label) ?? 0) + spanLength(segment));
  }
  return {
    speechSeconds: speech / sampleRate,
    shares: Array.from(samples, ([label, length]) => ({
      label,
      seconds: length / sampleRate,
      share: speech > 0 ? length / speech : 0,
    })),
  };
}
