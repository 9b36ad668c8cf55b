/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * What vitest's JSON reporter writes, as far as it is read here.
 *
 * @typedef {object} Report
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly { readonly status: string, readonly assertionResults: readonly Test[] }[]} testResults
 */

/**
 * @typedef {object} Test
 * @property {string} status
 * @property {string} [fullName]
 * @property {readonly string[]} [failureMessages] also of the tries before one that passed
 */

/**
 * Counts one run. A file that could not be loaded, or failed outside its tests, is one failure; so is a run that
 * ended badly without any other failure (it crashed, or found no tests).
 *
 * @param {Report | undefined} report undefined when the run left none
 * @param {number} status exit status of the run
 * @returns {Counts}
 */
export function countTests(report, status) {
  const files = report?.testResults ?? [];
  const brokenFiles = files.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = (report?.numFailedTests ?? 0) + brokenFiles;
  return {
    passed: report?.numPassedTests ?? 0,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
}

/**
 * @param {Report | undefined} report
 * @returns {readonly string[]} the tests that passed only when they were tried again, and why not at first
 */
export function retried(report) {
  const tests = (report?.testResults ?? []).flatMap((file) => file.assertionResults);
  return tests.flatMap(({ status, fullName = '', failureMessages: [first] = [] }) =>
    status === 'passed' && first !== undefined ? [`${fullName}: ${first.split('\n', 1)[0]}`] : [],
  );
}

/**
 * @param {readonly Counts[]} runs
 * @returns {Counts}
 */
export function sum(runs) {
  return runs.reduce(
    (total, run) => ({
      passed: total.passed + run.passed,
      failed: total.failed + run.failed,
      skipped: total.skipped + run.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * @param {Counts} counts
 * @returns {string} `N passed, N failed`, and `, N skipped` when there are any
 */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
