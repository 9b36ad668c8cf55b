import { relative } from 'node:path';
import { toErrorShape } from '#shared/contract/errors.ts';

/** Collects what went wrong with single inputs, so that the others go on. */
export interface Failures {
  readonly add: (path: string, error: unknown) => void;
  readonly count: () => number;
}

export function collectFailures(): Failures {
  let count = 0;
  return {
    add: (path, error) => {
      count += 1;
      process.stderr.write(`${describeFailure(path, error)}\n`);
    },
    count: () => count,
  };
}

/** One sentence that names the file, the reason and the way out. */
function describeFailure(path: string, error: unknown): string {
  const { message, hint } = toErrorShape(error);
  const named = message.includes(path) ? message : `${relative('.', path) || path}: ${message}`;
  return [named, hint].filter((part) => part !== '').join(' ');
}
