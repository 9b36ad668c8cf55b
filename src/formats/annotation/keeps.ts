import type { AnnotationItem } from './document.ts';

/**
 * What a format can say of a document. A writer gets a document that has been cut down to it, so what is
 * lost is decided and told in one place (`adapt.ts`).
 */
export interface Keeps {
  /** `one`: every recording needs a file of its own. */
  readonly recordings: 'many' | 'one';
  /** The length of the recording; `needed` where the format cannot do without. */
  readonly seconds: 'kept' | 'needed' | 'lost';
  /** `by annotator`: a tier has no name but that of who labelled it. */
  readonly tiers: 'named' | 'by annotator' | 'one';
  readonly emptyTiers: boolean;
  /** Who labelled. */
  readonly annotator: 'kept' | 'models only' | 'lost';
  /** Whether a person or a model did. */
  readonly source: boolean;
  readonly confidence: boolean;
  /** `of people is 1`: there is always a confidence, and what people say without one counts as certain. */
  readonly certainty: 'as said' | 'of people is 1';
  readonly probabilities: boolean;
  readonly notes: boolean;
  /** Segments with no label. */
  readonly emptyLabels: 'kept' | 'of points only' | 'lost';
  /** Segments that end where they start. */
  readonly points: 'kept' | 'on a tier of their own' | 'lengthened';
  readonly overlaps: 'kept' | 'on further tiers';
  /** What times are rounded to, in seconds; null where they are exact. A power of ten. */
  readonly timeStep: number | null;
  /** Whether confidence and probabilities have six decimals, not all of theirs. */
  readonly roundsNumbers: boolean;
  /** A label in characters that the format has. */
  readonly label: (label: string) => string;
  readonly recordingName: (name: string) => string;
  /** The time that an item takes up on its tier, where that is more than its own. */
  readonly extent: (item: AnnotationItem) => readonly [start: number, end: number];
}

/** All of it: what a format lacks is said beside it. */
export const everything: Keeps = {
  recordings: 'many',
  seconds: 'kept',
  tiers: 'named',
  emptyTiers: true,
  annotator: 'kept',
  source: true,
  confidence: true,
  certainty: 'as said',
  probabilities: true,
  notes: true,
  emptyLabels: 'kept',
  points: 'kept',
  overlaps: 'kept',
  timeStep: null,
  roundsNumbers: false,
  label: (label) => label,
  recordingName: (name) => name,
  extent: ({ start, end }) => [start, end],
};

/** What most formats of other programs have: one recording, and labels in time. */
export const labelsInTime: Keeps = {
  ...everything,
  recordings: 'one',
  annotator: 'lost',
  source: false,
  confidence: false,
  probabilities: false,
  notes: false,
};

/** To the nearest multiple of a power of ten below 1, as near as a number can be to it. */
export function roundTo(value: number, step: number): number {
  const perSecond = Math.round(1 / step);
  return Math.round(value * perSecond) / perSecond;
}
