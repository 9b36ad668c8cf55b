import { constants } from 'node:os';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** Programs of set-up that run now. They are in groups of their own, so nobody else ends them with this process. */
const running = /** @type {Set<ChildProcess>} */ (new Set());

/** @type {readonly NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** @param {NodeJS.Signals} signal */
function endAll(signal) {
  for (const child of running) killTree(child);
  process.exit(128 + constants.signals[signal]);
}

/**
 * From now on, a signal that ends this process ends the child too.
 *
 * @param {ChildProcess} child
 * @returns {() => void} to be called when the child has ended
 */
export function trackChild(child) {
  if (running.size === 0) for (const signal of signals) process.on(signal, endAll);
  running.add(child);
  return () => {
    running.delete(child);
    if (running.size === 0) for (const signal of signals) process.off(signal, endAll);
  };
}

/**
 * Ends a program and what it started.
 *
 * @param {ChildProcess} child
 */
export function killTree(child) {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    child.kill();
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // The whole group has ended by itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/**
 * @param {number} pid 0 or NaN where none could be read
 * @returns {boolean}
 */
export function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
