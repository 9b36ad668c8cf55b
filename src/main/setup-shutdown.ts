import { app } from 'electron';

/** Closing the window ends the application, once the processes have finished what they were writing. */
export function setupShutdown(close: () => Promise<void>): void {
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    void close().then(() => {
      app.exit(0);
    });
  });
}
