import { UndertoneError } from '#shared/contract/errors.ts';

/** Which path a token of the page stands for; tokens are given by the main process alone. */
export interface Grants {
  readonly add: (token: string, path: string) => void;
  /** @throws UndertoneError `invalid-call` where nobody chose such a path */
  readonly resolve: (token: string) => string;
}

export function createGrants(): Grants {
  const paths = new Map<string, string>();
  return {
    add: (token, path) => {
      paths.set(token, path);
    },
    resolve: (token) => {
      const path = paths.get(token);
      if (path === undefined) {
        throw new UndertoneError('invalid-call', { detail: 'a path that nobody chose' });
      }
      return path;
    },
  };
}
