import type { MessagePort } from 'node:worker_threads';
import type { Port } from '#shared/rpc/port.ts';

/** Node's own message port behind the interface that serve() and connect() ask for. */
export function nodePort(port: MessagePort): Port {
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
