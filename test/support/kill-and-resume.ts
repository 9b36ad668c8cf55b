import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** The command line as a process, its stderr for the log of the test. */
function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'src/cli/index.ts', ...args], {
    stdio: ['ignore', 'ignore', 'ignore'],
    // With processes of its own group, as a batch system would kill them.
    detached: true,
  });
}

/** Who is told to end, and how. */
type Stop = readonly [whom: 'command' | 'command and workers', signal?: NodeJS.Signals];

export interface Kill {
  /** How many recordings were done when it was killed. */
  readonly done: number;
  readonly whom: Stop[0];
}

/**
 * Runs a command of `analyze --resume` and kills it, or asks it to end, as soon as some number of recordings is done,
 * and a random moment later.
 *
 * @param doneFolder where the command keeps what it has done
 * @param after recordings that are to be done by then
 */
export async function killWhenDone(
  args: readonly string[],
  doneFolder: string,
  after: number,
  ...[whom, signal = 'SIGKILL']: Stop
): Promise<Kill> {
  const command = start(args);
  const ended = once(command, 'exit');
  while (countDone(doneFolder) < after && command.exitCode === null) await wait(5);
  await wait(Math.random() * 100);
  const { pid } = command;
  if (pid === undefined) throw new Error('the command did not start');
  if (command.exitCode !== null) throw new Error('the command had ended before it could be killed');
  process.kill(whom === 'command' ? pid : -pid, signal);
  await ended;
  return { done: countDone(doneFolder), whom };
}

export function countDone(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).filter((name) => name.endsWith('.json')).length;
}
