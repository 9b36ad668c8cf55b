import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { SetupError } from './report.mjs';

const keptOutput = 64 * 1024;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeout] milliseconds after which the program and everything it started is ended
 */

/**
 * @typedef {object} RunResult
 * @property {number} status exit status; -1 when it could not start, was ended by a signal or ran out of time
 * @property {string} stdout
 * @property {string} output stdout and stderr as they came, the last 64 kB
 */

/**
 * Runs a program without a terminal and keeps what it prints.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, { cwd, env, timeout } = {}) {
  return new Promise((resolve) => {
    // A group of its own, so that a time-out also ends the compilers and downloads below the program.
    const detached = process.platform !== 'win32';
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      detached,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let output = '';
    let status = -1;
    const end = () => killTree(child.pid, detached);
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            output += `\n(ended after ${timeout / 1000} s)`;
            end();
          }, timeout);
    const interrupted = () => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      stdout += text;
      output = (output + text).slice(-keptOutput);
    });
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output = (output + text).slice(-keptOutput);
    });
    child.on('error', (error) => {
      output += error.message;
    });
    child.on('exit', (code) => {
      status = code ?? -1;
    });
    child.on('close', () => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      resolve({ status, stdout, output });
    });
  });
}

/**
 * @param {number | undefined} pid
 * @param {boolean} group
 */
function killTree(pid, group) {
  if (pid === undefined) return;
  try {
    process.kill(group ? -pid : pid, 'SIGKILL');
  } catch (error) {
    // It may have ended by itself in this very moment.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/**
 * Like `run`, but a failure throws.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions & { readonly sentence: string }} options `sentence` says what failed and what to do
 * @returns {Promise<RunResult>}
 */
export async function runOrFail(command, args, { sentence, ...options }) {
  const result = await run(command, args, options);
  if (result.status !== 0) throw new SetupError(sentence, result.output);
  return result;
}

/**
 * Runs a program that talks to the person itself, and hands on its exit status (128 + n for a signal, as shells do).
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ readonly cwd?: string, readonly env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function passThrough(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    /** @type {(signal: NodeJS.Signals) => void} */
    const forward = (signal) => void child.kill(signal);
    for (const signal of signals) process.on(signal, forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGKILL' ? 137 : 143));
    });
  });
}

/**
 * npm as a program and its first arguments. The path npm hands to its scripts spares us `npm.cmd` on Windows.
 *
 * @returns {readonly [string, ...string[]]}
 */
function npmCommand() {
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('.js') === true ? [process.execPath, cli] : ['npm'];
}

/**
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function npm(args, options) {
  const [command, ...first] = npmCommand();
  return run(command, [...first, ...args], options);
}

/**
 * Whether a program can be found on the PATH.
 *
 * @param {string} program
 * @returns {Promise<boolean>}
 */
export async function isOnPath(program) {
  const folders = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '');
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program];
  const tries = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  const found = await Promise.all(
    tries.map((file) =>
      access(file, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
