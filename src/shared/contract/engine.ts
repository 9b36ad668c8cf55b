import { z } from 'zod';
import { excerpt } from '../domain/excerpt.ts';
import { peaks, sketch } from '../domain/peaks.ts';
import { sound } from '../domain/recording.ts';
import { proposedSegment } from '../domain/segment.ts';
import { speakerProfile } from '../domain/speaker-profile.ts';
import { track } from '../domain/track.ts';
import { uint8 } from '../domain/uint8.ts';
import type { Contract } from '../rpc/contract.ts';
import { listenContract } from './live.ts';
import { trainingContract } from './training.ts';
import { viewMakerContract } from './views.ts';

/** Which engine computes, and with which model. */
const engineStatus = z.object({
  engine: z.enum(['native', 'portable']),
  /** Of ONNX Runtime, which computes the answers. */
  version: z.string(),
  /** Why it is the portable one; empty where it is native. */
  reason: z.string(),
});
export type EngineStatus = Readonly<z.infer<typeof engineStatus>>;

export const modelSummary = z.object({
  id: z.string(),
  /** Of its files, so that two models are the same where this is. */
  sha256: z.string(),
  name: z.string(),
  labels: z.array(z.string()).readonly(),
  /** Of the settings of what it hears: only models where this is the same can share a profile. */
  featureHash: z.string(),
  licence: z.string(),
  /** In a few words: unweighted average recall on speakers that training never saw. */
  score: z.string(),
  /** How that was measured. */
  protocol: z.string(),
  /** What correcting a speaker whom it never heard gave: UAR points, 0 to 1; empty where not measured. */
  adaptation: z.array(z.object({ corrections: z.number().int(), gain: z.number() })).readonly(),
});
export type ModelSummary = Readonly<z.infer<typeof modelSummary>>;

const preparedAudio = z.object({
  /** The file to play and analyse: the original where it is wav or flac, else a flac made from it. */
  canonicalPath: z.string(),
  sha256: z.string(),
  peaksPath: z.string(),
  sound,
});
export type PreparedAudio = Readonly<z.infer<typeof preparedAudio>>;

const analysis = z.object({
  /** Id of the model that made it. */
  model: z.string(),
  /** As `model.describe` says it. */
  modelSha256: z.string(),
  /** The probability from which on the likeliest label of a window counts. */
  unsureBelow: z.number().min(0).max(1),
  track,
  segments: z.array(proposedSegment).readonly(),
});
export type Analysis = Readonly<z.infer<typeof analysis>>;

/** The engine computes and stores nothing but rebuildable files in the cache folder that it is handed. */
export const engineContract = {
  methods: {
    ...listenContract.methods,
    ...trainingContract.methods,
    ...viewMakerContract.methods,
    'engine.status': { args: z.object({}), result: engineStatus },
    'model.describe': { args: z.object({ modelFolder: z.string() }), result: modelSummary },
    /** Reads all of a model folder, which may come from anywhere, and lets it go again. */
    'model.check': { args: z.object({ modelFolder: z.string() }), result: modelSummary },
    /** What it leaves in the cache folder is named `<sha256>.…`, after the content of the file. */
    'audio.prepare': {
      args: z.object({ path: z.string(), cacheFolder: z.string() }),
      result: preparedAudio,
    },
    /** What `audio.prepare` has seen of a file so far; null where it is not at it. */
    'audio.sketch': { args: z.object({ path: z.string() }), result: sketch.nullable() },
    /**
     * The peaks that `audio.prepare` wrote, at the finest level that a screen can use: 100 to 200 blocks a
     * second, fewer where that would be more than about two million in all.
     */
    'audio.peaks': { args: z.object({ peaksPath: z.string() }), result: peaks },
    /** A part of canonical sound as a wav of its own, which ends at its very last sample. */
    'audio.excerpt': {
      args: z.object({ path: z.string(), excerpt }),
      result: z.object({ wav: uint8 }),
    },
    'analysis.run': {
      args: z.object({
        /** Canonical sound, as `audio.prepare` gave it. */
        path: z.string(),
        modelFolder: z.string(),
        /** Holds what must not be kept in memory; nothing of it stays. */
        cacheFolder: z.string(),
        /** The speaker's, measured with the same features; null to normalise the recording by itself. */
        profile: speakerProfile.nullable(),
      }),
      result: analysis,
    },
    /** What normalisation by speaker takes away from these recordings, all of one speaker. */
    'analysis.profile': {
      args: z.object({
        /** Canonical sounds, as in `analysis.run`. */
        paths: z.array(z.string()).readonly(),
        modelFolder: z.string(),
        cacheFolder: z.string(),
      }),
      result: speakerProfile,
    },
  },
  events: {},
} as const satisfies Contract;
