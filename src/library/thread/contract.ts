import { z } from 'zod';
import type { ReadAnnotations } from '#formats/annotation/read.ts';
import type { RatedRecording } from '#shared/domain/agreement/timeline.ts';
import type { Contract } from '#shared/rpc/contract.ts';

import type { CompareSettings, Comparison } from '../agreement/compare.ts';

/** What takes too long for the library itself. Both ends are ours: results are not checked once more. */
export const threadContract = {
  methods: {
    'annotations.read': {
      args: z.object({ path: z.string() }),
      result: z.custom<ReadAnnotations>(),
    },
    'agreement.compare': {
      args: z.object({
        recordings: z.custom<readonly RatedRecording[]>(),
        settings: z.custom<CompareSettings>(),
        subject: z.string(),
      }),
      result: z.custom<Comparison>(),
    },
  },
  events: {},
} as const satisfies Contract;
