import { readdirSync } from 'node:fs';
import path from 'node:path';
import { toErrorShape, UndertoneError, type ErrorShape } from '#shared/contract/errors.ts';
import type { ProjectPlace, ProjectsState } from '#shared/contract/shell.ts';
import type { CallOptions } from '#shared/rpc/connect.ts';
import type { Log } from '../log/log.ts';
import type { Processes } from '../processes/setup-processes.ts';
import { holdsProject, placeId, type Places } from './places.ts';

/** Which project is open, and going from one to another. */
export interface Projects {
  readonly state: () => ProjectsState;
  readonly folder: () => string;
  /**
   * Makes a project in a folder that is not there or empty, and opens it.
   *
   * @throws UndertoneError `not-writable` and the like; the project before then stays open
   */
  readonly create: (folder: string) => Promise<void>;
  /** @throws UndertoneError why it cannot be opened; the project before then stays open */
  readonly open: (folder: string) => Promise<void>;
  readonly openRecent: (id: string) => Promise<void>;
  readonly reopen: () => Promise<void>;
  readonly forget: (id: string) => Promise<void>;
  readonly copy: (to: string, options: CallOptions) => Promise<ProjectPlace>;
  /**
   * Opens the default project instead of one that could not be opened at the start.
   *
   * @returns false where it is the default one that could not be opened
   */
  readonly fallBack: (why: ErrorShape) => Promise<boolean>;
}

export interface ProjectsOptions {
  /** The project that opens where there was none before. */
  readonly defaultFolder: string;
  readonly places: Places;
  readonly processes: Pick<Processes, 'openProject' | 'library'>;
}

/** The project to start with: the last one, if its folder is still there, else the default one. */
export function startingProject(places: Places, defaultFolder: string): string {
  const last = places.current();
  return last !== undefined && holdsProject(last) ? last : defaultFolder;
}

export function setupProjects(options: ProjectsOptions, log: Log): Projects {
  const { defaultFolder, places, processes } = options;
  let folder = startingProject(places, defaultFolder);
  let failure = lastOneMissing(places, folder);
  // Turns are taken, so that two clicks do not open two projects at once.
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  function open(next: string): Promise<void> {
    return inTurn(async () => {
      await processes.openProject(next);
      log.info('another project was opened');
      folder = next;
      failure = null;
      await places.note(next, { isCurrent: true });
    });
  }

  function openExisting(chosen: string): Promise<void> {
    const next = projectFolderOf(chosen);
    return next === folder ? Promise.resolve() : open(next);
  }

  const describe = (place: string): ProjectPlace => ({
    id: placeId(place),
    name: place === defaultFolder ? 'Default project' : path.basename(place),
    folder: place,
    there: holdsProject(place),
  });
  const recent = (): readonly string[] =>
    [...new Set([...places.recent(), defaultFolder])].filter((place) => place !== folder);
  const find = (id: string): string => {
    const found = recent().find((place) => placeId(place) === id);
    if (found === undefined) throw new UndertoneError('not-found', { subject: 'This project' });
    return found;
  };

  return {
    state: () => ({ current: describe(folder), recent: recent().map(describe), failure }),
    folder: () => folder,
    create: async (next) => {
      refuseUsedFolder(next);
      await open(next);
    },
    open: openExisting,
    openRecent: async (id) => {
      const found = find(id);
      await (found === defaultFolder ? open(found) : openExisting(found));
    },
    reopen: () => inTurn(() => processes.openProject(folder)),
    forget: (id) => places.forget(find(id)),
    copy: async (to, call) => {
      await processes.library().call('project.copy', { to }, call);
      await places.note(to, { isCurrent: false });
      return describe(to);
    },
    fallBack: async (why) => {
      if (folder === defaultFolder) return false;
      try {
        await open(defaultFolder);
      } catch (error) {
        log.failure('the default project was not opened either', error);
        return false;
      }
      failure = why;
      return true;
    },
  };
}

function lastOneMissing(places: Places, opened: string): ErrorShape | null {
  const last = places.current();
  if (last === undefined || last === opened) return null;
  return toErrorShape(new UndertoneError('project-missing', { subject: last }));
}

/** The folder chosen, or the one above where somebody chose a folder within a project. */
function projectFolderOf(chosen: string): string {
  const found = [chosen, path.dirname(chosen)].find(holdsProject);
  if (found === undefined) throw new UndertoneError('project-missing', { subject: chosen });
  return found;
}

function refuseUsedFolder(folder: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    // Not there, as it should be; whether it can be made is seen when it is.
    return;
  }
  if (names.length === 0) return;
  const detail = 'there is something in it already';
  throw new UndertoneError('not-writable', { subject: folder, detail });
}
