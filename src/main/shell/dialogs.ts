import path from 'node:path';
import { app, dialog, shell, type BrowserWindow } from 'electron';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { shellContract } from '#shared/contract/shell.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Grants } from './grants.ts';

const recordings = {
  name: 'Recordings',
  extensions: ['wav', 'mp3', 'flac', 'ogg', 'oga', 'opus', 'm4a', 'aac', 'webm', 'mp4'],
};
const anything = { name: 'All files', extensions: ['*'] };

/** Answers what the page asks of the shell: the system's own dialogs, and its file manager. */
export function shellHandlers(
  window: BrowserWindow,
  grants: Grants,
): Handlers<typeof shellContract> {
  return {
    'dialog.openFiles': async () => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open recordings',
        properties: ['openFile', 'multiSelections'],
        filters: [recordings, anything],
      });
      return grants.add(filePaths);
    },
    'dialog.openFolder': async () => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open a folder of recordings',
        properties: ['openDirectory', 'multiSelections'],
      });
      return grants.add(filePaths);
    },
    'dialog.saveCsv': async ({ suggestedName }) => {
      const { filePath } = await dialog.showSaveDialog(window, {
        title: 'Export emotion CSV',
        // The name alone: a page may propose what a file is called, not where it goes.
        defaultPath: path.join(app.getPath('documents'), path.basename(suggestedName)),
        filters: [{ name: 'CSV', extensions: ['csv'] }],
        properties: ['showOverwriteConfirmation'],
      });
      const [grant] = filePath ? await grants.add([filePath]) : [];
      return grant ?? null;
    },
    'desktop.reveal': ({ grant }) => {
      const file = grants.pathOf(grant);
      if (file === undefined) throw new UndertoneError('not-found', { subject: 'The file' });
      shell.showItemInFolder(file);
    },
  };
}
