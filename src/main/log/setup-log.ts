import { app, crashReporter, dialog } from 'electron';
import { describeFailure } from './redact.ts';
import { openLog, type Log } from './log.ts';

/** Opens the log, and has what nobody caught written there before the application ends. */
export function setupLog(folder: string): Log {
  const log = openLog(folder, (line) => {
    if (!app.isPackaged) process.stderr.write(line);
  });
  crashReporter.start({ uploadToServer: false });

  const end = (error: unknown): void => {
    log.failure('nobody caught', error);
    dialog.showErrorBox(
      'Undertone has to close.',
      `Something went wrong inside Undertone. What was saved is safe.\n\n${describeFailure(error)}`,
    );
    app.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    log.info(`a process of kind ${type} is gone: ${reason}, code ${exitCode}`);
  });
  return log;
}
