import { relative } from 'node:path';
import { errorShape, toErrorShape, type ErrorShape } from '#shared/contract/errors.ts';
import { exitStatus } from './exit-status.ts';

/** Names what went wrong with single inputs as it happens, so that the others go on. */
export interface Failures {
  readonly add: (path: string, error: unknown) => void;
  readonly exitStatus: () => number;
}

/** @param write to somewhere else than straight to stderr, such as above a bar */
export function collectFailures(
  write: (text: string) => void = (text) => process.stderr.write(text),
): Failures {
  let failed = false;
  return {
    add: (path, error) => {
      failed = true;
      write(`${describeFailure(path, error)}\n`);
    },
    exitStatus: () => (failed ? exitStatus.someFailed : exitStatus.done),
  };
}

/** One sentence that names the file, the reason and the way out. */
function describeFailure(path: string, error: unknown): string {
  const { message, hint } = shapeOf(error);
  const named = message.includes(path) ? message : `${relative('.', path) || path}: ${message}`;
  return [named, hint].filter((part) => part !== '').join(' ');
}

function shapeOf(error: unknown): ErrorShape {
  const shape = errorShape.safeParse(error);
  return error instanceof Error || !shape.success ? toErrorShape(error) : shape.data;
}
