import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { z } from 'zod';

/** Where things are; absolute paths. */
export interface Folders {
  /** The project that opens where the person has chosen none. */
  readonly defaultProject: string;
  /** Checked copies of projects' databases, a folder a project. */
  readonly backups: string;
  /** Which projects were open. */
  readonly projectList: string;
  readonly logs: string;
  /** The model that analyses until the person chooses another. */
  readonly model: string;
  /** The recording that comes with the application. */
  readonly sample: string;
  /** Whether nobody has used Undertone here before; never so where the project is told by the environment. */
  readonly isFirstStart: boolean;
  /** The built page. */
  readonly page: string;
  readonly preload: string;
  readonly libraryEntry: string;
  readonly engineEntry: string;
  /** How the window lay when it was last closed. */
  readonly windowState: string;
}

/** Finds the folders and closes the user's own to other accounts of the machine. */
export function setupFolders(): Folders {
  const user = app.getPath('userData');
  mkdirSync(user, { recursive: true, mode: 0o700 });
  chmodSync(user, 0o700);
  const resources = app.isPackaged
    ? process.resourcesPath
    : path.join(app.getAppPath(), 'resources');
  const projectList = path.join(user, 'projects.json');
  const told = process.env['UNDERTONE_PROJECT'];
  const built = path.join(app.getAppPath(), 'out');
  return {
    defaultProject: path.resolve(told ?? path.join(user, 'project')),
    backups: path.join(user, 'backups'),
    projectList,
    logs: path.join(user, 'logs'),
    model: defaultModel(path.join(resources, 'models')),
    sample: path.join(resources, 'sample/sample-emodb-speaker-08.flac'),
    isFirstStart: told === undefined && !existsSync(projectList),
    page: path.join(built, 'renderer'),
    preload: path.join(built, 'preload/index.cjs'),
    libraryEntry: path.join(built, 'main/library.js'),
    engineEntry: path.join(built, 'main/engine.js'),
    windowState: path.join(user, 'window.json'),
  };
}

const choice = z.object({ model: z.string().regex(/^[\w.-]+$/) });

/** Where none is chosen it is the folder itself: the engine's `model-missing` then names the right place. */
function defaultModel(models: string): string {
  const file = path.join(models, 'default.json');
  if (!existsSync(file)) return models;
  return path.join(models, choice.parse(JSON.parse(readFileSync(file, 'utf8'))).model);
}
