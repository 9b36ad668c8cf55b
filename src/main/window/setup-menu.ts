import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#shared/contract/shell.ts';

type Item = MenuItemConstructorOptions;

const onMac = process.platform === 'darwin';
const separator: Item = { type: 'separator' };

/**
 * The application's menu. What it does is done by the page, so that menu, buttons and keys do the same; the
 * keys are the page's too, which knows when one has a nearer meaning, and the menu only shows them.
 */
export function setupMenu(emit: (command: MenuCommand) => void): void {
  const command = (label: string, name: MenuCommand, key?: string): Item => ({
    label,
    click: () => {
      emit(name);
    },
    ...(key === undefined ? {} : { accelerator: key, registerAccelerator: false }),
  });
  const about = command('About Undertone', 'about');
  const tour = command('&Tour', 'tour');
  const use = command('&Responsible Use', 'responsible-use');
  const keyboard = command('&Keyboard Shortcuts', 'keyboard', 'F1');

  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(onMac ? [macMenu(about)] : []),
      {
        label: '&File',
        submenu: [
          command('&New Project…', 'project-new', 'CommandOrControl+Shift+N'),
          command('Open &Project…', 'project-open', 'CommandOrControl+Shift+P'),
          command('&Copy Project…', 'project-copy'),
          command('Show Project &Folder', 'project-reveal'),
          separator,
          command('&Open Recordings…', 'open-files', 'CommandOrControl+O'),
          command('Open Folder of &Recordings…', 'open-folder', 'CommandOrControl+Shift+O'),
          command('&Import Annotations…', 'import-annotations', 'CommandOrControl+I'),
          separator,
          command('&Export Recording as CSV…', 'export-recording', 'CommandOrControl+E'),
          command('Export &All as CSV…', 'export-all', 'CommandOrControl+Shift+E'),
          command('Export O&ther Formats…', 'export-other', 'X'),
          separator,
          { role: onMac ? 'close' : 'quit' },
        ],
      },
      {
        label: '&Edit',
        submenu: [
          command('&Undo', 'undo', 'CommandOrControl+Z'),
          command('&Redo', 'redo', 'CommandOrControl+Shift+Z'),
          separator,
          { role: 'cut' },
          { role: 'copy' },
          { role: 'paste' },
          { role: 'selectAll' },
        ],
      },
      {
        label: '&View',
        submenu: [
          command('Zoom &In', 'zoom-in', 'CommandOrControl+Plus'),
          command('Zoom &Out', 'zoom-out', 'CommandOrControl+-'),
          command('&Fit Recording', 'zoom-fit', 'CommandOrControl+0'),
          separator,
          { role: 'togglefullscreen' },
          ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
        ],
      },
      {
        label: '&Playback',
        // A Mac cannot show a key without taking it, and in a text field the space bar has to stay a space.
        submenu: [command('&Play or Pause', 'play-pause', onMac ? undefined : 'Space')],
      },
      { role: 'help', submenu: [keyboard, tour, separator, use, ...(onMac ? [] : [about])] },
    ]),
  );
}

function macMenu(about: Item): Item {
  return {
    role: 'appMenu',
    submenu: [
      about,
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
}
