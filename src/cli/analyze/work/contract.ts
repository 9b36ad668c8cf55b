import { z } from 'zod';
import { timelineSettings } from '#engine/timeline/settings.ts';
import { sound } from '#shared/domain/recording.ts';
import { proposedSegment } from '#shared/domain/segment.ts';
import { track } from '#shared/domain/track.ts';
import type { Contract } from '#shared/rpc/contract.ts';

const openedModel = z.object({
  engine: z.object({ kind: z.enum(['native', 'portable']), version: z.string() }),
  /** As its card names it. */
  id: z.string(),
  /** Of the model's files. */
  sha256: z.string(),
  labels: z.array(z.string()).readonly(),
  timeline: timelineSettings,
});
export type OpenedModel = Readonly<z.infer<typeof openedModel>>;

/** What was heard in one recording; spans of segments are samples of its own rate. */
export const hearing = sound
  .omit({ channels: true })
  .extend({ track, segments: z.array(proposedSegment).readonly() });
export type Hearing = Readonly<z.infer<typeof hearing>>;

/** What the command asks of a process that analyses. */
export const workContract = {
  methods: {
    /** To be called first, and once. */
    open: { args: z.object({ modelFolder: z.string() }), result: openedModel },
    analyse: {
      args: z.object({ path: z.string(), settings: timelineSettings, scratchFolder: z.string() }),
      result: hearing,
    },
  },
  events: {},
} as const satisfies Contract;
