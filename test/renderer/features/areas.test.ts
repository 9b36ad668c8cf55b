import { describe, expect, it } from 'vitest';
import type { Track } from '#shared/domain/track.ts';
import { areaRuns } from '../../../src/renderer/features/stage/areas.ts';
import { fitScale, panTo, zoomAt } from '../../../src/renderer/lib/time-scale.ts';

/** Half-second cells of two labels; `null` is a cell without speech. */
function track(shares: readonly (number | null)[]): Track {
  return {
    labels: ['calm', 'angry'],
    hopSeconds: 0.5,
    windowSeconds: 2.5,
    cells: shares.length,
    probabilities: Float32Array.from(
      shares.flatMap((share) => (share === null ? [0, 0] : [share, 1 - share])),
    ),
    speech: Float32Array.from(shares, (share) => (share === null ? 0 : 1)),
  };
}

const numbers = (values: Float32Array | undefined): readonly number[] =>
  Array.from(values ?? [], (value) => Math.round(value * 1000) / 1000);

describe('the areas of a track', () => {
  it('have a point in the middle of each cell and end with the speech', () => {
    const [run, ...others] = areaRuns(track([0.25, 0.5, 1, 0.75]), fitScale(2, 400));
    expect(others).toEqual([]);
    expect(numbers(run?.xs)).toEqual([0, 50, 150, 250, 350, 400]);
    expect(numbers(run?.tops[0])).toEqual([0.25, 0.25, 0.5, 1, 0.75, 0.75]);
    expect(numbers(run?.tops[1])).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('leave silence out', () => {
    const runs = areaRuns(track([0.5, null, null, 1, 1, null]), fitScale(3, 600));
    expect(runs.map(({ xs }) => [xs[0], xs.at(-1)])).toEqual([
      [0, 100],
      [300, 500],
    ]);
  });

  it('end with the recording where its last cell is cut off', () => {
    const [run] = areaRuns(track([1, 1, 1]), fitScale(1.2, 120));
    expect(run?.xs.at(-1)).toBeCloseTo(120, 4);
  });

  it('are worked out only for what shows, and a cell beyond either edge', () => {
    const long = track(Array.from({ length: 14_400 }, () => 0.5));
    const scale = panTo(zoomAt(fitScale(7200, 1000), 720, 0), 3600); // 10 s
    const [run] = areaRuns(long, scale);
    expect(run?.xs.length).toBeLessThanOrEqual(20 + 2 + 2);
    expect(run?.xs[0]).toBeLessThanOrEqual(0);
    expect(run?.xs.at(-1)).toBeGreaterThanOrEqual(1000);
  });

  it('become means of a few pixels from afar, so a long recording costs no more than the screen', () => {
    const long = track(Array.from({ length: 14_400 }, (_, cell) => (cell % 2 ? 0.2 : 0.6)));
    const [run] = areaRuns(long, fitScale(7200, 1000));
    expect(run?.xs.length).toBeLessThanOrEqual(1000 / 4 + 2);
    expect(Math.abs((run?.tops[0]?.[100] ?? 0) - 0.4)).toBeLessThan(0.02);
  });

  it('do not let silent cells water down the spoken ones, and drop what is mostly silence', () => {
    const mixed = track(Array.from({ length: 14_400 }, (_, cell) => (cell % 3 === 0 ? null : 1)));
    const [spoken] = areaRuns(mixed, fitScale(7200, 1000));
    expect(spoken?.tops[0]?.[100]).toBeCloseTo(1);
    const quiet = track(Array.from({ length: 14_400 }, (_, cell) => (cell % 3 === 0 ? 1 : null)));
    expect(areaRuns(quiet, fitScale(7200, 1000))).toEqual([]);
  });

  it('do not flicker while scrolling: the same cells stay together', () => {
    const share = (cell: number): number => 0.5 + 0.5 * Math.sin(cell * cell);
    const long = track(Array.from({ length: 14_400 }, (_, cell) => share(cell)));
    const scale = zoomAt(fitScale(7200, 1000), 2, 0);
    const heights = (start: number): readonly number[] =>
      numbers(areaRuns(long, panTo(scale, start))[0]?.tops[0]);
    const here = heights(0);
    const scrolled = heights(401).slice(2, 40);
    const at = here.indexOf(scrolled[0] ?? NaN);
    expect(at).toBeGreaterThan(0);
    expect(here.slice(at, at + scrolled.length)).toEqual(scrolled);
  });
});
