import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from '#shared/rpc/port.ts';

/** The thread as the library sees it. However it ends, its port closes. */
export function portOfWorker(worker: Worker): Port {
  return {
    post: (message) => {
      worker.postMessage(message);
    },
    onMessage: (listener) => {
      worker.on('message', listener);
    },
    onClose: (listener) => {
      worker.on('exit', listener);
    },
    close: () => {
      void worker.terminate();
    },
  };
}

/** The library as the thread sees it. */
export function portOfParent(port: MessagePort): Port {
  return {
    post: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => {
      port.on('message', listener);
    },
    onClose: (listener) => {
      port.on('close', listener);
    },
    close: () => {
      port.close();
    },
  };
}
