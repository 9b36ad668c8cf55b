import type { ReviewRound } from '#shared/domain/review.ts';
import { spanLength, toSeconds } from '#shared/domain/time.ts';
import type { Project } from '../project.ts';
import { estimateShare } from './estimate.ts';

/** An annotator's round as it is now; null where there is none. */
export function describeRound(
  { rounds, audits }: Pick<Project, 'rounds' | 'audits'>,
  tier: string,
): ReviewRound | null {
  const round = rounds.find(tier);
  if (!round) return null;
  const { recordingId, population } = round;
  const items = rounds.items(tier);
  const { heard, same, frontier } = audits.count(recordingId, tier);
  const waiting = items.filter(({ draw, done }) => draw !== null && !done && draw <= frontier);
  return {
    recordingId,
    items: items.map((item) => ({
      segmentId: item.segmentId,
      recordingId: item.recordingId,
      start: item.start,
      end: item.end,
      seconds: toSeconds(spanLength(item), item.sampleRate),
      audit: item.draw !== null,
      done: item.done,
    })),
    accuracy: {
      heard,
      same,
      population,
      waiting: waiting.length,
      estimate: estimateShare(heard, same, population),
    },
  };
}
