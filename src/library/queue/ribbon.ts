import { noSpeech } from '#shared/domain/label.ts';
import type { ProposedSegment } from '#shared/domain/segment.ts';
import { spanLength, type Span } from '#shared/domain/time.ts';

const stretches = 48;

/**
 * The thumbnail of an analysis: how the speech in each of 48 equal stretches mostly sounds. Only a stretch
 * with hardly any speech is shown as none, or pauses would hide a conversation.
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

/** Share of a stretch that must be speech for it to be shown. */
const leastSpeech = 0.1;

function commonestLabel(segments: readonly ProposedSegment[], stretch: Span): string {
  const covered = new Map<string, number>();
  for (const { label, ...segment } of segments) {
    const start = Math.max(segment.start, stretch.start);
    const end = Math.min(segment.end, stretch.end);
    if (end <= start || label === noSpeech) continue;
    covered.set(label, (covered.get(label) ?? 0) + spanLength({ start, end }));
  }
  const spoken = [...covered.values()].reduce((sum, length) => sum + length, 0);
  if (spoken < leastSpeech * spanLength(stretch)) return noSpeech;
  return [...covered].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
