import { z } from 'zod';
import { rowUnits } from '../domain/row-unit.ts';
import { withheld } from '../domain/terms.ts';
import type { Contract } from '../rpc/contract.ts';
import { grant } from './grant.ts';

const exportFormat = z.object({
  /** As options of the command line name it. */
  id: z.string(),
  /** As people call it. */
  title: z.string(),
  /** Of its files, without the first dot. */
  ending: z.string(),
  /** Whether several recordings fit in one file. */
  many: z.boolean(),
  /** Whether it is a table, whose rows can be about something else than segments. */
  table: z.boolean(),
});
export type ExportFormat = Readonly<z.infer<typeof exportFormat>>;

const exportRequest = z.object({
  /** Recordings, in the order in which they are to be written. */
  ids: z.array(z.number().int()).readonly(),
  /** A file, or where each recording has one of its own a folder that is not there yet. */
  to: grant,
  format: z.string(),
  /** What a row of a table is about. */
  per: z.enum(rowUnits),
  /** Id of a tier; null for all that the model and people say. */
  tier: z.string().nullable(),
  files: z.enum(['one', 'each']),
  /** Whether those who speak are written by name; they have pseudonyms otherwise. */
  speakerNames: z.boolean(),
  /** Whether also recordings without consent go out, or that are kept longer than agreed. */
  withheldToo: z.boolean(),
});
export type ExportRequest = Readonly<z.infer<typeof exportRequest>>;

const exported = z.object({
  path: z.string(),
  /** Those of which something was written. */
  recordings: z.number().int(),
  /** Rows of a table, segments of other formats. */
  rows: z.number().int(),
  /** Recordings that were asked for and of which there is nothing to write yet. */
  leftOut: z.number().int(),
  /** Recordings that were asked for and are not to go out. */
  withheld,
  /** What the format cannot say, in plain sentences. */
  losses: z.array(z.string()).readonly(),
});
export type Exported = Readonly<z.infer<typeof exported>>;

/** What goes out of a project. */
export const exportContract = {
  methods: {
    'export.formats': { args: z.object({}), result: z.array(exportFormat).readonly() },
    /** Writes whole or not at all, reports its progress, and can be cancelled at any moment. */
    'export.write': { args: exportRequest, result: exported },
  },
  events: {},
} as const satisfies Contract;
