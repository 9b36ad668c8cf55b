import { z } from 'zod';

const segmentId = z.number().int();
const ids = z.array(segmentId).min(1).readonly();
const sample = z.number().int().nonnegative();
const label = z.string().trim().min(1).max(60);

/** The annotator's tier to which segments of the model that an act names are accepted first. */
const to = z.string();

/**
 * One act of a person on the segments of one recording; it is done whole or not at all, and undone as one.
 * Times are samples of the canonical sound. The model's own segments are never changed: an act that names
 * one first accepts it, which is to say copies it to a tier of the person, and then changes the copy.
 * What cannot be done is refused with `edit-refused` and changes nothing.
 */
export const annotationAct = z.discriminatedUnion('kind', [
  /** A new segment. Where it would overlap others of its tier it is cut to the gap that holds its start. */
  z.object({
    kind: z.literal('create'),
    tier: z.string(),
    start: sample,
    end: sample.min(1),
    label,
  }),
  /**
   * Another label. Where most of a model's segment is labelled on `to` already, that gets the new label;
   * otherwise it is accepted with it.
   */
  z.object({ kind: z.literal('relabel'), ids, label, to }),
  /** Other edges; they stop at the neighbours of the tier and at the ends of the recording. */
  z.object({ kind: z.literal('resize'), id: segmentId, start: sample, end: sample.min(1), to }),
  /** The same length elsewhere; all of them by as much as the tightest one allows. */
  z.object({ kind: z.literal('move'), ids, by: z.number().int(), to }),
  /** The first part goes on with the note, both with the label. */
  z.object({ kind: z.literal('split'), id: segmentId, at: sample, to }),
  /** From the first one's start to the last one's end, with the label that covers most of the time. */
  z.object({ kind: z.literal('merge'), ids, to }),
  /** Refused where one of them is the model's. */
  z.object({ kind: z.literal('delete'), ids }),
  z.object({ kind: z.literal('note'), id: segmentId, note: z.string().max(10_000), to }),
  /**
   * Copies segments of the model onto a person's tier, with their labels; where that tier has segments
   * already, those win and only the gaps are filled. No ids: all that the model is sure of.
   */
  z.object({ kind: z.literal('accept'), ids: ids.nullable(), to }),
]);
export type AnnotationAct = Readonly<z.infer<typeof annotationAct>>;
