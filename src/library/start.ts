import { libraryContract, libraryHostContract } from '#shared/contract/library.ts';
import type { Port } from '#shared/rpc/port.ts';
import { serve } from '#shared/rpc/serve.ts';
import { createCatalogue } from './catalogue.ts';
import { createDerivedFiles } from './derived-files.ts';
import { createEngineLink, type EngineClient } from './engine-link.ts';
import { createGrants } from './grants.ts';
import { createHostHandlers } from './handlers/host.ts';
import { createPageHandlers } from './handlers/page.ts';
import { openProject } from './project.ts';
import { createQueue } from './queue/queue.ts';

export interface LibraryOptions {
  /** Made where it is missing. */
  readonly projectFolder: string;
  /** Of the model that analyses; only the engine looks into it. */
  readonly modelFolder: string;
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

/**
 * Opens the library of a project. Work that an earlier process left unfinished goes on as soon as there is
 * an engine.
 *
 * @throws UndertoneError `project-newer`, `project-invalid`, `not-writable` or `disk-full`
 */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const { projectFolder, modelFolder, appVersion, onBug } = options;
  const project = await openProject(projectFolder);
  project.jobs.resume();
  await project.sweepDerivedFiles();

  const catalogue = createCatalogue(project.recordings);
  const engine = createEngineLink();
  const grants = createGrants();
  const queue = createQueue({ project, catalogue, engine, modelFolder, onBug });
  const files = createDerivedFiles({ project, catalogue, engine, queue });
  const hostHandlers = createHostHandlers(grants, files);
  const pageHandlers = createPageHandlers({
    project,
    catalogue,
    engine,
    queue,
    files,
    grants,
    modelFolder,
    appVersion,
  });

  return {
    serveHost: (port) => {
      serve(port, libraryHostContract, hostHandlers, onBug);
    },
    servePage: (port) => {
      const page = serve(port, libraryContract, pageHandlers, onBug);
      const unsubscribe = catalogue.subscribe({
        changed: (recordings) => {
          page.emit('recordings.changed', recordings);
        },
        removed: (ids) => {
          page.emit('recordings.removed', ids);
        },
      });
      port.onClose(unsubscribe);
    },
    setEngine: (client) => {
      engine.set(client);
      queue.wake();
    },
    close: async () => {
      engine.close();
      await queue.close();
      project.close();
    },
  };
}
