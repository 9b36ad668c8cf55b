import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { Folders } from '../folders.ts';
import type { Log } from '../log/log.ts';
import { partition } from '../security/own-page.ts';
import { isReachable, readWindowState, saveWindowState } from './window-state.ts';

const usualSize = { width: 1440, height: 900 };
const leastSize = { minWidth: 960, minHeight: 600 };

/** The page's own backgrounds, so that nothing flashes before it is drawn. */
const backgrounds = { dark: '#1b1c1f', light: '#f3f3f0' };

/** Makes the one window, to be shown as soon as its page is drawn for the first time. */
export function setupWindow(folders: Folders, log: Log): BrowserWindow {
  const saved = readWindowState(folders.windowState);
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    title: 'Undertone',
    show: false,
    backgroundColor: background(),
    ...usualSize,
    ...leastSize,
    ...(saved && isReachable(saved.bounds, screens) ? saved.bounds : {}),
    webPreferences: {
      preload: folders.preload,
      partition,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      // Chromium fetches its dictionaries from the network.
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
      devTools: !app.isPackaged,
    },
  });

  window.once('ready-to-show', () => {
    if (saved?.maximized) window.maximize();
    window.show();
    const milliseconds = Date.now() - (process.getCreationTime() ?? Date.now());
    log.info(`window shown ${Math.round(milliseconds)} ms after the start`);
  });
  window.on('close', () => {
    saveWindowState(folders.windowState, window);
  });
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(background());
  });
  return window;
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light;
}
