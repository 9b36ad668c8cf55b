import type { CallContext } from '#shared/rpc/contract.ts';
import type { Source } from './sources.ts';

export interface Written {
  /** Those that had something to write. */
  readonly recordings: number;
  /** Rows of a table, segments of other formats. */
  readonly rows: number;
}

/** Writes one file about some recordings, in their order, whole or not at all. */
export type WriteExport = (
  path: string,
  about: readonly Source[],
  context: CallContext,
) => Promise<Written>;

/** A way to write the files of one export. */
export interface ExportWriter {
  readonly write: WriteExport;
  /** What could not be said in what was written, in plain sentences. */
  readonly losses: () => readonly string[];
}
