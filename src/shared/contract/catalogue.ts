import { z } from 'zod';
import { recording } from '../domain/recording.ts';
import { recordedMark } from '../domain/recorded.ts';
import { recordingQuery } from '../domain/recording-query.ts';
import { recovery } from '../domain/recovery.ts';
import { consent, recordingTerms } from '../domain/terms.ts';
import type { Contract } from '../rpc/contract.ts';
import { errorShape } from './errors.ts';
import { grant } from './grant.ts';

const recordingIds = z.array(z.number().int()).readonly();
const ids = z.object({ ids: recordingIds });
const tag = z.string().trim().min(1).max(60);

/** One act of a person on what is known of recordings; what is left out stays as it is. */
const recordingChange = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  speaker: z.string().trim().max(100).optional(),
  note: z.string().max(10_000).optional(),
  difficult: z.boolean().optional(),
  addTag: tag.optional(),
  removeTag: tag.optional(),
  consent: consent.optional(),
  source: z.string().trim().max(500).optional(),
  licence: z.string().trim().max(200).optional(),
  keepUntil: recordingTerms.shape.keepUntil.optional(),
  /** Says something else of the mark at that moment. */
  noteMark: recordedMark.optional(),
  /** Takes away the mark at that sample. */
  removeMark: recordedMark.shape.at.optional(),
});
export type RecordingChange = Readonly<z.infer<typeof recordingChange>>;

const removedRecording = recording.pick({ id: true, name: true }).extend({
  /** ISO 8601. */
  removedAt: z.string(),
  /** Whether its sound was recorded here, and is deleted with it. */
  inside: z.boolean(),
});
export type RemovedRecording = Readonly<z.infer<typeof removedRecording>>;

/** How many recordings were deleted, and until when backups may hold what was noted (null where there are none). */
export const deletedForGood = z.object({
  deleted: z.number().int(),
  inBackupsUntil: z.string().nullable(),
});
export type DeletedForGood = Readonly<z.infer<typeof deletedForGood>>;

/** Finding recordings, describing them, taking them off the list; and what became of a damaged project. */
export const catalogueContract = {
  methods: {
    /** @returns ids, in the order asked for */
    'recordings.search': { args: recordingQuery, result: recordingIds },
    'recordings.describe': {
      args: ids.extend({ change: recordingChange }),
      result: z.void(),
    },
    /** Takes recordings off the list, which can be undone; nothing is deleted. */
    'recordings.remove': { args: ids, result: z.void() },
    /** Those that were taken off the list, the last one first. */
    'recordings.removed': { args: z.object({}), result: z.array(removedRecording).readonly() },
    'recordings.putBack': { args: ids, result: z.void() },
    /**
     * Deletes recordings that were taken off the list before, with all that was made of them and the sound
     * that was recorded here. The person's own files stay where they are. There is no way back.
     */
    'recordings.deleteForGood': { args: ids, result: deletedForGood },
    /** Looks again which files are there; what has changed is told as an event. */
    'recordings.checkFiles': { args: z.object({}), result: z.void() },
    /** Has a recording be the file that was chosen, if that has the same content. */
    'recordings.relink': { args: z.object({ id: z.number().int(), to: grant }), result: z.void() },
    /** Searches folders for all files that are missing, by their content, and reports progress. */
    'recordings.relinkFrom': {
      args: z.object({ grants: z.array(grant).readonly() }),
      result: z.object({ found: recordingIds, missing: z.number().int() }),
    },
    /** What was done about a damaged database; null where there is nothing to say. */
    'project.recovery': { args: z.object({}), result: recovery.nullable() },
    'project.acknowledgeRecovery': { args: z.object({}), result: z.void() },
    'backups.list': {
      args: z.object({}),
      result: z.object({
        /** The newest first. */
        backups: z.array(z.object({ id: z.string(), at: z.string() })).readonly(),
        /** Why the last attempt to make one failed; null where it did not. */
        failure: errorShape.nullable(),
      }),
    },
    /** Has a backup take the place of the database when the project is opened the next time. */
    'backups.restore': { args: z.object({ id: z.string() }), result: z.void() },
  },
  events: {},
} as const satisfies Contract;
