import { describe, expect, it } from 'vitest';
import type { Peaks } from '#shared/domain/peaks.ts';
import { envelope, peakLevels } from '../../../src/renderer/features/stage/envelope.ts';
import {
  highestPeak,
  levelAt,
  meterShare,
  toDecibels,
} from '../../../src/renderer/features/transport/level.ts';
import { afterSeek, nextStep } from '../../../src/renderer/features/transport/passage.ts';
import { neighbourSpeed } from '../../../src/renderer/features/transport/speeds.ts';

const loop = { kind: 'loop', start: 2, end: 3 } as const;
const once = { kind: 'once', start: 2, end: 3 } as const;

describe('a passage', () => {
  it('goes on until its end, then starts over or stops there', () => {
    expect(nextStep(loop, 2.99)).toEqual({ kind: 'go on' });
    expect(nextStep(loop, 3.01)).toEqual({ kind: 'jump', to: 2 });
    expect(nextStep(once, 3)).toEqual({ kind: 'stop', to: 3 });
    expect(nextStep({ kind: 'open' }, 1e6)).toEqual({ kind: 'go on' });
  });

  it('outlives a seek within it and no other', () => {
    expect(afterSeek(loop, 2.5)).toBe(loop);
    expect(afterSeek(loop, 3)).toEqual({ kind: 'open' });
    expect(afterSeek(once, 1.9)).toEqual({ kind: 'open' });
  });
});

describe('speeds', () => {
  it('go up and down by steps and stop at the ends', () => {
    expect([neighbourSpeed(1, 1), neighbourSpeed(1, -1)]).toEqual([1.25, 0.75]);
    expect([neighbourSpeed(2, 1), neighbourSpeed(0.5, -1)]).toEqual([2, 0.5]);
  });
});

describe('levels', () => {
  /** 10 ms blocks at 16 kHz; a single click of -6 dB at 1 s, downwards. */
  const blocks = 300;
  const peaks: Peaks = {
    samplesPerBlock: 160,
    minima: Float32Array.from({ length: blocks }, (_, block) => (block === 100 ? -0.5 : -0.01)),
    maxima: new Float32Array(blocks).fill(0.01),
  };

  it('come from the 50 ms that were just heard', () => {
    expect(levelAt(peaks, 16_000, 0.99)).toBeCloseTo(-40);
    expect(levelAt(peaks, 16_000, 1.01)).toBeCloseTo(-6.02, 1);
    expect(levelAt(peaks, 16_000, 1.1)).toBeCloseTo(-40);
    expect(levelAt(peaks, 16_000, 99), 'after the end').toBe(-Infinity);
  });

  it('of silence are minus infinity and leave the meter empty', () => {
    expect(meterShare(toDecibels(0))).toBe(0);
    expect([meterShare(-60), meterShare(-30), meterShare(0)]).toEqual([0, 0.5, 1]);
  });

  it('find the highest peak on either side of zero', () => {
    expect(highestPeak(peaks)).toBe(0.5);
  });

  it('keep every click in every level of hours, at its moment', () => {
    const samples = new Float32Array(1_000_000);
    const [maxima, minima] = [samples.with(654_321, 0.9), samples.with(111, -0.8)];
    const levels = peakLevels({ samplesPerBlock: 100, minima, maxima });
    expect(levels.length).toBeGreaterThan(3);
    for (const [level, each] of levels.entries()) {
      expect(each.samplesPerBlock).toBe(100 * 4 ** level);
      expect(each.maxima.indexOf(Math.fround(0.9))).toBe(Math.floor(654_321 / 4 ** level));
      expect(each.minima.indexOf(Math.fround(-0.8))).toBe(Math.floor(111 / 4 ** level));
    }
    expect(levels.at(-1)?.maxima.length).toBeLessThan(1001);
  });

  it('keep a single click in the outline of a long recording', () => {
    const { minima, maxima } = envelope(peaks, 10);
    expect([...minima].map((low) => Math.round(low * 100) / 100).indexOf(-0.5)).toBe(3);
    expect(Math.max(...maxima)).toBeCloseTo(0.01);
    expect(envelope(peaks, 1000).maxima).toHaveLength(1000);
  });
});
