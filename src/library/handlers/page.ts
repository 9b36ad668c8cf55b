import type { engineContract } from '#shared/contract/engine.ts';
import type { libraryContract } from '#shared/contract/library.ts';
import type { Handlers, Result } from '#shared/rpc/contract.ts';
import type { Catalogue } from '../catalogue.ts';
import type { DerivedFiles } from '../derived-files.ts';
import type { EngineLink } from '../engine-link.ts';
import { exportCsv } from '../export/export-csv.ts';
import type { Grants } from '../grants.ts';
import { importRecordings } from '../import-recordings.ts';
import type { Project } from '../project.ts';
import type { Queue } from '../queue/queue.ts';

/** The parts of an open library. */
export interface Parts {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly engine: EngineLink;
  readonly queue: Queue;
  readonly files: DerivedFiles;
  readonly grants: Grants;
  readonly modelFolder: string;
  readonly appVersion: string;
}

/** Answers what the page asks of the library. */
export function createPageHandlers(parts: Parts): Handlers<typeof libraryContract> {
  const { project, catalogue, queue, files, grants } = parts;
  const describeModel = createModelDescription(parts);
  return {
    'project.describe': async (_, { signal }) => ({
      folder: project.folder,
      model: await describeModel(signal),
    }),
    'recordings.list': () => catalogue.list(),
    'recordings.import': ({ grants: tokens }, { signal }) =>
      importRecordings(parts, tokens.map(grants.resolve), signal),
    'recordings.cancel': ({ ids }) => {
      queue.cancel(ids);
    },
    'recordings.retry': ({ ids }) => {
      queue.enqueue(ids);
    },
    'recordings.remove': ({ ids }) => removeRecordings(parts, ids),
    'recordings.peaks': ({ id }, { signal }) => files.peaks(id, signal),
    'recordings.track': ({ id }, { signal }) => files.track(id, signal),
    'segments.list': ({ recordingId }) => project.segments.list(catalogue.find(recordingId).id),
    'export.csv': async ({ ids, to }) => {
      const path = grants.resolve(to);
      const recordings = [...new Set(ids)].map(catalogue.find);
      return { path, ...(await exportCsv(project, recordings, path, parts.appVersion)) };
    },
  };
}

async function removeRecordings(
  { project, catalogue, queue }: Parts,
  ids: readonly number[],
): Promise<void> {
  const removed = ids.flatMap((id) => project.recordings.find(id) ?? []);
  project.transaction(() => {
    for (const { id } of removed) project.recordings.remove(id);
  });
  queue.abandon(ids);
  catalogue.tellRemoved(removed.map(({ id }) => id));
  await project.removeDerivedFiles(removed);
}

/** The model's card, asked for once: a folder's model does not change while a project is open. */
function createModelDescription({
  engine,
  modelFolder,
}: Parts): (signal: AbortSignal) => Promise<Result<typeof engineContract, 'model.describe'>> {
  let known: Result<typeof engineContract, 'model.describe'> | undefined;
  return async (signal) => {
    known ??= await engine.call('model.describe', { modelFolder }, { signal });
    return known;
  };
}
