import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFramer, frameCount, rowCentre, rowCount } from '#engine/features/frames.ts';
import { speechRows } from '#engine/features/speech.ts';

describe('frameCount', () => {
  it.each([
    [0, 0],
    [1, 1],
    [511, 1],
    [512, 1],
    [671, 1],
    [672, 2],
    [16_000, 97],
  ])('%i samples make %i frames', (samples, frames) => {
    expect(frameCount(samples)).toBe(frames);
  });
});

describe('createFramer', () => {
  it('visits each frame of the grid once, in order, zeros beyond the ends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40_000 }), { maxLength: 4 }),
        fc.constantFrom([512, 0] as const, [800, 144] as const),
        (pieces, [size, lead]) => {
          const total = pieces.reduce((sum, piece) => sum + piece, 0);
          const firstAndLast: number[][] = [];
          const framer = createFramer(size, lead, (buffer, start) => {
            firstAndLast.push([buffer[start] ?? NaN, buffer[start + size - 1] ?? NaN]);
          });
          // Sample i has the value i + 1, so that 0 can only be padding.
          let next = 1;
          pieces.forEach((piece) => {
            framer.push(Float32Array.from({ length: piece }, () => next++));
          });
          framer.finish();
          const sampleAt = (index: number) => (index >= 0 && index < total ? index + 1 : 0);
          expect(firstAndLast).toEqual(
            Array.from({ length: frameCount(total) }, (_, frame) => [
              sampleAt(frame * 160 - lead),
              sampleAt(frame * 160 - lead + size - 1),
            ]),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('speechRows', () => {
  it('marks the rows whose middle is speech', () => {
    const spans = [
      { start: 500, end: 1000 },
      { start: 2000, end: 2001 },
      { start: 3000, end: 9000 },
    ];
    for (const stride of [1, 2, 3]) {
      const speech = speechRows(spans, rowCount(16_000, stride), stride);
      speech.forEach((mark, row) => {
        const centre = rowCentre(row, stride);
        expect(mark === 1).toBe(spans.some(({ start, end }) => start <= centre && centre < end));
      });
    }
  });

  it('takes the middle of all samples of a row', () => {
    // Row 3 of two frames each: frames 6 and 7, samples 960 to 1631.
    expect(rowCentre(3, 2)).toBe((960 + 1632) / 2);
  });
});
