/** A failure of set-up that a person can act on: the message says what happened and what to do. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} [output] what the failing program printed
   */
  constructor(message, output = '') {
    super(message);
    this.name = 'SetupError';
    this.output = output;
  }
}

/** @param {string} text one line for the person; stdout belongs to results */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const minutes = Math.floor(milliseconds / 60_000);
  return `${minutes} min ${Math.round((milliseconds - minutes * 60_000) / 1000)} s`;
}

/**
 * Runs one step and prints its line when it ends. A terminal shows the title while it runs, so that nobody
 * wonders during a download.
 *
 * @template T
 * @param {string} title what is being done
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  const live = process.stderr.isTTY;
  if (live) process.stderr.write(`${title} ...`);
  const begin = live ? '\r\u001B[K' : '';
  try {
    const result = await work();
    say(`${begin}${title}: ${duration(performance.now() - started)}`);
    return result;
  } catch (error) {
    say(`${begin}${title}: failed after ${duration(performance.now() - started)}`);
    throw error;
  }
}

/**
 * The sentence inside an unknown thrown value.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function reasonOf(error) {
  return error instanceof Error ? error.message : String(error);
}
