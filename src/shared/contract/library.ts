import { z } from 'zod';
import { excerpt } from '../domain/excerpt.ts';
import { peaks, sketch } from '../domain/peaks.ts';
import { recording } from '../domain/recording.ts';
import { track } from '../domain/track.ts';
import { uint8 } from '../domain/uint8.ts';
import type { Contract } from '../rpc/contract.ts';
import { agreementContract } from './agreement.ts';
import { annotationContract } from './annotation.ts';
import { catalogueContract } from './catalogue.ts';
import { modelSummary } from './engine.ts';
import { exchangeContract } from './exchange.ts';
import { exportContract } from './export.ts';
import { grant } from './grant.ts';
import { recordContract } from './live.ts';
import { modelsContract } from './models.ts';
import { viewContract } from './views.ts';
import { reviewContract } from './review.ts';
import { queueContract } from './queue.ts';
import { speakersContract } from './speakers.ts';

const recordingId = z.number().int();

const importFailure = z.object({ name: z.string(), message: z.string(), hint: z.string() });
export type ImportFailure = Readonly<z.infer<typeof importFailure>>;

/** What the page asks of the library. */
export const libraryContract = {
  methods: {
    ...recordContract.methods,
    'project.describe': {
      args: z.object({}),
      result: z.object({ folder: z.string(), model: modelSummary }),
    },
    'recordings.list': { args: z.object({}), result: z.array(recording).readonly() },
    /**
     * Registers what was chosen, folders as they are searched, and queues it for reading and analysis; answers when
     * the search is over. Its progress says how many there are so far. What is there when it is cancelled stays.
     */
    'recordings.import': {
      args: z.object({ grants: z.array(grant).readonly() }),
      result: z.object({
        added: z.array(recordingId).readonly(),
        failures: z.array(importFailure).readonly(),
        /** Those of the grants that are files of annotations, for `annotations.examine`. */
        annotations: z.array(grant).readonly(),
        /** Grants of what lies beside recordings in folders and is annotations by its name. */
        beside: z.array(grant).readonly(),
      }),
    },
    /** Copies the application's sample into the project and queues it. */
    'recordings.addSample': {
      args: z.object({ grant }),
      result: z.object({ id: recordingId }),
    },
    ...queueContract.methods,
    ...catalogueContract.methods,
    /** What can be drawn of a recording while it is being read; null before and after. */
    'recordings.sketch': { args: z.object({ id: recordingId }), result: sketch.nullable() },
    'recordings.peaks': { args: z.object({ id: recordingId }), result: peaks },
    /** As a wav of its own, to be listened to. */
    'recordings.excerpt': {
      args: z.object({ id: recordingId, excerpt }),
      result: z.object({ wav: uint8 }),
    },
    ...viewContract.methods,
    'recordings.track': { args: z.object({ id: recordingId }), result: track.nullable() },
    ...annotationContract.methods,
    ...modelsContract.methods,
    ...speakersContract.methods,
    ...exchangeContract.methods,
    ...agreementContract.methods,
    ...reviewContract.methods,
    ...exportContract.methods,
  },
  events: {
    ...recordContract.events,
    /** Recordings that are new or different, whole. */
    'recordings.changed': z.array(recording).readonly(),
    'recordings.removed': z.array(recordingId).readonly(),
    ...queueContract.events,
    ...annotationContract.events,
    ...modelsContract.events,
  },
} as const satisfies Contract;

/** What only the application's main process asks of the library. */
export const libraryHostContract = {
  methods: {
    /** Lets the page name a path by a token. */
    'grants.add': { args: z.object({ grant, path: z.string() }), result: z.void() },
    /**
     * The sound of a recording, for the media protocol: the canonical one, for which it waits until the recording has
     * been read, or the person's own file as it is, to listen to meanwhile.
     */
    'media.locate': {
      args: z.object({ id: recordingId, which: z.enum(['canonical', 'original']) }),
      result: z.object({ path: z.string() }),
    },
    /** Copies the open project into a folder that is not there yet, whole or not at all. */
    'project.copy': { args: z.object({ to: z.string() }), result: z.void() },
  },
  events: {},
} as const satisfies Contract;
