import { noSpeech } from '#shared/domain/label.ts';
import type { ProposedSegment } from '#shared/domain/segment.ts';
import { spanLength } from '#shared/domain/time.ts';

const stretches = 48;

/**
 * The thumbnail of an analysis: the label that most of each of 48 equal stretches has. What no segment
 * covers counts as no speech.
 *
 * @param segments in the order of their start, without overlaps
 */
export function makeRibbon(
  segments: readonly ProposedSegment[],
  samples: number,
): readonly string[] {
  if (samples === 0) return [];
  return Array.from({ length: stretches }, (_, index) => {
    const start = (index * samples) / stretches;
    const end = ((index + 1) * samples) / stretches;
    return commonestLabel(segments, { start, end });
  });
}

function commonestLabel(
  segments: readonly ProposedSegment[],
  stretch: { readonly start: number; readonly end: number },
): string {
  const covered = new Map<string, number>();
  for (const { label, ...segment } of segments) {
    const start = Math.max(segment.start, stretch.start);
    const end = Math.min(segment.end, stretch.end);
    if (end > start) covered.set(label, (covered.get(label) ?? 0) + spanLength({ start, end }));
  }
  const total = [...covered.values()].reduce((sum, length) => sum + length, 0);
  const uncovered = spanLength(stretch) - total;
  covered.set(noSpeech, (covered.get(noSpeech) ?? 0) + uncovered);
  return [...covered].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
