import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** By its place: the process may run in any folder. */
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/**
 * Starts a script of ours as a process that computes beside others: TensorFlow gets one thread, for matrices
 * of our sizes gain little from a second one. Arrays that come and go make V8 look for garbage some ten times a second,
 * and to do so beside the script takes an eighth more of the processor in all than to do it at once; no one waits here.
 */
export function forkScript(entry: URL, options: ForkOptions = {}): ChildProcess {
  return fork(fileURLToPath(entry), {
    execArgv: ['--no-incremental-marking', '--import', loader],
    env: { ...process.env, TF_NUM_INTRAOP_THREADS: '1' },
    ...options,
  });
}
