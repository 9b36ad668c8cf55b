import type { Segment } from '#shared/domain/segment.ts';

/** A segment of a person's tier, its id its start, unless said otherwise. */
export function segmentOf(
  start: number,
  end: number,
  label = 'calm',
  rest: Partial<Segment> = {},
): Segment {
  return {
    ...{ id: start, recordingId: 1, start, end, label, confidence: 1, probabilities: [] },
    ...{ tier: 'annotator-1', source: 'person', annotator: 'Ann', model: '', note: '' },
    ...rest,
  };
}
