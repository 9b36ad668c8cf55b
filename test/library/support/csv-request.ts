import type { ExportRequest } from '#shared/contract/export.ts';

/** What the page asks for when all segments are to be written as one emotion CSV. */
export function csvRequest(ids: readonly number[], to: string): ExportRequest {
  return {
    ids,
    to,
    ...{
      format: 'csv',
      per: 'segment',
      tier: null,
      files: 'one',
      speakerNames: false,
      withheldToo: false,
    },
  };
}
