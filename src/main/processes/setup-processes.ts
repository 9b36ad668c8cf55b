import { app, MessageChannelMain, type MessagePortMain } from 'electron';
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
  readonly onLibraryRestarted: () => void;
  readonly onLibraryUnavailable: (ending: Ending) => void;
}

export interface Processes {
  /** The library that runs now; to be read for every call. */
  readonly library: () => Client<typeof libraryHostContract>;
  /** Ports for a page that has just been loaded. */
  readonly connectPage: () => Readonly<Record<'library' | 'engine', MessagePortMain>>;
  /** Why there is no engine any more; `undefined` as long as one runs or is being started. */
  readonly engineFailure: () => string | undefined;
  readonly close: () => Promise<void>;
}

/**
 * Starts library and engine and keeps them running and connected: main holds a port to the library, the
 * library one to the engine, the page one to each. No call passes through the main process.
 */
export function setupProcesses(folders: Folders, listener: ProcessListener, log: Log): Processes {
  let engineFailure: string | undefined;
  const library = supervise({
    fork: () =>
      forkChild(
        {
          name: 'library',
          entry: folders.libraryEntry,
          args: [folders.project, folders.model, app.getVersion()],
        },
        log,
      ),
    onRestart: () => {
      host = connectHost();
      connectLibraryToEngine();
      listener.onLibraryRestarted();
    },
    onUnavailable: listener.onLibraryUnavailable,
  });
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

  function connectHost(): Client<typeof libraryHostContract> {
    return connect(toPort(portTo(library, 'host')), libraryHostContract);
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
