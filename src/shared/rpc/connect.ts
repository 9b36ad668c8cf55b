import { fromErrorShape, UndertoneError, type ErrorCode } from '../contract/errors.ts';
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
  readonly reject: (error: UndertoneError) => void;
  readonly onProgress: CallOptions['onProgress'];
}

export interface ConnectOptions {
  /** What calls are rejected with once the other end is gone, so that nobody waits for ever. */
  readonly whenGone?: ErrorCode;
  /**
   * Told of messages that break the contract and of listeners that throw; without it they reach the
   * runtime as uncaught errors, which a page reports and a Node process dies of.
   */
  readonly onBug?: (error: unknown) => void;
}

/** The calling end of a port. Results and events are checked against the contract on arrival. */
export function connect<C extends Contract>(
  port: Port,
  contract: C,
  { whenGone = 'engine-stopped', onBug = rethrow }: ConnectOptions = {},
): Client<C> {
  const waiting = new Map<number, Waiting>();
  const subscriptions = createSubscriptions(contract);
  let lastId = 0;
  let closed = false;

  function rejectAll(): void {
    closed = true;
    for (const call of waiting.values()) call.reject(new UndertoneError(whenGone));
    waiting.clear();
  }

  port.onMessage((message) => {
    try {
      const received = reply.parse(message);
      if (received.kind === 'event') subscriptions.deliver(received.name, received.payload);
      else settle(contract, waiting, received);
    } catch (error) {
      onBug(error);
    }
  });
  port.onClose(rejectAll);

  function call(method: string, args: unknown, options: CallOptions = {}): Promise<unknown> {
    const { signal, onProgress } = options;
    if (closed) return Promise.reject(new UndertoneError(whenGone));
    if (signal?.aborted) return Promise.reject(new UndertoneError('cancelled'));
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      const giveUp = (error: UndertoneError): void => {
        waiting.delete(id);
        signal?.removeEventListener('abort', cancel);
        reject(error);
      };
      const cancel = (): void => {
        giveUp(new UndertoneError('cancelled'));
        post({ kind: 'cancel', id });
      };
      const succeed = (value: unknown): void => {
        signal?.removeEventListener('abort', cancel);
        resolve(value);
      };
      waiting.set(id, { method, onProgress, resolve: succeed, reject: giveUp });
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        post({ kind: 'call', id, method, args });
      } catch (cause) {
        // What cannot be cloned cannot be asked, and nothing would ever answer it.
        giveUp(new UndertoneError('invalid-call', { detail: `${method}: arguments`, cause }));
      }
    });
  }

  function post(message: Request): void {
    port.post(message);
  }

  return {
    // The contract's types are carried by the signature alone; at run time the schemas do the checking.
    call: call as Client<C>['call'],
    on: subscriptions.on as Client<C>['on'],
    close: () => {
      rejectAll();
      port.close();
    },
  };
}

/** Hands an answer to the call that waits for it; answers to calls cancelled meanwhile are dropped. */
function settle(
  contract: Contract,
  waiting: Map<number, Waiting>,
  message: Exclude<Reply, { kind: 'event' }>,
): void {
  const call = waiting.get(message.id);
  if (!call) return;
  if (message.kind === 'progress') {
    call.onProgress?.(message.progress);
    return;
  }
  waiting.delete(message.id);
  if (message.kind === 'error') {
    call.reject(fromErrorShape(message.error));
    return;
  }
  const parsed = contract.methods[call.method]?.result.safeParse(message.value);
  if (parsed?.success) call.resolve(parsed.data);
  else call.reject(new UndertoneError('invalid-call', { detail: `answer to ${call.method}` }));
}

type Listener = (payload: unknown) => void;

interface Subscriptions {
  readonly on: (name: string, listener: Listener) => () => void;
  readonly deliver: (name: string, payload: unknown) => void;
}

function createSubscriptions(contract: Contract): Subscriptions {
  const listeners = new Map<string, Set<Listener>>();
  return {
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => {
        set.delete(listener);
      };
    },
    deliver: (name, payload) => {
      // Own keys only, so that `__proto__` is not an event.
      const schema = Object.hasOwn(contract.events, name) ? contract.events[name] : undefined;
      if (!schema) throw new Error(`The other side told of an unknown event ${name}.`);
      const checked = schema.parse(payload);
      for (const listener of listeners.get(name) ?? []) listener(checked);
    },
  };
}

function rethrow(error: unknown): never {
  throw error;
}
