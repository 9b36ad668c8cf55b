import { z } from 'zod';
import { float32 } from '../domain/float32.ts';
import type { Contract } from '../rpc/contract.ts';
import { errorShape } from './errors.ts';

/** What a microphone gives: samples are interleaved, -1 to 1. */
const soundShape = z.object({
  sampleRate: z.number().int().min(8000).max(384_000),
  channels: z.number().int().min(1).max(2),
});
export type SoundShape = Readonly<z.infer<typeof soundShape>>;

/** A frame of a recording: one sample of each channel. */
const frame = z.number().int().nonnegative();

/**
 * How the end of a recording sounds so far, in cells as a track has them. The cells told replace those of
 * the same number told before: the newest are judged by what came before alone, and again when it is known
 * what comes after.
 */
const liveCells = z.object({
  labels: z.array(z.string()).readonly(),
  hopSeconds: z.number().positive(),
  /** Number of the first cell told, counted from the beginning of the recording. */
  first: z.number().int().nonnegative(),
  /** Row-major `[cells, labels]`. */
  probabilities: float32,
  /** The share of each cell that is speech. */
  speech: float32,
  /** How much of the recording the cells are about. */
  heardSeconds: z.number().nonnegative(),
  /** What the engine needed for what it had not heard before. */
  engineMilliseconds: z.number().nonnegative(),
});
export type LiveCells = Readonly<z.infer<typeof liveCells>>;

/**
 * Recording: the page hears the microphone, the library writes it down and has the engine listen. One
 * recording at a time; when the page goes away, what was recorded is kept.
 */
export const recordContract = {
  methods: {
    /** @returns what the recording will be called */
    'record.start': {
      args: soundShape.extend({ device: z.string().max(500) }),
      result: z.object({ name: z.string() }),
    },
    /** Answers when the samples are in the file. `at` is the frame that they begin with. */
    'record.write': { args: z.object({ at: frame, samples: float32 }), result: z.void() },
    'record.mark': {
      args: z.object({ at: frame, note: z.string().max(200) }),
      result: z.void(),
    },
    /** Ends it; it is a recording like any other then. Null where nothing was recorded. */
    'record.keep': { args: z.object({}), result: z.object({ id: z.number().int().nullable() }) },
    /** Ends it and deletes the file. */
    'record.discard': { args: z.object({}), result: z.void() },
  },
  events: {
    'record.heard': liveCells,
    /** Nothing is heard live in this recording; it goes on. */
    'record.unheard': errorShape,
    /** How long the disk can take more. */
    'record.space': z.object({ secondsLeft: z.number().nonnegative() }),
    /**
     * It had to end. What was recorded up to then is kept: as a recording, or where not even that could be
     * put down, for the next start to find.
     */
    'record.stopped': z.object({ error: errorShape, id: z.number().int().nullable() }),
  },
} as const satisfies Contract;

const session = z.number().int();

/** Listening along, of the engine. */
export const listenContract = {
  methods: {
    'live.start': {
      args: soundShape.extend({ modelFolder: z.string() }),
      result: z.object({ session, hopSeconds: z.number().positive() }),
    },
    /** Samples in their order, as many at once as there are. */
    'live.hear': { args: z.object({ session, samples: float32 }), result: liveCells },
    'live.stop': { args: z.object({ session }), result: z.void() },
  },
  events: {},
} as const satisfies Contract;
