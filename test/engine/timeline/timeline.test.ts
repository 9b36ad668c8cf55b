import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentsOf } from '#engine/timeline/segments.ts';
import { timelineSettings } from '#engine/timeline/settings.ts';
import { speechStretches, type Activity } from '#engine/timeline/stretches.ts';
import { cellCount, planWindows, speechShares, type Grid } from '#engine/timeline/windows.ts';
import { noSpeech, unsure } from '#shared/domain/label.ts';
import type { Track } from '#shared/domain/track.ts';

const sampleRate = 16_000;
const chunk = 512;
const labels = ['calm', 'angry', 'sad'];
const settings = timelineSettings.parse({});

/** Speech where `spoken` says so, one flag a chunk of 32 ms. */
function activityOf(spoken: readonly boolean[], cutOff = 0): Activity {
  const probabilities = Float32Array.from(spoken, (speaks) => (speaks ? 0.9 : 0.05));
  return { probabilities, chunk, samples: spoken.length * chunk - cutOff, sampleRate };
}

function gridOf(activity: Activity): Grid {
  return { hop: 8_000, window: 40_000, samples: activity.samples };
}

/** A track whose cells hold the given probabilities, over and over. */
function trackOf(cells: number, rows: readonly (readonly number[])[]): Track {
  const probabilities = Float32Array.from(
    Array.from({ length: cells }, (_, cell) => rows[cell % rows.length] ?? []).flat(),
  );
  const speech = new Float32Array(cells).fill(1);
  return { labels, hopSeconds: 0.5, windowSeconds: 2.5, cells, probabilities, speech };
}

const chunks = (seconds: number, speaks: boolean): boolean[] =>
  Array.from({ length: Math.round((seconds * sampleRate) / chunk) }, () => speaks);

const anyActivity = fc
  .tuple(
    fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 120 })), { maxLength: 12 }),
    fc.integer({ min: 0, max: chunk - 1 }),
  )
  .map(([runs, cutOff]) =>
    activityOf(
      [true, ...runs.flatMap(([speaks, length]) => Array.from({ length }, () => speaks))],
      cutOff,
    ),
  );

describe('speech stretches', () => {
  it('bridge a short pause, part at a long one, and drop a blip', () => {
    const spoken = [
      ...chunks(1, false),
      ...chunks(1, true),
      ...chunks(0.2, false),
      ...chunks(1, true),
      ...chunks(0.8, false),
      ...chunks(0.1, true),
      ...chunks(1, false),
    ];
    const stretches = speechStretches(activityOf(spoken));
    expect(stretches).toHaveLength(1);
    const [{ start, end } = { start: 0, end: 0 }] = stretches;
    // Spoken from 1 s to 3.2 s; a chunk is 0.032 s and the margin 0.03 s.
    expect(Math.abs(start / sampleRate - 0.97)).toBeLessThan(0.04);
    expect(Math.abs(end / sampleRate - 3.23)).toBeLessThan(0.04);
  });

  it('are in order, apart and inside the recording', () => {
    fc.assert(
      fc.property(anyActivity, (activity) => {
        let reached = 0;
        for (const { start, end } of speechStretches(activity)) {
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(end).toBeGreaterThan(start);
          reached = end;
        }
        expect(reached).toBeLessThanOrEqual(activity.samples);
      }),
    );
  });
});

describe('windows', () => {
  it('stay inside one stretch of speech, one for each cell that holds speech', () => {
    fc.assert(
      fc.property(anyActivity, (activity) => {
        const grid = gridOf(activity);
        const stretches = speechStretches(activity);
        const windows = planWindows(stretches, grid);
        for (const window of windows) {
          const home = stretches.filter(
            ({ start, end }) => window.start >= start && window.end <= end,
          );
          expect(home).toHaveLength(1);
          expect(window.end - window.start).toBeGreaterThan(0);
          expect(window.end - window.start).toBeLessThanOrEqual(grid.window);
        }
        const heard = [...speechShares(stretches, grid)].flatMap((share, cell) =>
          share > 0 ? [cell] : [],
        );
        expect(windows.map(({ cell }) => cell).sort((a, b) => a - b)).toEqual(heard);
      }),
    );
  });

  it('keep their full length at the edges of a long stretch', () => {
    const activity = activityOf([...chunks(1, false), ...chunks(10, true), ...chunks(1, false)]);
    const grid = gridOf(activity);
    const lengths = planWindows(speechStretches(activity), grid).map(
      ({ start, end }) => end - start,
    );
    expect(new Set(lengths)).toEqual(new Set([grid.window]));
  });
});

describe('segments', () => {
  it('tile the recording without gap or overlap, whatever is said', () => {
    const row = fc
      .tuple(fc.nat(100), fc.nat(100), fc.nat(100))
      .map((weights) =>
        weights.map((weight) => (weight + 1) / (weights.reduce((a, b) => a + b) + 3)),
      );
    fc.assert(
      fc.property(anyActivity, fc.array(row, { minLength: 1, maxLength: 9 }), (activity, rows) => {
        const grid = gridOf(activity);
        const segments = segmentsOf(trackOf(cellCount(grid), rows), activity, grid, settings);
        let reached = 0;
        for (const segment of segments) {
          expect(segment.start).toBe(reached);
          expect(segment.end).toBeGreaterThan(segment.start);
          expect(segment.confidence).toBeGreaterThanOrEqual(0);
          expect(segment.confidence).toBeLessThanOrEqual(1);
          reached = segment.end;
        }
        expect(reached).toBe(activity.samples);
      }),
    );
  });

  const speaking = activityOf(chunks(8, true));
  const grid = gridOf(speaking);
  const segmentsFor = (rows: readonly (readonly number[])[]): readonly string[] =>
    segmentsOf(trackOf(16, rows), speaking, grid, settings).map(({ label }) => label);

  it('change where the expressed emotion changes', () => {
    const calm = Array.from({ length: 8 }, () => [0.8, 0.1, 0.1]);
    const angry = Array.from({ length: 8 }, () => [0.1, 0.8, 0.1]);
    expect(segmentsFor([...calm, ...angry])).toEqual(['calm', 'angry']);
  });

  it('do not flicker when two labels are almost equally likely', () => {
    expect(
      segmentsFor([
        [0.46, 0.44, 0.1],
        [0.44, 0.46, 0.1],
      ]),
    ).toEqual(['calm']);
  });

  it('say unsure where nothing is likely, and no speech where nobody speaks', () => {
    expect(segmentsFor([[0.35, 0.33, 0.32]])).toEqual([unsure]);
    const silent = activityOf(chunks(3, false));
    const none = segmentsOf(trackOf(6, [[0, 0, 0]]), silent, gridOf(silent), settings);
    expect(none).toMatchObject([
      { start: 0, end: silent.samples, label: noSpeech, probabilities: [] },
    ]);
    expect(none[0]?.confidence).toBeCloseTo(0.95, 5);
  });
});
