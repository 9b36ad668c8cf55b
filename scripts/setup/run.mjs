import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { constants as osConstants } from 'node:os';
import path from 'node:path';
import { killTree, trackChild } from './children.mjs';
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
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      // A group of its own, so that its end is also that of the compilers and downloads below it.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const result = { status: -1, stdout: '', output: '' };
    /** @param {string} text */
    const keep = (text) => {
      result.output = (result.output + text).slice(-keptOutput);
    };
    const untrack = trackChild(child);
    const outOfTime = () => {
      keep(`\n(ended after ${(timeout ?? 0) / 1000} s)`);
      killTree(child);
    };
    const timer = timeout === undefined ? undefined : setTimeout(outOfTime, timeout);
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      result.stdout += text;
      keep(text);
    });
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => {
      keep(error.message);
    });
    child.on('exit', (code) => {
      result.status = code ?? -1;
    });
    child.on('close', () => {
      clearTimeout(timer);
      untrack();
      resolve(result);
    });
  });
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
    // A terminal sends its interrupt to both; a second one would mean "at once" to the program.
    const interrupt = () => {
      if (!process.stdin.isTTY) child.kill('SIGINT');
    };
    const terminate = () => child.kill('SIGTERM');
    process.on('SIGINT', interrupt).on('SIGTERM', terminate).on('SIGHUP', terminate);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', interrupt).off('SIGTERM', terminate).off('SIGHUP', terminate);
      resolve(code ?? 128 + (signal === null ? 0 : osConstants.signals[signal]));
    });
  });
}

/**
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function npm(args, options) {
  // npm tells its scripts where it is, which spares us `npm.cmd` on Windows. Other package managers do so too.
  const cli = process.env['npm_execpath'];
  return cli !== undefined && path.basename(cli) === 'npm-cli.js'
    ? run(process.execPath, [cli, ...args], options)
    : run('npm', args, options);
}

/**
 * Whether a program can be found on the PATH.
 *
 * @param {string} program
 * @returns {Promise<boolean>}
 */
export async function isOnPath(program) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = await Promise.all(
    folders.map((folder) =>
      access(path.join(folder, program), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
