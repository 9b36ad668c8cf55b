import { libraryContract, libraryHostContract } from '#shared/contract/library.ts';
import type { Port } from '#shared/rpc/port.ts';
import { serve, type Served } from '#shared/rpc/serve.ts';
import { announce } from './annotation/announce.ts';
import { createLabelOffer } from './annotation/label-offer.ts';
import { createCatalogue, type Catalogue } from './catalogue.ts';
import { createDerivedFiles } from './derived-files.ts';
import { createModelDescription } from './describe-model.ts';
import { createEngineLink, type EngineClient } from './engine-link.ts';
import { followJournal } from './follow-journal.ts';
import { createGrants } from './grants.ts';
import { createHostHandlers } from './handlers/host.ts';
import { createPageHandlers } from './handlers/page.ts';
import { openProject } from './project.ts';
import { createActiveModel } from './models/active-model.ts';
import { announceModels } from './models/announce.ts';
import { createModels } from './models/models.ts';
import { checkFiles } from './relink/check-files.ts';
import { createQueue, type Queue } from './queue/queue.ts';
import { followProfiles } from './speakers/follow-profiles.ts';
import { createInThread } from './thread/in-thread.ts';
import { createRecorder, type Recorder } from './record/recorder.ts';
import { recoverRecordings } from './record/recover.ts';

export interface LibraryOptions {
  /** Made where it is missing. */
  readonly projectFolder: string;
  /** Of the model that analyses; only the engine looks into it. */
  readonly modelFolder: string;
  /** Where checked copies of projects' databases are kept, outside all of them. */
  readonly backupsFolder: string;
  /** `thread/work.ts` as it was built; absent where the sources run as they are. */
  readonly threadScript?: URL;
  /** Written beside what is exported. */
  readonly appVersion: string;
  /** Told of failures that are not expected ones, for the log of the process. */
  readonly onBug: (error: unknown) => void;
}

export interface Library {
  /** Answers the application's main process at a port. */
  readonly serveHost: (port: Port) => void;
  /** Answers a page at a port, and tells it of changes until the port closes. */
  readonly servePage: (port: Port) => void;
  /** Hands over an engine: the first one, or the next after one has died. */
  readonly setEngine: (client: EngineClient) => void;
  /** Puts back what is running, for the next start, and closes the project. */
  readonly close: () => Promise<void>;
}

const sources = new URL('./thread/work.ts', import.meta.url);

/**
 * Opens the library of a project. Work that an earlier process left unfinished goes on as soon as there is
 * an engine.
 *
 * @throws UndertoneError `project-newer`, `project-invalid`, `not-writable` or `disk-full`
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const { projectFolder, backupsFolder, appVersion, onBug } = options;
  const project = await openProject(projectFolder, { backupsFolder, onBug });
  project.jobs.resume();
  await recoverRecordings(project);
  await project.sweepDerivedFiles();

  const catalogue = createCatalogue(project.recordings);
  const engine = createEngineLink();
  const grants = createGrants();
  const { versionFiles } = project;
  const active = createActiveModel(project, versionFiles, options.modelFolder);
  const { folder: modelFolder } = active;
  const describeModel = createModelDescription(engine, modelFolder);
  const queue = createQueue({ project, catalogue, engine, modelFolder, describeModel, onBug });
  const files = createDerivedFiles({ project, catalogue, engine, queue });
  const hostHandlers = createHostHandlers(project, grants, files);
  const models = createModels({
    ...{ project, catalogue, engine, queue, grants, files, active, versionFiles, onBug },
    shippedFolder: options.modelFolder,
    describeActive: describeModel,
    describeShipped: createModelDescription(engine, () => options.modelFolder),
  });
  const labels = createLabelOffer(project, async (signal) => (await describeModel(signal)).labels);
  const pageHandlers = createPageHandlers({
    ...{ project, catalogue, engine, queue, files, grants, labels, models },
    ...{ modelFolder, describeModel },
    inThread: createInThread(options.threadScript ?? sources, onBug),
    appVersion,
  });

  const recorders = new Set<Recorder>();
  followJournal(project, catalogue, queue);
  followProfiles({ project, queue });
  void project.backups.start().catch(onBug);
  const checking = checkFiles(project, catalogue).catch(onBug);
  return {
    serveHost: (port) => {
      serve(port, libraryHostContract, hostHandlers, onBug);
    },
    servePage: (port) => {
      const recorder = createRecorder(
        { project, catalogue, queue, engine, modelFolder, onBug },
        (name, payload) => {
          page.emit(name, payload);
        },
      );
      recorders.add(recorder);
      const handlers = { ...pageHandlers, ...recorder.handlers };
      const page = serve(port, libraryContract, handlers, onBug);
      port.onClose(announce({ project, labels, page, onBug }));
      port.onClose(announceModels({ models, labels, page, onBug }));
      const unsubscribe = tellOfRecordings(catalogue, queue, page);
      port.onClose(() => {
        unsubscribe();
        void recorder
          .leave()
          .catch(onBug)
          .finally(() => recorders.delete(recorder));
      });
    },
    setEngine: (client) => {
      engine.set(client);
      queue.wake();
    },
    close: async () => {
      engine.close();
      await Promise.all([...recorders].map((recorder) => recorder.leave()));
      await models.close();
      await queue.close();
      await checking;
      await project.backups.stop();
      project.close();
    },
  };
}

/** @returns a function that ends it */
function tellOfRecordings(
  catalogue: Catalogue,
  queue: Queue,
  page: Served<typeof libraryContract>,
): () => void {
  const ends = [
    catalogue.subscribe({
      changed: (recordings) => {
        page.emit('recordings.changed', recordings);
      },
      removed: (ids) => {
        page.emit('recordings.removed', ids);
      },
    }),
    queue.subscribe((state) => {
      page.emit('queue.changed', state);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
