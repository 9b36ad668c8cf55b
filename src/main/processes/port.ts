import type { MessagePortMain } from 'electron';
import type { Port } from '#shared/rpc/port.ts';

/** An Electron port as the contract's transport takes it. Messages that came before wait for `onMessage`. */
export function toPort(port: MessagePortMain): Port {
  return {
    post: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => {
      port.on('message', (event) => {
        listener(event.data);
      });
      port.start();
    },
    onClose: (listener) => {
      port.on('close', listener);
    },
    close: () => {
      port.close();
    },
  };
}
