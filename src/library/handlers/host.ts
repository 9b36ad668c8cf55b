import type { libraryHostContract } from '#shared/contract/library.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { copyProject } from '../copy-project.ts';
import type { DerivedFiles } from '../derived-files.ts';
import type { Grants } from '../grants.ts';
import type { Project } from '../project.ts';

/** Answers what the application's main process asks of the library. */
export function createHostHandlers(
  project: Project,
  grants: Grants,
  files: DerivedFiles,
): Handlers<typeof libraryHostContract> {
  return {
    'grants.add': ({ grant, path }) => {
      grants.add(grant, path);
    },
    'project.copy': ({ to }, context) => copyProject(project.folder, to, context),
    'media.locate': async ({ id, which }, { signal }) => ({
      path: which === 'canonical' ? await files.canonicalPath(id, signal) : files.originalPath(id),
    }),
  };
}
