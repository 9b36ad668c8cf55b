import { app, session } from 'electron';
import { setupFolders } from './folders.ts';
import { setupLog } from './log/setup-log.ts';
import { setupProcesses } from './processes/setup-processes.ts';
import { setupProtocol, setupScheme } from './protocol/setup-protocol.ts';
import { pageAddress, partition } from './security/own-page.ts';
import { setupContents } from './security/setup-contents.ts';
import { setupSessions } from './security/setup-sessions.ts';
import { setupSwitches } from './security/setup-switches.ts';
import { setupShutdown } from './setup-shutdown.ts';
import { setupSingleInstance } from './setup-single-instance.ts';
import { createGrants } from './shell/grants.ts';
import { setupShell } from './shell/setup-shell.ts';
import { setupMenu } from './window/setup-menu.ts';
import { setupPageRecovery } from './window/setup-page-recovery.ts';
import { setupWindow } from './window/setup-window.ts';
import { tellAndQuit } from './window/tell-and-quit.ts';

// Everything up to `ready` has to happen in this turn: Electron takes it only before it is ready.
app.setName('Undertone');
const folders = setupFolders();
const log = setupLog(folders.logs);
setupSwitches();
setupScheme();
setupContents();
setupSessions();
if (setupSingleInstance()) void app.whenReady().then(start);

function start(): void {
  // The processes come first: they load while the window is made.
  const processes = setupProcesses(
    folders,
    {
      onEngineRestarted: (port, reason) => {
        shell.deliver('engine', port);
        shell.emit('engine.restarted', { reason });
      },
      onEngineUnavailable: (reason) => {
        shell.emit('engine.unavailable', { reason });
      },
      // The page starts over with a port to the new one.
      onLibraryRestarted: () => {
        window.reload();
      },
      onLibraryUnavailable: tellAndQuit,
    },
    log,
  );
  setupShutdown(processes.close);
  setupProtocol(
    session.fromPartition(partition),
    {
      page: folders.page,
      locateMedia: async (id) => (await processes.library().call('media.locate', { id })).path,
    },
    log,
  );
  const window = setupWindow(folders, log);
  setupPageRecovery(window, log);
  const shell = setupShell(
    {
      window,
      grants: createGrants(processes.library),
      connectPage: processes.connectPage,
      engineFailure: processes.engineFailure,
    },
    log,
  );
  setupMenu((command) => {
    shell.emit('menu.command', command);
  });
  window.loadURL(pageAddress).catch((error: unknown) => {
    log.failure('the page was not loaded', error);
  });
}
