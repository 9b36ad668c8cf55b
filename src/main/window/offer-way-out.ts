import { app, dialog, type BrowserWindow } from 'electron';
import { UndertoneError, toErrorShape } from '#shared/contract/errors.ts';
import type { Ending } from '../processes/child.ts';
import type { Projects } from '../projects/setup-projects.ts';
import { chooseProject, chooseNewProject } from '../shell/project-dialogs.ts';
import { tellAndQuit } from './tell-and-quit.ts';

const ways = ['Open another project…', 'New project…', 'Quit'] as const;

/**
 * A project that cannot be opened is not the end: the default one opens in its place, and where it is that
 * one itself the person may choose another.
 */
export async function offerWayOut(
  ending: Ending,
  projects: Projects,
  window: BrowserWindow,
): Promise<void> {
  if (ending.kind === 'died') {
    tellAndQuit(ending);
    return;
  }
  let why = ending.error;
  if (await projects.fallBack(why)) return;
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: 'Undertone',
      message: why.message,
      detail: why.hint,
      buttons: [...ways],
      cancelId: ways.indexOf('Quit'),
    });
    const way = ways[response] ?? 'Quit';
    if (way === 'Quit') {
      app.quit();
      return;
    }
    try {
      if (await openAnother(way, projects, window)) return;
    } catch (error) {
      if (!(error instanceof UndertoneError)) throw error;
      why = toErrorShape(error);
    }
  }
}

/** @returns false where the person thought better of it */
async function openAnother(
  way: Exclude<(typeof ways)[number], 'Quit'>,
  projects: Projects,
  window: BrowserWindow,
): Promise<boolean> {
  const isNew = way === 'New project…';
  const folder = await (isNew ? chooseNewProject(window) : chooseProject(window));
  if (folder === undefined) return false;
  await (isNew ? projects.create(folder) : projects.open(folder));
  return true;
}
