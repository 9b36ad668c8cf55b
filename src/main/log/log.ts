import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { describeFailure, redact } from './redact.ts';

/** The application's own diary. It never leaves the machine and names no person, file or label. */
export interface Log {
  readonly info: (message: string) => void;
  /** @param what the program was doing */
  readonly failure: (what: string, error: unknown) => void;
  /** What another process printed, as it came. */
  readonly output: (from: string, text: string) => void;
}

const largest = 1024 * 1024;

/**
 * A log in `folder/undertone.log`. At 1 MiB the file becomes `undertone.old.log`, and the one before that goes.
 * Lines are written at once and synchronously: there are few, and the last ones before a crash count most.
 *
 * @param mirror is given each line too, for the terminal of a developer
 */
export function openLog(folder: string, mirror: (line: string) => void): Log {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'undertone.log');

  function write(level: string, text: string): void {
    const line = `${new Date().toISOString()} ${level} ${text}\n`;
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) + line.length > largest) {
      renameSync(file, path.join(folder, 'undertone.old.log'));
    }
    appendFileSync(file, line, { mode: 0o600 });
    mirror(line);
  }

  return {
    info: (message) => {
      write('info', redact(message));
    },
    failure: (what, error) => {
      write('failure', `${redact(what)}: ${describeFailure(error)}`);
    },
    output: (from, text) => {
      for (const line of text.split('\n')) {
        if (line.trim() !== '') write(from, redact(line));
      }
    },
  };
}
