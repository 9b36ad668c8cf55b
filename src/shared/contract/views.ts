import { z } from 'zod';
import { float32 } from '../domain/float32.ts';
import { uint8 } from '../domain/uint8.ts';
import { descriptorGrid, descriptorId, spectrogram } from '../domain/views.ts';
import type { Contract } from '../rpc/contract.ts';

const id = z.number().int();

/**
 * What can be looked at beside the waveform, asked of the library. The first call for a recording computes it, which
 * takes seconds for hours, tells progress and can be cancelled; what it made is kept, and parts of it come at once.
 */
export const viewContract = {
  methods: {
    'views.spectrogram': { args: z.object({ id }), result: spectrogram },
    /** Columns of one level, column-major `[columns, rows]`; from `tile * tileColumns` on. */
    'views.spectrogramTile': {
      args: z.object({
        id,
        level: z.number().int().nonnegative(),
        tile: z.number().int().nonnegative(),
      }),
      result: z.object({ bytes: uint8 }),
    },
    'views.descriptors': { args: z.object({ id }), result: descriptorGrid },
    /** NaN where there is no such thing, as with the pitch of a pause. */
    'views.descriptor': {
      args: z.object({ id, descriptor: descriptorId }),
      result: z.object({ values: float32 }),
    },
  },
  events: {},
} as const satisfies Contract;

const sound = z.object({
  /** Canonical sound, as `audio.prepare` gave it. */
  path: z.string(),
  /** What the names of the files that are written begin with; see `viewFiles`. */
  base: z.string(),
});

/** Views, asked of the engine: it writes all of one, the description last. */
export const viewMakerContract = {
  methods: {
    'views.makeSpectrogram': { args: sound, result: spectrogram },
    'views.makeDescriptors': { args: sound, result: descriptorGrid },
  },
  events: {},
} as const satisfies Contract;
