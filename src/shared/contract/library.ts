import { z } from 'zod';
import { peaks } from '../domain/peaks.ts';
import { recording } from '../domain/recording.ts';
import { segment } from '../domain/segment.ts';
import { track } from '../domain/track.ts';
import type { Contract } from '../rpc/contract.ts';
import { modelSummary } from './engine.ts';

const recordingId = z.number().int();

/**
 * A file or folder that the person chose, as an opaque token: the page never names a path, so a page gone
 * wrong cannot have the library read or write anything that nobody picked.
 */
export const grant = z.uuid();

const importFailure = z.object({ name: z.string(), message: z.string(), hint: z.string() });
export type ImportFailure = Readonly<z.infer<typeof importFailure>>;

/** What the page asks of the library. */
export const libraryContract = {
  methods: {
    'project.describe': {
      args: z.object({}),
      result: z.object({ folder: z.string(), model: modelSummary }),
    },
    'recordings.list': { args: z.object({}), result: z.array(recording).readonly() },
    /** Registers what was chosen and queues it for reading and analysis; answers before either is done. */
    'recordings.import': {
      args: z.object({ grants: z.array(grant).readonly() }),
      result: z.object({
        added: z.array(recordingId).readonly(),
        failures: z.array(importFailure).readonly(),
      }),
    },
    'recordings.cancel': {
      args: z.object({ ids: z.array(recordingId).readonly() }),
      result: z.void(),
    },
    'recordings.retry': {
      args: z.object({ ids: z.array(recordingId).readonly() }),
      result: z.void(),
    },
    /** Takes recordings off the list; the person's own files stay where they are. */
    'recordings.remove': {
      args: z.object({ ids: z.array(recordingId).readonly() }),
      result: z.void(),
    },
    'recordings.peaks': { args: z.object({ id: recordingId }), result: peaks },
    'recordings.track': { args: z.object({ id: recordingId }), result: track.nullable() },
    'segments.list': { args: z.object({ recordingId }), result: z.array(segment).readonly() },
    'export.csv': {
      args: z.object({ ids: z.array(recordingId).readonly(), to: grant }),
      result: z.object({ path: z.string(), recordings: z.number().int(), rows: z.number().int() }),
    },
  },
  events: {
    /** Recordings that are new or different, whole. */
    'recordings.changed': z.array(recording).readonly(),
    'recordings.removed': z.array(recordingId).readonly(),
  },
} as const satisfies Contract;

/** What only the application's main process asks of the library. */
export const libraryHostContract = {
  methods: {
    /** Lets the page name a path by a token. */
    'grants.add': { args: z.object({ grant, path: z.string() }), result: z.void() },
    /** The canonical sound of a recording, for the media protocol. */
    'media.locate': { args: z.object({ id: recordingId }), result: z.object({ path: z.string() }) },
  },
  events: {},
} as const satisfies Contract;
