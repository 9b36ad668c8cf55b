import { z } from 'zod';
import { mostItems, reviewRound } from '../domain/review.ts';
import type { Contract } from '../rpc/contract.ts';
import { segmentsActed } from './annotation.ts';

const recordingId = z.number().int();
/** Of the annotator who listens. */
const tier = z.string();

/** Listening in a good order. What is said of what was chosen are acts like any other (`segments.act`). */
export const reviewContract = {
  methods: {
    /** @returns null where nothing has been planned yet */
    'review.state': { args: z.object({ tier }), result: reviewRound.nullable() },
    /**
     * Looks through the recordings (null: all) for what to listen to, and reports progress. The round takes the
     * place of the one before; one without items says that everything has been heard.
     */
    'review.plan': {
      args: z.object({
        tier,
        recordingId: recordingId.nullable(),
        size: z.number().int().min(1).max(mostItems),
      }),
      result: z.void(),
    },
    /**
     * What an audited segment sounds like. It counts for the estimate, and labels the stretch unless the person
     * has divided it among several labels already. One act, which undo takes back whole.
     */
    'review.audit': {
      args: z.object({
        tier,
        segmentId: z.number().int(),
        label: z.string().trim().min(1).max(60),
      }),
      result: segmentsActed,
    },
  },
  events: {},
} as const satisfies Contract;
