import type { z } from 'zod';
import { toErrorShape, UndertoneError } from '../contract/errors.ts';
import type { CallContext, Contract, EventName, Handlers, MethodName } from './contract.ts';
import { request, type Reply } from './envelope.ts';
import type { Port } from './port.ts';

export interface Served<C extends Contract> {
  readonly emit: <E extends EventName<C>>(name: E, payload: z.input<C['events'][E]>) => void;
}

/**
 * Answers calls that arrive at a port. Arguments are checked against the contract before a handler sees
 * them; whatever a handler throws crosses as an error shape. Calls still running when the port closes
 * are aborted.
 *
 * @param onBug told of every failure that is not an expected one, for the log of this process
 */
export function serve<C extends Contract>(
  port: Port,
  contract: C,
  handlers: Handlers<C>,
  onBug: (error: unknown) => void,
): Served<C> {
  const running = new Map<number, AbortController>();
  let closed = false;
  const post = (message: Reply): void => {
    // A handler may finish after its caller has gone; nobody is left to tell.
    if (!closed) port.post(message);
  };

  async function answer(id: number, method: string, args: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handle = findHandler(contract, handlers, method);
      const value = await handle(args, {
        signal: controller.signal,
        report: (progress) => {
          const fraction = clampFraction(progress.fraction);
          post({ kind: 'progress', id, progress: { ...progress, fraction } });
        },
      });
      post({ kind: 'result', id, value });
    } catch (error) {
      const shape = toErrorShape(error);
      if (shape.code === 'internal') onBug(error);
      post({ kind: 'error', id, error: shape });
    } finally {
      running.delete(id);
    }
  }

  port.onMessage((message) => {
    const parsed = request.safeParse(message);
    if (!parsed.success) {
      onBug(parsed.error);
      return;
    }
    if (parsed.data.kind === 'cancel') running.get(parsed.data.id)?.abort();
    else void answer(parsed.data.id, parsed.data.method, parsed.data.args);
  });
  port.onClose(() => {
    closed = true;
    for (const controller of running.values()) controller.abort();
  });

  return {
    emit: (name, payload) => {
      post({ kind: 'event', name, payload });
    },
  };
}

type UntypedHandler = (args: unknown, context: CallContext) => unknown;

function findHandler<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  method: string,
): UntypedHandler {
  // Own keys only, so that `constructor` or `__proto__` is not a method.
  const schema = Object.hasOwn(contract.methods, method) ? contract.methods[method] : undefined;
  if (!schema) throw new UndertoneError('invalid-call', { detail: `no method ${method}` });
  const handler = handlers[method as MethodName<C>] as UntypedHandler;
  return (args, context) => {
    const parsed = schema.args.safeParse(args);
    if (!parsed.success) {
      const where = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
      throw new UndertoneError('invalid-call', { detail: `${method}: ${where || 'arguments'}` });
    }
    return handler(parsed.data, context);
  };
}

/** Sums of fractions end a hair above 1, and 0 of 0 is no number; neither is worth a failed call. */
function clampFraction(fraction: number): number {
  return Number.isNaN(fraction) ? 0 : Math.min(1, Math.max(0, fraction));
}
