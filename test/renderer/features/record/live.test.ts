import { describe, expect, it } from 'vitest';
import type { LiveCells } from '#shared/contract/live.ts';
import { createInputMeter } from '../../../../src/renderer/features/record/input-level.ts';
import { createLatencyMeter } from '../../../../src/renderer/features/record/latency.ts';
import { createLiveOutline } from '../../../../src/renderer/features/record/live-outline.ts';
import { mergeCells, runsFrom } from '../../../../src/renderer/features/record/live-track.ts';
import { warningOf } from '../../../../src/renderer/features/record/warnings.ts';

function told(first: number, rows: readonly (readonly number[])[]): LiveCells {
  return {
    labels: ['happy', 'angry'],
    hopSeconds: 0.5,
    first,
    probabilities: Float32Array.from(rows.flat()),
    speech: Float32Array.from(rows, (row) => row.reduce((sum, value) => sum + value, 0)),
    heardSeconds: 0,
    engineMilliseconds: 0,
  };
}

describe('the track of a recording that is made', () => {
  it('takes what is told of its end in the place of what was told before', () => {
    let track = mergeCells(
      null,
      told(0, [
        [0.75, 0.25],
        [0, 0],
      ]),
    );
    track = mergeCells(
      track,
      told(1, [
        [0.25, 0.75],
        [0.5, 0.5],
        [0, 0],
      ]),
    );
    expect(track.cells).toBe(4);
    expect([...track.probabilities]).toEqual([0.75, 0.25, 0.25, 0.75, 0.5, 0.5, 0, 0]);
    expect([...track.speech]).toEqual([1, 1, 1, 0]);
  });

  it('grows over hours without losing what it had', () => {
    let track = mergeCells(null, told(0, [[1, 0]]));
    for (let cell = 1; cell < 5000; cell += 1) {
      track = mergeCells(track, told(cell, [[0.25, 0.75]]));
    }
    expect(track.cells).toBe(5000);
    expect(track.probabilities[0]).toBe(1);
    expect(track.probabilities[9999]).toBe(0.75);
  });

  it('leaves a hole silent', () => {
    const track = mergeCells(mergeCells(null, told(0, [[1, 0]])), told(3, [[1, 0]]));
    expect([...track.speech]).toEqual([1, 0, 0, 1]);
  });

  it('is called what is likeliest, unsure or no speech', () => {
    const rows = [
      [1, 0],
      [0.75, 0.25],
      [0.25, 0.75],
      [0, 0],
      [0.375, 0.375],
    ];
    expect(runsFrom(mergeCells(null, told(0, rows)), 0)).toEqual([
      { label: 'happy', start: 0, end: 1 },
      { label: 'angry', start: 1, end: 1.5 },
      { label: 'no speech', start: 1.5, end: 2 },
      { label: 'unsure', start: 2, end: 2.5 },
    ]);
  });
});

describe('the outline of the last minute', () => {
  it('holds the lowest and the highest sample of each stretch, of all channels', () => {
    const outline = createLiveOutline(1000, 60);
    outline.push(
      Float32Array.from({ length: 4000 }, (_, at) => (at === 1000 ? 0.5 : at === 3001 ? -0.25 : 0)),
      2,
    );
    expect(outline.seconds()).toBe(2);
    const { minima, maxima } = outline.between(0, 2, 4);
    expect([...maxima]).toEqual([0, 0.5, 0, 0]);
    expect([...minima]).toEqual([0, 0, 0, -0.25]);
  });

  it('forgets what is older, and knows nothing of what comes', () => {
    const outline = createLiveOutline(1000, 1);
    outline.push(new Float32Array(1500).fill(0.5), 1);
    expect([...outline.between(0, 3, 6).maxima]).toEqual([0, 0.5, 0.5, 0, 0, 0]);
  });
});

describe('the input level', () => {
  const second = (value: number): Float32Array => Float32Array.of(0, value, -value / 2);

  it('warns of peaks that are cut off, for two seconds', () => {
    const meter = createInputMeter();
    expect(meter(second(0.99), 1)).toMatchObject({ clips: false });
    expect(meter(second(1), 1)).toMatchObject({ clips: true, peak: 1 });
    expect(meter(second(0.5), 1).clips).toBe(true);
    expect(meter(second(0.5), 1).clips).toBe(false);
  });

  it('notices a microphone that is muted', () => {
    const meter = createInputMeter();
    expect(meter(second(0), 1).silent).toBe(false);
    expect(meter(second(0), 1).silent).toBe(true);
    expect(meter(second(0.001), 1).silent).toBe(false);
  });

  it('has words for what is most urgent', () => {
    const fine = { level: { peak: 0.5, clips: false, silent: false }, waiting: 0, room: Infinity };
    expect(warningOf(fine)).toBe('');
    expect(warningOf({ ...fine, level: { ...fine.level, clips: true } })).toContain('Too loud');
    expect(warningOf({ ...fine, room: 61 })).toContain('1:01');
    expect(warningOf({ ...fine, room: 61, waiting: 5 })).toContain('5 s wait');
  });
});

it('measures from the oldest sound that is drawn to the screen', () => {
  const meter = createLatencyMeter();
  meter.came(0.1, 1000);
  meter.came(0.2, 1100);
  meter.drawn(0.15, 1130, 4);
  // The first tenth of a second began to come 100 ms before it was there.
  expect(meter.figures()).toMatchObject({ count: 1, median: 230, engineMedian: 4 });
  meter.drawn(0.2, 1150, 6);
  expect(meter.figures()).toMatchObject({ count: 2, p95: 230 });
});
