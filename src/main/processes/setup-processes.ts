import { app, MessageChannelMain, type MessagePortMain } from 'electron';
import { fromErrorShape, UndertoneError } from '#shared/contract/errors.ts';
import { libraryHostContract } from '#shared/contract/library.ts';
import { connect, type Client } from '#shared/rpc/connect.ts';
import type { Folders } from '../folders.ts';
import type { Log } from '../log/log.ts';
import { forkChild, type Ending } from './child.ts';
import type { Peer } from './messages.ts';
import { toPort } from './port.ts';
import { supervise, type Supervised } from './supervise.ts';

/** What those who follow the processes are told. */
export interface ProcessListener {
  readonly onEngineRestarted: (port: MessagePortMain, reason: string) => void;
  readonly onEngineUnavailable: (reason: string) => void;
  /** It was started again, or another project was opened. */
  readonly onLibraryReplaced: () => void;
  readonly onLibraryUnavailable: (ending: Ending) => void;
}

export interface Processes {
  /** The library that runs now; to be read for every call. */
  readonly library: () => Client<typeof libraryHostContract>;
  /** Ports for a page that has just been loaded. */
  readonly connectPage: () => Readonly<Record<'library' | 'engine', MessagePortMain>>;
  /** Why there is no engine any more; `undefined` as long as one runs or is being started. */
  readonly engineFailure: () => string | undefined;
  /**
   * Has a library process on another folder take the place of the one that runs, or of one that failed. The
   * engine stays.
   *
   * @throws UndertoneError why it could not be opened; the one before then goes on, if there is one
   */
  readonly openProject: (folder: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Starts library and engine and keeps them running and connected: main holds a port to the library, the
 * library one to the engine, the page one to each. No call passes through the main process.
 */
export function setupProcesses(
  folders: Folders,
  firstProject: string,
  listener: ProcessListener,
  log: Log,
): Processes {
  let engineFailure: string | undefined;
  let project = firstProject;
  let library = superviseLibrary(project);
  const engine = supervise({
    fork: () => forkChild({ name: 'engine', entry: folders.engineEntry, args: [] }, log),
    onRestart: (reason) => {
      connectLibraryToEngine();
      listener.onEngineRestarted(portTo(engine, 'page'), reason);
    },
    onUnavailable: (ending) => {
      engineFailure = describe(ending);
      // A closed port, so that the library does not keep work for an engine that will never come.
      connectLibraryToEngine();
      listener.onEngineUnavailable(engineFailure);
    },
  });

  function superviseLibrary(folder: string): Supervised {
    const { libraryEntry: entry, model, backups } = folders;
    const args = [folder, model, app.getVersion(), backups];
    const supervised = supervise({
      fork: () => forkChild({ name: 'library', entry, args }, log),
      onRestart: () => {
        if (supervised === library) adopt(supervised);
      },
      onUnavailable: (ending) => {
        if (supervised === library) listener.onLibraryUnavailable(ending);
      },
    });
    return supervised;
  }
  function adopt(next: Supervised): void {
    library = next;
    host = connectHost();
    connectLibraryToEngine();
    listener.onLibraryReplaced();
  }
  async function openProject(folder: string): Promise<void> {
    const previous = library;
    // A project has one library at a time.
    if (folder === project) await previous.close();
    const next = superviseLibrary(folder);
    const ending = await next.started;
    if (ending) {
      await next.close();
      if (folder === project) listener.onLibraryUnavailable(ending);
      throw toError(ending);
    }
    project = folder;
    adopt(next);
    await previous.close();
  }
  function connectHost(): Client<typeof libraryHostContract> {
    const port = toPort(portTo(library, 'host'));
    return connect(port, libraryHostContract, { whenGone: 'library-stopped' });
  }
  function connectLibraryToEngine(): void {
    library.give('engine', portTo(engine, 'library'));
  }

  let host = connectHost();
  connectLibraryToEngine();
  return {
    library: () => host,
    connectPage: () => ({ library: portTo(library, 'page'), engine: portTo(engine, 'page') }),
    engineFailure: () => engineFailure,
    openProject,
    close: async () => {
      await Promise.all([library.close(), engine.close()]);
    },
  };
}

function portTo(process: Supervised, peer: Peer): MessagePortMain {
  const { port1, port2 } = new MessageChannelMain();
  process.give(peer, port1);
  return port2;
}

function describe(ending: Ending): string {
  return ending.kind === 'refused' ? ending.error.message : ending.reason;
}

function toError(ending: Ending): UndertoneError {
  return ending.kind === 'refused'
    ? fromErrorShape(ending.error)
    : new UndertoneError('library-stopped');
}
