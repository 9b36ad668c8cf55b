import { app, session } from 'electron';
import { setupFolders } from './folders.ts';
import { setupLog } from './log/setup-log.ts';
import { setupProcesses } from './processes/setup-processes.ts';
import { openPlaces } from './projects/places.ts';
import { setupProjects, startingProject } from './projects/setup-projects.ts';
import { setupProtocol, setupScheme } from './protocol/setup-protocol.ts';
import { pageAddress, partition } from './security/own-page.ts';
import { createMicrophone } from './security/microphone.ts';
import { setupContents } from './security/setup-contents.ts';
import { setupSessions } from './security/setup-sessions.ts';
import { setupSwitches } from './security/setup-switches.ts';
import { setupShutdown } from './setup-shutdown.ts';
import { setupSingleInstance } from './setup-single-instance.ts';
import { createGrants } from './shell/grants.ts';
import { setupShell } from './shell/setup-shell.ts';
import { setupKeeping } from './window/setup-keeping.ts';
import { setupMenu } from './window/setup-menu.ts';
import { setupPageRecovery } from './window/setup-page-recovery.ts';
import { setupWindow } from './window/setup-window.ts';
import { offerWayOut } from './window/offer-way-out.ts';

// Everything up to `ready` has to happen in this turn: Electron takes it only before it is ready.
app.setName('Undertone');
const folders = setupFolders();
const log = setupLog(folders.logs);
setupSwitches();
setupScheme();
setupContents();
const microphone = createMicrophone();
setupSessions(microphone);
if (setupSingleInstance()) void app.whenReady().then(start);

function start(): void {
  const { defaultProject } = folders;
  const places = openPlaces(folders.projectList);
  // The processes come first: they load while the window is made.
  const processes = setupProcesses(
    folders,
    startingProject(places, defaultProject),
    {
      onEngineRestarted: (port, reason) => {
        shell.deliver('engine', port);
        shell.emit('engine.restarted', { reason });
      },
      onEngineUnavailable: (reason) => {
        shell.emit('engine.unavailable', { reason });
      },
      // The page starts over with a port to the new one.
      onLibraryReplaced: () => {
        window.reload();
      },
      onLibraryUnavailable: (ending) => {
        void offerWayOut(ending, projects, window);
      },
    },
    log,
  );
  const projects = setupProjects({ defaultFolder: defaultProject, places, processes }, log);
  setupShutdown(processes.close);
  setupProtocol(
    session.fromPartition(partition),
    {
      page: folders.page,
      locateMedia: async (media) => (await processes.library().call('media.locate', media)).path,
    },
    log,
  );
  const window = setupWindow(folders, log);
  setupKeeping(window);
  setupPageRecovery(window, log);
  const shell = setupShell(
    {
      window,
      grants: createGrants(processes.library),
      projects,
      microphone,
      start: { sample: folders.sample, isFirst: folders.isFirstStart },
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
