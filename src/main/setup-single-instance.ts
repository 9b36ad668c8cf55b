import { app, BrowserWindow } from 'electron';

/**
 * One Undertone for each user folder: a second one shows the window of the first and ends.
 *
 * @returns whether this is the first
 */
export function setupSingleInstance(): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  return true;
}
