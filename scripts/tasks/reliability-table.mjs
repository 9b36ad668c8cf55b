import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { exists } from '../setup/cache.mjs';
import { root } from '../setup/paths.mjs';
import { reportsFolder } from './run-vitest.mjs';

/**
 * A bar of reliability and the tests that hold it.
 *
 * @typedef {object} Bar
 * @property {string} row
 * @property {string} bar
 * @property {readonly string[]} tests files, from the root of the checkout
 * @property {string} [open] what of it is not tested
 */

/**
 * What became of a file of tests when it ran last.
 *
 * @typedef {object} Result
 * @property {string} day
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} told figures that its tests told
 */

/**
 * @typedef {object} Report as vitest's JSON reporter writes it, as far as it is read here
 * @property {number} startTime
 * @property {readonly { readonly name: string, readonly assertionResults: readonly Assertion[] }[]} testResults
 */
/** @typedef {{ readonly status: string, readonly meta: { readonly told?: readonly string[] } }} Assertion */
/** @typedef {Record<string, Record<string, Result>>} Results by file of tests and by counts, `change` or `soak` */

const barsFile = path.join(root, 'docs/reliability/bars.json');
const resultsFile = path.join(root, 'docs/reliability/results.json');
const page = path.join(root, 'docs/RELIABILITY.md');
const [begin, end] = ['<!-- table: begin -->', '<!-- table: end -->'];

/** `npm run reliability:table`: puts down what the last runs found, in docs/reliability and docs/RELIABILITY.md. */
export async function run() {
  await writeReliabilityTable();
  return 0;
}

export async function writeReliabilityTable() {
  const bars = await readBars();
  /** @type {Results} */
  const results = JSON.parse(await readFile(resultsFile, 'utf8'));
  const wanted = new Set(bars.flatMap(({ tests }) => tests));
  for (const { file, counts, result } of await readReports()) {
    if (wanted.has(file)) results[file] = { ...results[file], [counts]: result };
  }
  await writeFormatted(resultsFile, JSON.stringify(results));
  await writeFormatted(page, renderPage(await readFile(page, 'utf8'), bars, results));
}

/** @returns {Promise<readonly Bar[]>} */
export async function readBars() {
  return JSON.parse(await readFile(barsFile, 'utf8'));
}

/**
 * @param {string} text of the page, whose table is replaced
 * @param {readonly Bar[]} bars
 * @param {Results} results
 */
export function renderPage(text, bars, results) {
  const [before = '', rest = ''] = text.split(begin);
  const after = rest.split(end)[1] ?? '';
  return `${before}${begin}\n\n${renderTable(bars, results)}\n\n${end}${after}`;
}

/**
 * @param {readonly Bar[]} bars
 * @param {Results} results
 */
function renderTable(bars, results) {
  const rows = bars.map(({ row, bar, tests, open }) => {
    const found = tests.map((file) => renderFile(file, results[file] ?? {}));
    const missing = open === undefined ? [] : [`Not tested: ${open}`];
    return `| ${row} | ${bar} | ${[...found, ...missing].join('<br>') || 'not tested'} |`;
  });
  return ['| row | bar | tests, and what they found last |', '| --- | --- | --- |', ...rows].join(
    '\n',
  );
}

/**
 * @param {string} file
 * @param {Record<string, Result>} results
 */
function renderFile(file, results) {
  const runs = Object.entries(results).map(([counts, { day, passed, failed, skipped, told }]) => {
    const sums = [
      `${passed} passed`,
      ...(failed > 0 ? [`**${failed} failed**`] : []),
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ].join(', ');
    const figures = told.length > 0 ? `: ${told.join('; ')}` : '';
    return `${sums} (${counts === 'soak' ? 'soak, ' : ''}${day})${figures}`;
  });
  return `\`${file.replace(/^test\//u, '')}\` ${runs.join('; ') || 'has not run yet'}`;
}

/** @returns {Promise<readonly { readonly file: string, readonly counts: string, readonly result: Result }[]>} */
async function readReports() {
  if (!(await exists(reportsFolder))) return [];
  const found = [];
  for (const name of await readdir(reportsFolder)) {
    /** @type {Report} */
    const report = JSON.parse(await readFile(path.join(reportsFolder, name), 'utf8'));
    // The engine's tests run a second time in Electron; one line for both is the first one's.
    if (name === 'engine-in-Electron.json') continue;
    for (const { name: file, assertionResults } of report.testResults) {
      const counts = name.startsWith('soak') ? 'soak' : 'change';
      const result = summarise(report.startTime, assertionResults);
      found.push({ file: path.relative(root, file), counts, result });
    }
  }
  return found;
}

/**
 * @param {number} startTime
 * @param {readonly Assertion[]} tests
 * @returns {Result}
 */
function summarise(startTime, tests) {
  /** @param {(status: string) => boolean} is */
  const count = (is) => tests.filter(({ status }) => is(status)).length;
  return {
    day: new Date(startTime).toISOString().slice(0, 10),
    passed: count((status) => status === 'passed'),
    failed: count((status) => status === 'failed'),
    skipped: count((status) => status !== 'passed' && status !== 'failed'),
    told: tests.flatMap(({ meta }) => meta.told ?? []),
  };
}

/**
 * @param {string} file
 * @param {string} text
 */
async function writeFormatted(file, text) {
  const options = await resolveConfig(file);
  await writeFile(file, await format(text, { ...options, filepath: file }));
}
