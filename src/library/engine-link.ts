import type { engineContract } from '#shared/contract/engine.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Client } from '#shared/rpc/connect.ts';

export type EngineClient = Client<typeof engineContract>;
export type EngineCall = EngineClient['call'];

/** The engine of the moment: it may die at any time, and another take its place. */
export interface EngineLink {
  readonly set: (client: EngineClient) => void;
  /** Undefined while there is none. */
  readonly current: () => EngineClient | undefined;
  /** Notes that a call found an engine dead, unless another has taken its place already. */
  readonly drop: (client: EngineClient) => void;
  /**
   * Calls the engine, waiting for one where there is none. If it dies meanwhile, the next one is asked
   * once more; an engine that dies again at the same call fails it with `engine-stopped`.
   */
  readonly call: EngineCall;
  /** Rejects all that waits with `cancelled`. */
  readonly close: () => void;
}

interface Waiter {
  readonly resolve: (client: EngineClient) => void;
  readonly reject: (error: UndertoneError) => void;
}

export function createEngineLink(): EngineLink {
  const waiters = new Set<Waiter>();
  let client: EngineClient | undefined;

  function drop(dead: EngineClient): void {
    if (client === dead) client = undefined;
  }

  function whenThere(signal: AbortSignal | undefined): Promise<EngineClient> {
    if (client) return Promise.resolve(client);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { resolve, reject };
      waiters.add(waiter);
      signal?.addEventListener('abort', () => {
        waiters.delete(waiter);
        reject(new UndertoneError('cancelled'));
      });
    });
  }

  const call: EngineCall = async (method, args, options) => {
    const first = await whenThere(options?.signal);
    try {
      return await first.call(method, args, options);
    } catch (error) {
      if (!isEngineStopped(error)) throw error;
      drop(first);
    }
    const second = await whenThere(options?.signal);
    return second.call(method, args, options);
  };

  return {
    set: (next) => {
      if (client && client !== next) client.close();
      client = next;
      for (const waiter of waiters) waiter.resolve(next);
      waiters.clear();
    },
    current: () => client,
    drop,
    call,
    close: () => {
      for (const waiter of waiters) waiter.reject(new UndertoneError('cancelled'));
      waiters.clear();
    },
  };
}

export function isEngineStopped(error: unknown): boolean {
  return error instanceof UndertoneError && error.code === 'engine-stopped';
}
