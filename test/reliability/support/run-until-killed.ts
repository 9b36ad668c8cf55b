import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';

interface Moment {
  /** Lines of output after which it is killed. */
  readonly lines: number;
  /** And so many milliseconds later. */
  readonly later: number;
}

/** Starts a script that works for ever, and kills it while it does. @returns the lines that it had printed */
export async function runUntilKilled(
  script: string,
  args: readonly string[],
  { lines, later }: Moment,
): Promise<readonly string[]> {
  const worker = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  worker.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > lines) setTimeout(() => worker.kill('SIGKILL'), later);
  });
  const [, signal] = (await once(worker, 'close')) as [number | null, string | null];
  expect(signal, 'it was killed, and did not end by itself').toBe('SIGKILL');
  return output.split('\n').slice(0, -1);
}
