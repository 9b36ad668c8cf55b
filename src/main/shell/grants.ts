import { randomUUID } from 'node:crypto';
import type { libraryHostContract } from '#shared/contract/library.ts';
import type { Client } from '#shared/rpc/connect.ts';

/** Files and folders that the person chose, by the token that stands for each. */
export interface Grants {
  /** Tokens for paths, in their order; the library knows them before anyone else does. */
  readonly add: (paths: readonly string[]) => Promise<string[]>;
  /** The path of a token, where there is one. */
  readonly pathOf: (grant: string) => string | undefined;
}

export function createGrants(library: () => Client<typeof libraryHostContract>): Grants {
  const paths = new Map<string, string>();
  async function add(path: string): Promise<string> {
    const grant = randomUUID();
    await library().call('grants.add', { grant, path });
    paths.set(grant, path);
    return grant;
  }
  return {
    add: (chosen) => Promise.all(chosen.map(add)),
    pathOf: (grant) => paths.get(grant),
  };
}
