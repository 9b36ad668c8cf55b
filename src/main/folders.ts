import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { z } from 'zod';

/** Where things are; absolute paths. */
export interface Folders {
  readonly project: string;
  readonly logs: string;
  /** The model that analyses until the person chooses another. */
  readonly model: string;
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
  const built = path.join(app.getAppPath(), 'out');
  return {
    project: process.env['UNDERTONE_PROJECT'] ?? path.join(user, 'project'),
    logs: path.join(user, 'logs'),
    model: defaultModel(
      app.isPackaged
        ? path.join(process.resourcesPath, 'models')
        : path.join(app.getAppPath(), 'resources/models'),
    ),
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
