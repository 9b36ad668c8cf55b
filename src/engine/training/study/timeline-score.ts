import { isEmotion, noSpeech, unsure } from '#shared/domain/label.ts';
import type { ProposedSegment } from '#shared/domain/segment.ts';
import { spanLength, type Span } from '#shared/domain/time.ts';
import type { Assembled } from './assemble.ts';

/** Lengths in samples, to be added up over recordings. */
export interface TimelineTally {
  readonly speech: number;
  /** Speech time with the right label. */
  readonly right: number;
  readonly unsure: number;
  /** Speech time that was taken for silence. */
  readonly missed: number;
  readonly silence: number;
  /** Silence that was given an emotion. */
  readonly invented: number;
  /** From each true edge of speech to the nearest edge of a segment. */
  readonly boundaryErrors: readonly number[];
}

/** How right segments are about a recording of which everything is known. */
export function tallyTimeline(
  { samples, truth }: Assembled,
  segments: readonly ProposedSegment[],
): TimelineTally {
  const speech = truth.reduce((sum, span) => sum + spanLength(span), 0);
  const within = (wanted: (segment: ProposedSegment, label: string) => boolean): number =>
    truth.reduce(
      (sum, span) =>
        sum +
        segments
          .filter((segment) => wanted(segment, span.label))
          .reduce((own, segment) => own + overlap(span, segment), 0),
      0,
    );
  const emotional = segments.filter(({ label }) => isEmotion(label));
  const emotionalSpeech = within(({ label }) => isEmotion(label));
  return {
    speech,
    right: within(({ label }, expressed) => label === expressed),
    unsure: within(({ label }) => label === unsure),
    missed: within(({ label }) => label === noSpeech),
    silence: samples.length - speech,
    invented: emotional.reduce((sum, span) => sum + spanLength(span), 0) - emotionalSpeech,
    boundaryErrors: boundaryErrors(truth, segments),
  };
}

export function addTallies(tallies: readonly TimelineTally[]): TimelineTally {
  const sum = (key: Exclude<keyof TimelineTally, 'boundaryErrors'>): number =>
    tallies.reduce((total, tally) => total + tally[key], 0);
  return {
    speech: sum('speech'),
    right: sum('right'),
    unsure: sum('unsure'),
    missed: sum('missed'),
    silence: sum('silence'),
    invented: sum('invented'),
    boundaryErrors: tallies.flatMap((tally) => tally.boundaryErrors),
  };
}

function boundaryErrors(truth: readonly Span[], segments: readonly Span[]): readonly number[] {
  const edges = segments.flatMap(({ start, end }) => [start, end]);
  return truth
    .flatMap(({ start, end }) => [start, end])
    .map((edge) =>
      edges.reduce((nearest, other) => Math.min(nearest, Math.abs(other - edge)), Infinity),
    );
}

function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}
