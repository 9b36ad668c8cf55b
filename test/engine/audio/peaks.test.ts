import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPeakBuilder } from '#engine/audio/peak-pyramid.ts';
import type { PeakPyramid } from '#engine/audio/peak-pyramid.ts';
import { readPeaks, readPyramid, writePeaks } from '#engine/audio/peaks.ts';
import { temporaryFolder } from './support.ts';

const folder = temporaryFolder();

function build(
  planes: readonly Float32Array[],
  sampleRate: number,
  parts: readonly number[],
): PeakPyramid {
  const builder = createPeakBuilder(sampleRate);
  let at = 0;
  for (const part of [...parts, Infinity]) {
    builder.push(planes.map((plane) => plane.subarray(at, at + part)));
    at += part;
  }
  return builder.finish();
}

/** All samples of all channels of a block, looked at one by one. */
function extremes(planes: readonly Float32Array[], from: number, to: number): [number, number] {
  const all = planes.flatMap((plane) => [...plane.subarray(from, to)]);
  const clipped = all.map((sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
  return [Math.min(...clipped), Math.max(...clipped)];
}

describe('the outline of a recording', () => {
  const sound = fc.record({
    channels: fc.integer({ min: 1, max: 3 }),
    samples: fc.integer({ min: 1, max: 300_000 }),
    sampleRate: fc.constantFrom(8000, 16_000, 44_100, 96_000),
    parts: fc.array(fc.integer({ min: 1, max: 70_000 }), { maxLength: 8 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
  });

  it('holds the extremes of every block at every level, in whatever parts the sound comes', () => {
    fc.assert(
      fc.property(sound, ({ channels, samples, sampleRate, parts, seed }) => {
        const planes = Array.from({ length: channels }, (_, channel) =>
          Float32Array.from(
            { length: samples },
            (_, at) => 1.1 * Math.sin(seed * (at + channel) * at),
          ),
        );
        const pyramid = build(planes, sampleRate, parts);
        expect(pyramid.samples).toBe(samples);
        pyramid.levels.forEach((pairs, level) => {
          const block = pyramid.samplesPerBlock * 4 ** level;
          expect(pairs).toHaveLength(2 * Math.ceil(samples / block));
          const steps = Math.max(1, Math.floor(pairs.length / 2 / 20));
          for (let index = 0; index < pairs.length / 2; index += steps) {
            const wanted = extremes(planes, index * block, (index + 1) * block);
            expect([pairs[2 * index], pairs[2 * index + 1]]).toEqual(wanted);
          }
        });
      }),
      { numRuns: 25 },
    );
  });

  it.each([8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])(
    'has 100 to 200 blocks a second at %i Hz',
    (sampleRate) => {
      const { samplesPerBlock } = build([new Float32Array(10)], sampleRate, []);
      expect(sampleRate / samplesPerBlock).toBeGreaterThanOrEqual(100);
      expect(sampleRate / samplesPerBlock).toBeLessThanOrEqual(200);
    },
  );

  it('has coarser levels until the whole fits a screen', () => {
    const { levels } = build([new Float32Array(16_000 * 600)], 16_000, []);
    expect(levels.map((pairs) => pairs.length / 2)).toEqual([75_000, 18_750, 4688, 1172, 293]);
  });
});

describe('a peaks file', () => {
  const samples = Float32Array.from({ length: 200_000 }, (_, at) => Math.sin(at * at));

  it('gives back what was written', async () => {
    const pyramid = build([samples], 16_000, [3000]);
    await writePeaks(folder.path('a.peaks'), pyramid);
    expect(await readPyramid(folder.path('a.peaks'))).toEqual(pyramid);
  });

  it('gives the screen its finest level', async () => {
    await writePeaks(folder.path('b.peaks'), build([samples], 16_000, []));
    const { samplesPerBlock, minima, maxima } = await readPeaks(folder.path('b.peaks'));
    expect([samplesPerBlock, minima.length, maxima.length]).toEqual([128, 1563, 1563]);
    minima.forEach((minimum, index) => {
      const [low, high] = extremes([samples], index * 128, (index + 1) * 128);
      expect(minimum).toBeCloseTo(low / 32_767, 6);
      expect(maxima[index]).toBeCloseTo(high / 32_767, 6);
    });
  });

  it('is refused when it is missing, cut, longer or something else', async () => {
    await writePeaks(folder.path('c.peaks'), build([samples], 16_000, []));
    const bytes = await readFile(folder.path('c.peaks'));
    const strange = Buffer.from(bytes);
    strange.writeDoubleLE(Infinity, 16);
    const cases = [
      bytes.subarray(0, 10),
      bytes.subarray(0, -2),
      Buffer.concat([bytes, bytes]),
      strange,
      'text',
    ];
    for (const [index, content] of cases.entries()) {
      const path = await folder.write(`${index}.peaks`, content);
      await expect(readPeaks(path)).rejects.toMatchObject({ code: 'cache-damaged' });
    }
    await expect(readPeaks(folder.path('none.peaks'))).rejects.toMatchObject({
      code: 'cache-damaged',
    });
  });
});
