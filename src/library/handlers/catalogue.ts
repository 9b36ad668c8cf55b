import type { catalogueContract } from '#shared/contract/catalogue.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Catalogue } from '../catalogue.ts';
import type { StoredRecording } from '../database/recordings.ts';
import type { Grants } from '../grants.ts';
import type { Project } from '../project.ts';
import type { Queue } from '../queue/queue.ts';
import { describeRecordings } from '../recordings/describe.ts';
import {
  deleteForGood,
  isInside,
  putBackRecordings,
  removeRecordings,
} from '../recordings/remove.ts';
import { readReport, removeReport } from '../recovery/recover.ts';
import { keepAside, stage } from '../recovery/staging.ts';
import { checkFiles } from '../relink/check-files.ts';
import { relinkFrom } from '../relink/relink-from.ts';
import { relink } from '../relink/relink.ts';

export interface CatalogueParts {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly queue: Queue;
  readonly grants: Grants;
}

type Methods = Handlers<typeof catalogueContract>;

/** Answers what has to do with finding recordings, describing them and taking them off the list. */
export function createCatalogueHandlers(parts: CatalogueParts): Methods {
  const { project, catalogue, queue, grants } = parts;
  const findAll = (ids: readonly number[]): readonly StoredRecording[] =>
    [...new Set(ids)].map(catalogue.find);
  const findRemoved = (ids: readonly number[]): readonly StoredRecording[] =>
    project.recordings.listRemoved().filter(({ id }) => ids.includes(id));
  return {
    'recordings.search': (query) =>
      query.status === 'missing'
        ? project.search(query).filter(catalogue.isMissing)
        : project.search(query),
    'recordings.describe': ({ ids, change }) => {
      describeRecordings(project, findAll(ids), change);
    },
    'recordings.remove': ({ ids }) => {
      removeRecordings(project, queue, findAll(ids));
    },
    'recordings.removed': () =>
      project.recordings.listRemoved().map((recording) => {
        const { id, name, removedAt } = recording;
        return { id, name, removedAt: removedAt ?? '', inside: isInside(project, recording) };
      }),
    'recordings.putBack': ({ ids }) => {
      putBackRecordings(project, findRemoved(ids));
    },
    'recordings.deleteForGood': async ({ ids }) => {
      const removed = findRemoved(ids);
      const done = await deleteForGood(project, removed);
      catalogue.tellRemoved(removed.map(({ id }) => id));
      return done;
    },
    'recordings.checkFiles': () => checkFiles(project, catalogue),
    'recordings.relink': ({ id, to }, { signal }) =>
      relink(parts, catalogue.find(id), grants.resolve(to), signal),
    'recordings.relinkFrom': ({ grants: tokens }, context) =>
      relinkFrom(parts, tokens.map(grants.resolve), context),
    ...recoveryHandlers(project),
  };
}

function recoveryHandlers(
  project: Project,
): Pick<Methods, Extract<keyof Methods, `project.${string}` | `backups.${string}`>> {
  const { backups, databasePath } = project;
  return {
    'project.recovery': () => readReport(project.folder),
    'project.acknowledgeRecovery': () => removeReport(project.folder),
    'backups.list': async () => ({
      backups: (await backups.list()).map(({ id, time }) => ({
        id,
        at: new Date(time).toISOString(),
      })),
      failure: backups.failure(),
    }),
    'backups.restore': async ({ id }) => {
      const backup = await backups.check(id);
      project.checkpoint();
      if (!(await keepAside(databasePath, 'replaced', Date.now()))) {
        throw new UndertoneError('project-missing', { subject: project.folder });
      }
      await stage(backup, databasePath);
      await removeReport(project.folder);
    },
  };
}
