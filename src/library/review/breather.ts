import { setImmediate as nextTurn } from 'node:timers/promises';

/** So long the library may be busy with something slow before it answers others. Milliseconds. */
const turn = 8;

/** @returns to be awaited often within long work: it lets others have their turn, and ends cancelled work */
export function createBreather(signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < turn) return;
    await nextTurn();
    signal.throwIfAborted();
    since = performance.now();
  };
}
