import { engineContract } from '#shared/contract/engine.ts';
import type { Port } from '#shared/rpc/port.ts';
import { serve } from '#shared/rpc/serve.ts';
import { engineHandlers } from './handlers.ts';
import { createToolbox } from './toolbox.ts';

/** The engine behind its contract: in a process of its own in the application, in-process in tests. */
export interface Engine {
  readonly serve: (port: Port) => void;
  readonly close: () => Promise<void>;
}

/**
 * @param onBug told of failures that are not expected ones, for the log of this process
 * @param decoder as for `createToolbox`
 */
export function createEngine(onBug: (error: unknown) => void, decoder?: URL): Engine {
  const toolbox = createToolbox(decoder);
  const handlers = engineHandlers(toolbox);
  return {
    serve: (port) => {
      serve(port, engineContract, handlers, onBug);
    },
    close: toolbox.dispose,
  };
}
