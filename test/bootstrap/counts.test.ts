import { describe, expect, it } from 'vitest';
import { countTests, lastLine, retried, sum } from '../../scripts/tasks/counts.mjs';

const none = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

describe('countTests', () => {
  it('takes the numbers of the report', () => {
    const report = {
      ...none,
      numPassedTests: 7,
      numFailedTests: 2,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
    };
    expect(countTests(report, 1)).toEqual({ passed: 7, failed: 2, skipped: 2 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ];
    const report = { ...none, numPassedTests: 1, testResults };
    expect(countTests(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('never calls a run good that ended badly', () => {
    expect(countTests(undefined, -1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countTests({ ...none, numPassedTests: 3 }, 1)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 0,
    });
  });
});

describe('retried', () => {
  it('names what passed only at the second try, with the reason of the first', () => {
    const assertionResults = [
      { status: 'passed', fullName: 'steady', failureMessages: [] },
      { status: 'passed', fullName: 'unsteady', failureMessages: ['Error: too late\n    at x'] },
      { status: 'failed', fullName: 'broken', failureMessages: ['Error: wrong'] },
    ];
    const report = { ...none, testResults: [{ status: 'failed', assertionResults }] };
    expect(retried(report)).toEqual(['unsteady: Error: too late']);
    expect(retried(undefined)).toEqual([]);
  });
});

describe('lastLine', () => {
  it('says the sum of all runs', () => {
    const runs = [
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 4, failed: 1, skipped: 0 },
    ];
    expect(lastLine(sum(runs))).toBe('7 passed, 1 failed');
    expect(lastLine(sum([]))).toBe('0 passed, 0 failed');
  });

  it('names skipped tests when there are any', () => {
    expect(lastLine({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped');
  });
});
