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
 * Does one piece of work and prints its line: what it does at the start, so that nobody wonders during a download,
 * and how long it took at the end.
 *
 * @template T
 * @param {string} title what is being done
 * @param {() => Promise<T>} work
 * @param {(result: T) => string} [outcome] a word on how it went
 * @returns {Promise<T>}
 */
export async function step(title, work, outcome = () => 'done') {
  const started = performance.now();
  process.stderr.write(`${title} ... `);
  try {
    const result = await work();
    say(`${outcome(result)} in ${duration(performance.now() - started)}`);
    return result;
  } catch (error) {
    say(`failed after ${duration(performance.now() - started)}`);
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
