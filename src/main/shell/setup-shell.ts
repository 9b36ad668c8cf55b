import path from 'node:path';
import { MessageChannelMain, type BrowserWindow, type MessagePortMain } from 'electron';
import { z } from 'zod';
import type { BridgeChannels, PortName } from '#shared/contract/bridge.ts';
import { shellContract } from '#shared/contract/shell.ts';
import { serve, type Served } from '#shared/rpc/serve.ts';
import type { Log } from '../log/log.ts';
import { toPort } from '../processes/port.ts';
import type { Microphone } from '../security/microphone.ts';
import type { Processes } from '../processes/setup-processes.ts';
import type { Projects } from '../projects/setup-projects.ts';
import type { Grants } from './grants.ts';
import { handle } from './handle.ts';
import { shellHandlers } from './dialogs.ts';
import { projectHandlers } from './project-handlers.ts';
import { startHandlers, type StartFacts } from './start-handlers.ts';

const channels: BridgeChannels = {
  connect: 'undertone:connect',
  port: 'undertone:port',
  grantDropped: 'undertone:grant-dropped',
};

/** More than this at once is no act of a person. */
const mostDropped = 10_000;
const droppedPaths = z
  .array(
    z
      .string()
      .max(32_768)
      .refine((text) => path.isAbsolute(text)),
  )
  .max(mostDropped);

export interface Shell {
  /** Tells the page, if one is there. */
  readonly emit: Served<typeof shellContract>['emit'];
  readonly deliver: (name: PortName, port: MessagePortMain) => void;
}

interface ShellOptions extends Pick<Processes, 'connectPage' | 'engineFailure'> {
  readonly window: BrowserWindow;
  readonly grants: Grants;
  readonly projects: Projects;
  readonly microphone: Microphone;
  readonly start: StartFacts;
}

/**
 * Serves the page what the contract of the shell says, and hands it its ports when it asks for them: a new
 * page, or the same one after it was loaded again.
 */
export function setupShell(options: ShellOptions, log: Log): Shell {
  const { window, grants, projects, microphone, start, connectPage, engineFailure } = options;
  let served: Served<typeof shellContract> | undefined;

  function deliver(name: PortName, port: MessagePortMain): void {
    if (!window.isDestroyed()) window.webContents.postMessage(channels.port, name, [port]);
  }

  handle(channels.connect, z.undefined(), () => {
    const { port1, port2 } = new MessageChannelMain();
    // Whatever the page before this one had chosen.
    microphone.setChosen(false);
    const handlers = {
      ...shellHandlers(window, grants, microphone),
      ...projectHandlers(window, projects),
      ...startHandlers(grants, start),
    };
    served = serve(toPort(port1), shellContract, handlers, (error) => {
      log.failure('the page asked the shell', error);
    });
    const { library, engine } = connectPage();
    deliver('shell', port2);
    deliver('library', library);
    deliver('engine', engine);
    const reason = engineFailure();
    if (reason !== undefined) served.emit('engine.unavailable', { reason });
  });
  handle(channels.grantDropped, droppedPaths, (paths) => grants.add(paths));

  return { emit: (name, payload) => served?.emit(name, payload), deliver };
}
