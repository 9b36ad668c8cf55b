import type { SegmentSource } from '#shared/domain/segment.ts';

/** A labelled stretch of a recording; one that ends where it starts is a point in time. */
export interface AnnotationItem {
  /** Seconds from the first sample of the recording. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
  /** 0 to 1; null where nobody said. */
  readonly confidence: number | null;
  /** What `probabilities` are of, in the same order; both are empty where nothing was predicted. */
  readonly labels: readonly string[];
  readonly probabilities: readonly number[];
  readonly note: string;
}

/** What one annotator or model says about one recording. */
export interface AnnotationTier {
  /** Not empty, and once only in a recording. */
  readonly name: string;
  readonly source: SegmentSource;
  /** Who labelled it: a person's name, or the id of a model; empty where nobody said. */
  readonly annotator: string;
  /** In order of start, then end. */
  readonly items: readonly AnnotationItem[];
}

export interface AnnotatedRecording {
  /** What the recording is called: its file's name, with folders where names alone would not tell. */
  readonly name: string;
  /** Its length; null where nobody said. */
  readonly seconds: number | null;
  readonly tiers: readonly AnnotationTier[];
}

/** Annotations as every exchange format is read into and written from. */
export interface AnnotationDocument {
  readonly recordings: readonly AnnotatedRecording[];
}

/** Annotations that were read, and in plain sentences what of the file has no place in them. */
export interface AnnotationContent {
  readonly document: AnnotationDocument;
  readonly losses: readonly string[];
}

/** What a tier is called in formats that have no names for tiers. */
export const defaultTierName = 'emotion';

export function compareItems(a: AnnotationItem, b: AnnotationItem): number {
  return a.start - b.start || a.end - b.end;
}
