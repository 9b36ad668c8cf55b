import { fromErrorShape, UndertoneError } from '../contract/errors.ts';
import type {
  Args,
  Contract,
  EventName,
  MethodName,
  Payload,
  Progress,
  Result,
} from './contract.ts';
import { reply, type Reply, type Request } from './envelope.ts';
import type { Port } from './port.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Client<C extends Contract> {
  readonly call: <M extends MethodName<C>>(
    method: M,
    args: Args<C, M>,
    options?: CallOptions,
  ) => Promise<Result<C, M>>;
  /** @returns a function that ends the subscription */
  readonly on: <E extends EventName<C>>(
    name: E,
    listener: (payload: Payload<C, E>) => void,
  ) => () => void;
  /** Rejects every waiting call and closes the port. */
  readonly close: () => void;
}

interface Waiting {
  readonly method: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: CallOptions['onProgress'];
}

/**
 * The calling end of a port. Results and events are checked against the contract on arrival.
 * When the port closes, every waiting call is rejected with `engine-stopped`, so that nobody waits for ever.
 */
export function connect<C extends Contract>(port: Port, contract: C): Client<C> {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let lastId = 0;
  let closed = false;

  function settle(message: Reply): void {
    if (message.kind === 'event') {
      const payload = contract.events[message.name]?.parse(message.payload);
      for (const listener of listeners.get(message.name) ?? []) listener(payload);
      return;
    }
    const call = waiting.get(message.id);
    if (!call) return; // cancelled meanwhile
    if (message.kind === 'progress') {
      call.onProgress?.(message.progress);
      return;
    }
    waiting.delete(message.id);
    if (message.kind === 'error') call.reject(fromErrorShape(message.error));
    else resolveChecked(contract, call, message.value);
  }

  function rejectAll(): void {
    closed = true;
    for (const call of waiting.values()) call.reject(new UndertoneError('engine-stopped'));
    waiting.clear();
  }

  port.onMessage((message) => {
    settle(reply.parse(message));
  });
  port.onClose(rejectAll);

  function call(method: string, args: unknown, options: CallOptions = {}): Promise<unknown> {
    const { signal, onProgress } = options;
    if (closed) return Promise.reject(new UndertoneError('engine-stopped'));
    if (signal?.aborted) return Promise.reject(new UndertoneError('cancelled'));
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        waiting.delete(id);
        post({ kind: 'cancel', id });
        reject(new UndertoneError('cancelled'));
      };
      const done = (): void => signal?.removeEventListener('abort', cancel);
      waiting.set(id, {
        method,
        onProgress,
        resolve: (value) => {
          done();
          resolve(value);
        },
        reject: (error) => {
          done();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      });
      signal?.addEventListener('abort', cancel, { once: true });
      post({ kind: 'call', id, method, args });
    });
  }

  function post(message: Request): void {
    port.post(message);
  }

  function on(name: string, listener: (payload: unknown) => void): () => void {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  }

  return {
    // The contract's types are carried by the signature alone; at run time the schemas do the checking.
    call: call as Client<C>['call'],
    on: on as Client<C>['on'],
    close: () => {
      rejectAll();
      port.close();
    },
  };
}

function resolveChecked(contract: Contract, call: Waiting, value: unknown): void {
  const parsed = contract.methods[call.method]?.result.safeParse(value);
  if (parsed?.success) call.resolve(parsed.data);
  else call.reject(new UndertoneError('invalid-call', { detail: `answer to ${call.method}` }));
}
