import { defineConfig } from 'vitest/config';

/**
 * A test that drives the whole application depends on a display, a driver and a browser besides: it gets one more
 * try, and a test that needed it is named at the end of the run.
 */
const retry = 1;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/e2e/**',
            'test/guide/**',
            'test/packaged/**',
            'test/reliability/**',
            'test/scale/**',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // Once more, in the Node of Electron: what the application does. The command line alone trains from scratch.
          name: 'engine-in-electron',
          include: ['test/engine/**/*.test.ts'],
          exclude: ['test/engine/training/{study,train}.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // By `npm run test:reliability`, and with higher counts by `npm run soak`. The history of acts has one long
          // sequence here, and a few short ones in `unit`.
          name: 'reliability',
          include: ['test/reliability/**/*.test.ts', 'test/library/annotation/history.test.ts'],
          exclude: ['test/reliability/app/**'],
          testTimeout: 3_600_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'reliability-app',
          include: ['test/reliability/app/**/*.test.ts'],
          retry,
          testTimeout: 3_600_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          // By `npm run test:scale` only: it takes minutes to an hour.
          name: 'scale',
          include: ['test/scale/**/*.test.ts'],
          testTimeout: 7_200_000,
          hookTimeout: 7_200_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          retry,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Each file drives a whole application with two busy processes.
          fileParallelism: false,
        },
      },
      {
        test: {
          // By `npm run guide` only, which takes the pictures of the user guide.
          name: 'guide',
          include: ['test/guide/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          // By `npm run test:package` only, which packages the application first.
          name: 'packaged',
          include: ['test/packaged/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
