import path from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';

/** @returns the folder to make; undefined where the person thought better of it */
export function chooseNewProject(window: BrowserWindow): Promise<string | undefined> {
  return chooseNewFolder(window, 'New project', 'Make', 'Project');
}

export function chooseCopy(window: BrowserWindow, name: string): Promise<string | undefined> {
  return chooseNewFolder(window, 'Copy project', 'Copy', `${name} copy`);
}

export async function chooseProject(window: BrowserWindow): Promise<string | undefined> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open project',
    buttonLabel: 'Open',
    properties: ['openDirectory'],
  });
  return filePaths[0];
}

/** The system has no dialog for a folder that is not there yet; the one for saving asks the same. */
async function chooseNewFolder(
  window: BrowserWindow,
  title: string,
  buttonLabel: string,
  name: string,
): Promise<string | undefined> {
  const { filePath } = await dialog.showSaveDialog(window, {
    title,
    buttonLabel,
    nameFieldLabel: 'Name of the folder',
    defaultPath: path.join(app.getPath('documents'), name),
  });
  return filePath || undefined;
}
