import { expect, it } from 'vitest';
import { trackBatch } from '../../../src/cli/analyze/batch-progress.ts';

it('tells the time left by the recordings that were analysed, and by their size', () => {
  const reports: { stage: string; fraction: number; secondsLeft?: number | null }[] = [];
  const display = {
    report: (report: (typeof reports)[number]) => reports.push(report),
    write: () => undefined,
    stop: () => undefined,
  };
  const [a, b, c, d] = [400, 300, 200, 100].map((bytes, index) => ({
    path: `${index}.wav`,
    name: `${index}.wav`,
    bytes,
  }));
  if (!a || !b || !c || !d) throw new Error('four');
  let clock = 0;
  const progress = trackBatch([a, b, c, d], display, () => clock);

  progress.ended(a, 'kept');
  expect(reports.at(-1)).toEqual({ stage: '1 of 4', fraction: 0.4, secondsLeft: null });
  const tell = progress.started(c);
  clock = 5000;
  tell({ stage: 'listening', fraction: 0.5 });
  // 100 bytes took five seconds, and 500 are left.
  expect(reports.at(-1)).toEqual({ stage: '1 of 4', fraction: 0.5, secondsLeft: 25 });
  clock = 10_000;
  progress.ended(c, 'failed');
  expect(reports.at(-1)).toEqual({ stage: '2 of 4, 1 failed', fraction: 0.6, secondsLeft: 20 });
});
