import { toErrorShape } from '#shared/contract/errors.ts';
import type { Port } from '#shared/rpc/port.ts';
import { describeFailure } from '../log/redact.ts';
import { toChild, type FromChild, type Peer } from './messages.ts';
import { toPort } from './port.ts';

/** What a child process does for the main one. */
export interface Service {
  readonly connect: (peer: Peer, port: Port) => void;
  readonly close: () => Promise<void> | void;
}

/**
 * Runs a service as a child process of the application. Ports that were sent meanwhile wait until it has
 * started. A failure that nobody caught ends the process, since it may have left anything half done.
 */
export function runService(start: () => Promise<Service> | Service): void {
  const { parentPort } = process;
  const post = (message: FromChild): void => {
    parentPort.postMessage(message);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);

  void Promise.resolve()
    .then(start)
    .then(
      (service) => {
        parentPort.on('message', ({ data, ports: [port] }) => {
          const message = toChild.parse(data);
          switch (message.kind) {
            case 'connect':
              if (port) service.connect(message.peer, toPort(port));
              return;
            case 'ping':
              post({ kind: 'pong' });
              return;
            case 'close':
              void Promise.resolve(service.close()).then(() => process.exit(0));
          }
        });
        post({ kind: 'ready' });
      },
      (error: unknown) => {
        logBug(error);
        post({ kind: 'refused', error: toErrorShape(error) });
      },
    );
}

/** Into the application's log: the main process writes there what its children print. */
export function logBug(error: unknown): void {
  process.stderr.write(`${describeFailure(error)}\n`);
}

function end(error: unknown): void {
  logBug(error);
  process.exit(1);
}
