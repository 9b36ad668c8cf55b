import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#shared/contract/shell.ts';

const onMac = process.platform === 'darwin';

/** The application's menu. What it does is done by the page, so that menu, buttons and keys do the same. */
export function setupMenu(emit: (command: MenuCommand) => void): void {
  const command = (
    label: string,
    name: MenuCommand,
    rest: MenuItemConstructorOptions = {},
  ): MenuItemConstructorOptions => ({
    label,
    click: () => {
      emit(name);
    },
    ...rest,
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const about = command('About Undertone', 'about');

  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(onMac ? [macMenu(about)] : []),
      {
        label: '&File',
        submenu: [
          command('&Open Recordings…', 'open-files', { accelerator: 'CommandOrControl+O' }),
          command('Open &Folder…', 'open-folder', { accelerator: 'CommandOrControl+Shift+O' }),
          separator,
          command('&Export Recording as CSV…', 'export-recording', {
            accelerator: 'CommandOrControl+E',
          }),
          command('Export &All as CSV…', 'export-all', {
            accelerator: 'CommandOrControl+Shift+E',
          }),
          separator,
          { role: onMac ? 'close' : 'quit' },
        ],
      },
      { role: 'editMenu' },
      {
        label: '&View',
        submenu: [
          command('Zoom &In', 'zoom-in', { accelerator: 'CommandOrControl+Plus' }),
          // The same key without Shift, where plus and equals share one.
          command('Zoom In', 'zoom-in', { accelerator: 'CommandOrControl+=', visible: false }),
          command('Zoom &Out', 'zoom-out', { accelerator: 'CommandOrControl+-' }),
          command('&Fit Recording', 'zoom-fit', { accelerator: 'CommandOrControl+0' }),
          separator,
          { role: 'togglefullscreen' },
          ...(app.isPackaged ? [] : ([{ role: 'toggleDevTools' }] as const)),
        ],
      },
      {
        label: '&Playback',
        submenu: [command('&Play or Pause', 'play-pause', playPauseKey())],
      },
      { role: 'help', submenu: onMac ? [] : [about] },
    ]),
  );
}

/** Shown only: the page hears the space bar itself, since in a text field it has to stay a space. */
function playPauseKey(): MenuItemConstructorOptions {
  return onMac ? {} : { accelerator: 'Space', registerAccelerator: false };
}

function macMenu(about: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      about,
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
}
