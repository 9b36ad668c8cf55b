import { SetupError } from '../setup/report.mjs';

/** @type {Readonly<Record<string, () => Promise<{ run: (args: readonly string[]) => Promise<number> }>>>} */
const tasks = {
  start: () => import('./start.mjs'),
  test: () => import('./test.mjs'),
  scale: () => import('./scale.mjs'),
  reliability: () => import('./reliability.mjs'),
  'reliability-table': () => import('./reliability-table.mjs'),
  soak: () => import('./soak.mjs'),
  'test-all': () => import('./test-all.mjs'),
  check: () => import('./check.mjs'),
  cli: () => import('./cli.mjs'),
  bench: () => import('./bench.mjs'),
  guide: () => import('./guide.mjs'),
  package: () => import('./package.mjs'),
  'test-package': () => import('./test-package.mjs'),
};

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit status
 */
export async function runTask(name, args) {
  const load = tasks[name];
  if (load === undefined) {
    throw new SetupError(`There is no task "${name}". Tasks: ${Object.keys(tasks).join(', ')}.`);
  }
  const { run } = await load();
  return run(args);
}
