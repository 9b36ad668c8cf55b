import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  magnets,
  snap,
  snapMove,
  speechEdges,
} from '../../../../src/renderer/features/annotate/snap.ts';
import { segmentOf } from '../../support/segments.ts';

const model = [
  segmentOf(0, 50, 'no speech'),
  segmentOf(50, 100, 'calm'),
  segmentOf(100, 160, 'angry'),
  segmentOf(160, 200, 'no speech'),
  segmentOf(200, 260, 'unsure'),
];

describe('magnets', () => {
  it('are where speech begins and ends, not where its label changes', () => {
    expect(speechEdges(model)).toEqual([50, 160, 200, 260]);
  });

  it('are the other edges of the row and the playhead too, in order and once', () => {
    const row = [segmentOf(50, 70), segmentOf(300, 320)];
    const all = magnets({ model, row, moving: new Set([50]), others: [0, 222.4, 999] });
    expect([...all]).toEqual([0, 50, 160, 200, 222, 260, 300, 320, 999]);
  });
});

describe('snapping', () => {
  const to = Float64Array.of(0, 50, 160);

  it.each([
    [53, 5, 50],
    [47, 5, 50],
    [56, 5, 56],
    [-3, 5, 0],
    [900, 5, 900],
  ])('%i within %i goes to %i', (sample, reach, snapped) => {
    expect(snap(sample, to, reach)).toBe(snapped);
  });

  it('takes the nearest, whatever the magnets are', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 500 })),
        fc.integer({ min: -20, max: 520 }),
        fc.integer({ min: 0, max: 30 }),
        (places, sample, reach) => {
          const snapped = snap(sample, Float64Array.from(places).sort(), reach);
          const nearest = Math.min(Infinity, ...places.map((each) => Math.abs(each - sample)));
          expect(Math.abs(snapped - sample)).toBe(nearest <= reach ? nearest : 0);
        },
      ),
    );
  });

  it('of a move follows the edge that is nearer', () => {
    expect(snapMove({ start: 10, end: 30 }, 38, to, 5)).toBe(40);
    expect(snapMove({ start: 10, end: 30 }, 18, to, 5)).toBe(20);
    expect(snapMove({ start: 10, end: 30 }, 70, to, 5)).toBe(70);
  });
});
