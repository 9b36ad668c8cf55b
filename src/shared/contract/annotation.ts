import { z } from 'zod';
import { annotationAct } from '../domain/annotation-act.ts';
import { labelDefinition } from '../domain/label-definition.ts';
import { segment } from '../domain/segment.ts';
import { tier } from '../domain/tier.ts';
import type { Contract } from '../rpc/contract.ts';

const recordingId = z.number().int();
const segmentIds = z.array(z.number().int()).readonly();

/** What happened to the segments of a recording. */
const segmentChanges = z.object({
  recordingId,
  /** New and different ones, whole. */
  changed: z.array(segment).readonly(),
  removed: segmentIds,
});
export type SegmentChanges = Readonly<z.infer<typeof segmentChanges>>;

/** The changes of an act, which are told as an event, too, and the ids of what it is about afterwards. */
export const segmentsActed = segmentChanges.extend({ selection: segmentIds });

/** An act as history tells it. */
const historyEntry = z.object({
  id: z.number().int(),
  /** ISO 8601. */
  at: z.string(),
  /** What was done, in the past tense: "Relabelled 3 segments as angry". */
  words: z.string(),
  /** Null where it is about the whole project. */
  recordingId: recordingId.nullable(),
  /** Name of the recording, for the list; empty where it is about the whole project. */
  recording: z.string(),
  undone: z.boolean(),
});
export type HistoryEntry = Readonly<z.infer<typeof historyEntry>>;

/** What undo and redo would do now. */
const historyState = z.object({
  undo: historyEntry.nullable(),
  redo: historyEntry.nullable(),
});
export type HistoryState = Readonly<z.infer<typeof historyState>>;

/** Correcting: tiers, labels, segments, and the history of all of it. Answers come after the commit. */
export const annotationContract = {
  methods: {
    'tiers.list': { args: z.object({}), result: z.array(tier).readonly() },
    'tiers.add': {
      args: z.object({ kind: tier.shape.kind.exclude(['model']), name: z.string().trim().min(1) }),
      result: tier,
    },
    'tiers.rename': {
      args: z.object({ id: z.string(), name: z.string().trim().min(1) }),
      result: z.void(),
    },
    /** With its segments in every recording; undoable like the rest. */
    'tiers.remove': { args: z.object({ id: z.string() }), result: z.void() },
    /**
     * The labels on offer: the model's, changed and added to by the project, then `no speech` and `unsure`,
     * which people can give as well. Waits for the engine where the model has not been asked yet.
     */
    'labels.list': { args: z.object({}), result: z.array(labelDefinition).readonly() },
    'labels.put': {
      args: z.object({ labels: z.array(labelDefinition).min(1).readonly() }),
      result: z.void(),
    },
    /** Tier by tier, each in the order of start. */
    'segments.list': {
      args: z.object({ recordingId }),
      result: z.array(segment).readonly(),
    },
    'segments.act': {
      args: z.object({ recordingId, act: annotationAct }),
      result: segmentsActed,
    },
    'history.state': { args: z.object({}), result: historyState },
    /** Newest first; `before` is the id of the last entry that is known already. */
    'history.list': {
      args: z.object({
        before: z.number().int().nullable(),
        limit: z.number().int().min(1).max(500),
      }),
      result: z.array(historyEntry).readonly(),
    },
    /** @returns the act that was undone; null where there is nothing left */
    'history.undo': { args: z.object({}), result: historyEntry.nullable() },
    'history.redo': { args: z.object({}), result: historyEntry.nullable() },
    /** Undoes or redoes until the entry is the newest one that holds; 0 is the very beginning. */
    'history.goTo': { args: z.object({ id: z.number().int().nonnegative() }), result: z.void() },
  },
  events: {
    'segments.changed': segmentChanges,
    'tiers.changed': z.array(tier).readonly(),
    'labels.changed': z.array(labelDefinition).readonly(),
    'history.changed': historyState,
  },
} as const satisfies Contract;
