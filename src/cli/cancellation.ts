/**
 * Aborted by the first Ctrl-C (or a polite kill), so that what is half done is put away; a second one ends
 * the process at once, as if nobody listened.
 */
export function cancelOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      controller.abort();
    });
  }
  return controller.signal;
}
