import { portDelivery, type PageBridge, type PortName } from '#shared/contract/bridge.ts';
import { engineContract } from '#shared/contract/engine.ts';
import { libraryContract } from '#shared/contract/library.ts';
import { shellContract } from '#shared/contract/shell.ts';
import { connect, type Client } from '#shared/rpc/connect.ts';
import type { Port } from '#shared/rpc/port.ts';
import type { AppApi } from './api.ts';

declare global {
  interface Window {
    readonly undertone: PageBridge<File>;
  }
}

/** Asks the main process for ports and waits until library, engine and shell are there. Once a page. */
export function connectToApp(): Promise<AppApi> {
  return new Promise((resolve) => {
    const arrived: Partial<Record<PortName, Port>> = {};
    let replaceEngine: ((port: Port) => void) | undefined;
    onDelivery((name, port) => {
      if (replaceEngine) {
        // All else is delivered once; the engine alone comes again, when it was started again.
        if (name === 'engine') replaceEngine(port);
        return;
      }
      arrived[name] = port;
      const { library, engine, shell } = arrived;
      if (!library || !engine || !shell) return;
      const engines = followEngine(engine);
      replaceEngine = engines.replace;
      resolve({
        library: connect(library, libraryContract, { whenGone: 'library-stopped' }),
        engine: engines.current,
        shell: connect(shell, shellContract),
        onEngineReplaced: engines.onReplaced,
        grantDropped: (files) => window.undertone.grantDropped(files),
      });
    });
    window.undertone.connect();
  });
}

function onDelivery(listener: (name: PortName, port: Port) => void): void {
  window.addEventListener('message', (event) => {
    const delivery = portDelivery.safeParse(event.data);
    const [port] = event.ports;
    if (event.source === window && delivery.success && port) {
      listener(delivery.data.name, toPort(port));
    }
  });
}

interface Engines {
  readonly current: () => Client<typeof engineContract>;
  readonly replace: (port: Port) => void;
  readonly onReplaced: (listener: () => void) => () => void;
}

function followEngine(first: Port): Engines {
  const listeners = new Set<() => void>();
  let client = connect(first, engineContract);
  return {
    current: () => client,
    replace: (port) => {
      client = connect(port, engineContract);
      for (const listener of listeners) listener();
    },
    onReplaced: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function toPort(port: MessagePort): Port {
  return {
    post: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => {
      port.addEventListener('message', (event) => {
        listener(event.data);
      });
      port.start();
    },
    onClose: (listener) => {
      port.addEventListener('close', listener);
    },
    close: () => {
      port.close();
    },
  };
}
