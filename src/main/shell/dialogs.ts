import path from 'node:path';
import { app, dialog, shell, type BrowserWindow } from 'electron';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { shellContract } from '#shared/contract/shell.ts';
import { audioExtensions } from '#shared/domain/audio-extensions.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Microphone } from '../security/microphone.ts';
import type { Grants } from './grants.ts';

const recordings = {
  name: 'Recordings',
  extensions: [...audioExtensions],
};
const annotations = {
  name: 'Annotations',
  extensions: [
    'TextGrid',
    'textgrid',
    'eaf',
    'txt',
    'vtt',
    'srt',
    'rttm',
    'json',
    'csv',
    'parquet',
  ],
};
const modelFile = { name: 'Undertone model', extensions: ['undertone-model'] };
const anything = { name: 'All files', extensions: ['*'] };

/** Answers what the page asks of the shell: the system's own dialogs, its file manager, its microphone. */
export function shellHandlers(
  window: BrowserWindow,
  grants: Grants,
  microphone: Microphone,
): Omit<Handlers<typeof shellContract>, `${'projects' | 'sample' | 'start'}.${string}`> {
  return {
    'dialog.openFiles': async () => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open recordings',
        properties: ['openFile', 'multiSelections'],
        filters: [recordings, annotations, anything],
      });
      return grants.add(filePaths);
    },
    'dialog.openAnnotations': async () => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Import annotations',
        properties: ['openFile', 'multiSelections'],
        filters: [annotations, anything],
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
    'dialog.saveExport': async ({ suggestedName, kind }) => {
      const { filePath } = await dialog.showSaveDialog(window, {
        title: kind ? `Export ${kind.title}` : 'Export into a new folder',
        ...(kind ? {} : { nameFieldLabel: 'Name of the folder' }),
        // The name alone: a page may propose what a file is called, not where it goes.
        defaultPath: path.join(app.getPath('documents'), path.basename(suggestedName)),
        filters: kind ? [{ name: kind.title, extensions: [kind.ending] }] : [],
        properties: ['showOverwriteConfirmation'],
      });
      const [grant] = filePath ? await grants.add([filePath]) : [];
      return grant ?? null;
    },
    'dialog.saveModel': async ({ suggestedName }) => {
      const { filePath } = await dialog.showSaveDialog(window, {
        title: 'Save a version of the model',
        defaultPath: path.join(app.getPath('documents'), path.basename(suggestedName)),
        filters: [modelFile],
        properties: ['showOverwriteConfirmation'],
      });
      const [grant] = filePath ? await grants.add([filePath]) : [];
      return grant ?? null;
    },
    'dialog.openModel': async () => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open a version of the model',
        properties: ['openFile'],
        filters: [modelFile, anything],
      });
      const [grant] = await grants.add(filePaths.slice(0, 1));
      return grant ?? null;
    },
    'microphone.choose': ({ chosen }) => {
      microphone.setChosen(chosen);
    },
    'desktop.reveal': ({ grant }) => {
      const file = grants.pathOf(grant);
      if (file === undefined) throw new UndertoneError('not-found', { subject: 'The file' });
      shell.showItemInFolder(file);
    },
  };
}
