import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitScale,
  isFitted,
  panBy,
  panTo,
  resizeTo,
  reveal,
  timeAt,
  visibleEnd,
  xOf,
  zoomAt,
  type TimeScale,
} from '../../../src/renderer/lib/time-scale.ts';

const scales = fc
  .record({
    duration: fc.double({ min: 0.2, max: 10_800, noNaN: true }),
    width: fc.integer({ min: 200, max: 3000 }),
    factor: fc.double({ min: 1, max: 400, noNaN: true }),
    start: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ duration, width, factor, start }) =>
    panTo(zoomAt(fitScale(duration, width), factor, 0), start * duration),
  );

function expectWithinRecording(scale: TimeScale): void {
  expect(scale.start).toBeGreaterThanOrEqual(0);
  const seen = scale.width / scale.pxPerSecond;
  expect(scale.start + seen).toBeLessThanOrEqual(Math.max(scale.duration, seen) + 1e-6);
}

describe('a time scale', () => {
  it('shows the whole recording when fitted', () => {
    const scale = fitScale(600, 1200);
    expect(scale.pxPerSecond).toBe(2);
    expect([xOf(scale, 0), xOf(scale, 600)]).toEqual([0, 1200]);
    expect(isFitted(scale)).toBe(true);
  });

  it('gives each pixel its second and back', () => {
    fc.assert(
      fc.property(scales, fc.double({ min: 0, max: 1, noNaN: true }), (scale, part) => {
        const x = part * xOf(scale, visibleEnd(scale));
        expect(xOf(scale, timeAt(scale, x))).toBeCloseTo(x, 4);
      }),
    );
  });

  it('keeps what is under the pointer there while zooming in', () => {
    fc.assert(
      fc.property(scales, fc.double({ min: 0, max: 1, noNaN: true }), (scale, part) => {
        const x = part * scale.width;
        const zoomed = zoomAt(scale, 1.5, x);
        expect(timeAt(zoomed, x)).toBeCloseTo(timeAt(scale, x), 4);
      }),
    );
  });

  it('never leaves the recording, however it is zoomed, scrolled and resized', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ zoom: fc.double({ min: 0.01, max: 100, noNaN: true }), x: fc.nat(1000) }),
        fc.record({ pan: fc.integer({ min: -5000, max: 5000 }) }),
        fc.record({ width: fc.integer({ min: 200, max: 3000 }) }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(scales, steps, (scale, moves) => {
        let now = scale;
        for (const move of moves) {
          if ('zoom' in move) now = zoomAt(now, move.zoom, move.x);
          else if ('pan' in move) now = panBy(now, move.pan);
          else now = resizeTo(now, move.width);
          expectWithinRecording(now);
        }
      }),
    );
  });

  it('stops zooming in at 500 px a second, and out at the whole recording', () => {
    const scale = fitScale(60, 600);
    expect(zoomAt(scale, 1e6, 10).pxPerSecond).toBe(500);
    expect(zoomAt(zoomAt(scale, 8, 10), 1e-6, 10)).toEqual(scale);
  });

  it('shows a recording shorter than two seconds whole although that is closer than 500 px a second', () => {
    const scale = fitScale(0.2, 800);
    expect(zoomAt(scale, 2, 0)).toEqual(scale);
    expect(isFitted(scale)).toBe(true);
  });

  it('stays whole in a wider window, and keeps its zoom where it was zoomed', () => {
    expect(resizeTo(fitScale(60, 600), 900)).toEqual(fitScale(60, 900));
    const zoomed = panTo(zoomAt(fitScale(60, 600), 4, 0), 20);
    expect(resizeTo(zoomed, 300)).toMatchObject({ pxPerSecond: 40, start: 20 });
  });

  it('survives a window without width and a recording without length', () => {
    expect(timeAt(fitScale(0, 800), 400)).toBe(0);
    expect(resizeTo(fitScale(60, 0), 600)).toEqual(fitScale(60, 600));
  });
});

describe('revealing a span', () => {
  const scale = panTo(zoomAt(fitScale(600, 600), 10, 0), 100); // 10 px a second: 100 to 160 s

  it('moves nothing when it shows already', () => {
    expect(reveal(scale, 110, 150)).toBe(scale);
  });

  it('brings an earlier and a later one in with some air', () => {
    expect(reveal(scale, 50, 60).start).toBeCloseTo(47.6);
    expect(visibleEnd(reveal(scale, 200, 210))).toBeCloseTo(212.4);
  });

  it('shows one that is wider than the window from its start', () => {
    expect(reveal(scale, 200, 400).start).toBeCloseTo(197.6);
  });
});
