import { z } from 'zod';
import { importMapping, labelTarget, tierTarget } from '../domain/import-mapping.ts';
import { rowProblem } from '../domain/row-problems.ts';
import { segmentSource } from '../domain/segment.ts';
import type { Contract } from '../rpc/contract.ts';
import { grant } from './grant.ts';

const count = z.number().int().nonnegative();
const recordingId = z.number().int();

/** What files of annotations hold, and what is proposed to do with it. Nothing of it is stored yet. */
const examination = z.object({
  id: z.number().int(),
  files: z
    .array(
      z.object({
        name: z.string(),
        /** Its format, as people call it. */
        format: z.string(),
        /** All rows that say a label in time, good and bad. */
        rows: count,
        rejected: z.array(rowProblem).readonly(),
        /** In plain sentences what else of the file has no place here. */
        losses: z.array(z.string()).readonly(),
      }),
    )
    .readonly(),
  failures: z
    .array(z.object({ name: z.string(), message: z.string(), hint: z.string() }))
    .readonly(),
  recordings: z
    .array(
      z.object({
        /** What the file calls it. */
        name: z.string(),
        file: z.string(),
        rows: count,
        /** Those of the project that have that name, where it is more than one. */
        candidates: z.array(recordingId).readonly(),
        to: recordingId.nullable(),
      }),
    )
    .readonly(),
  /** The tiers of all files, those of one name and annotator once. */
  tiers: z
    .array(
      z.object({
        name: z.string(),
        source: segmentSource,
        annotator: z.string(),
        rows: count,
        /** How many different labels it has. */
        labels: count,
        to: tierTarget,
      }),
    )
    .readonly(),
  /** The labels of all files, the most frequent first; beyond some hundreds the others are left out. */
  labels: z
    .array(
      z.object({
        label: z.string(),
        rows: count,
        /** Indices of the tiers that have it. */
        tiers: z.array(z.number().int()).readonly(),
        to: labelTarget,
      }),
    )
    .readonly(),
});
export type Examination = Readonly<z.infer<typeof examination>>;

/** What an import does, or has done, with every row: `accepted + clamped + rejected` is `rows`. */
const importReport = z.object({
  rows: count,
  accepted: count,
  /** Stored, but not as the file has them; `changes` says why. */
  clamped: count,
  rejected: count,
  changes: z.array(rowProblem).readonly(),
  problems: z.array(rowProblem).readonly(),
  recordings: z.array(recordingId).readonly(),
  newTiers: z.array(z.string()).readonly(),
  newLabels: z.array(z.string()).readonly(),
});
export type ImportReport = Readonly<z.infer<typeof importReport>>;

const decided = z.object({ id: z.number().int(), mapping: importMapping });

/** Annotations of other programs: looked at first, then mapped, then stored as one act that can be undone. */
export const exchangeContract = {
  methods: {
    /** Reads files, and reports progress. `preferred` is taken for a recording that no name tells. */
    'annotations.examine': {
      args: z.object({ grants: z.array(grant).readonly(), preferred: recordingId.nullable() }),
      result: examination,
    },
    /** What an import with this mapping would do. Waits for recordings that are still to be read. */
    'annotations.preview': { args: decided, result: importReport },
    /** Does it, as one act, and remembers the mapping for the next time. */
    'annotations.import': { args: decided, result: importReport },
    /** Lets go of what was read. */
    'annotations.forget': { args: z.object({ id: z.number().int() }), result: z.void() },
  },
  events: {},
} as const satisfies Contract;
