import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Runs in a thread whose module is a source: Node 20 does not hand on to threads what loads sources in a process. */
const loadSource = `
const { workerData } = require('node:worker_threads');
import(workerData.loader).then(({ register }) => {
  register();
  return import(workerData.entry);
});`;

/** A thread that runs a module of ours: one of the sources, or one that is bundled. */
export function startThread(entry: URL, options: WorkerOptions = {}): Worker {
  if (!entry.pathname.endsWith('.ts')) return new Worker(entry, options);
  // `tsx/esm/api` as it is imported; resolving it here would give what is required.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'));
  const loader = new URL('./esm/api/index.mjs', tsx).href;
  return new Worker(loadSource, {
    ...options,
    eval: true,
    execArgv: [],
    workerData: { loader, entry: entry.href },
  });
}
