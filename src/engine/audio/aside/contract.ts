import { z } from 'zod';
import { float32 } from '#shared/domain/float32.ts';
import type { Contract } from '#shared/rpc/contract.ts';
import type { AudioFormat, DecodeReport } from '../decode.ts';

const file = z.object({ path: z.string() });
/** A reading, by a number that whoever reads gives it. */
const reading = z.object({ id: z.number().int() });

const part = z.object({
  /** Samples of each channel. */
  planes: z.array(float32).readonly(),
  /** How much of the file is behind it, 0 to 1. */
  fraction: z.number(),
  /** With the last part, which holds no samples. */
  report: z.custom<DecodeReport>().nullable(),
});
export type Part = Readonly<z.infer<typeof part>>;

/** What is asked of the thread that decodes; both ends are of one build, so what they hand over is not checked again. */
export const decodingContract = {
  methods: {
    open: { args: file, result: z.custom<AudioFormat>() },
    /** Begins a reading, with the options of `AudioSource.read`. */
    read: {
      args: reading.extend({
        path: z.string(),
        sampleRate: z.number().optional(),
        mono: z.boolean().optional(),
      }),
      result: z.null(),
    },
    /** The parts in order; null after the last. May be asked for ahead. */
    next: { args: reading, result: part.nullable() },
    /** Closes the file, wherever its reading is. */
    close: { args: reading, result: z.null() },
  },
  events: {},
} as const satisfies Contract;
