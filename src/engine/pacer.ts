import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds of work between two turns of the event loop. */
const turnEvery = 20;

/**
 * For long work that never waits by itself: call it between steps, and timers, messages and cancellation get their turn
 * every few milliseconds.
 */
export function createPacer(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < turnEvery) return;
    await turn();
    last = performance.now();
  };
}
