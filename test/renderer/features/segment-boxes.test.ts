import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Segment } from '#shared/domain/segment.ts';
import {
  caption,
  segmentBoxes,
  thinned,
} from '../../../src/renderer/features/stage/segment-boxes.ts';
import { fitScale, panTo, zoomAt } from '../../../src/renderer/lib/time-scale.ts';

const rate = 100;

function segment(start: number, end: number, label = 'calm', id = start): Segment {
  return {
    ...{ id, recordingId: 1, start, end, label, confidence: 0.62, probabilities: [] },
    ...{ source: 'model', annotator: '', model: 'm', tier: 'model', note: '' },
  };
}

/** Ten-second segments back to back, with a gap after every third. */
const row = Array.from({ length: 40 }, (_, index) => index)
  .filter((index) => index % 4 !== 3)
  .map((index) => segment(index * 1000, (index + 1) * 1000));

describe('segments on the screen', () => {
  it('lie where their times are', () => {
    const [first, second] = segmentBoxes(
      [segment(100, 250), segment(250, 400)],
      rate,
      fitScale(4, 400),
    );
    expect(first).toMatchObject({ x: 100, width: 150 });
    expect(second).toMatchObject({ x: 250, width: 150 });
  });

  it('are those that reach into the window, wherever it is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 400, noNaN: true }),
        (factor, start) => {
          const scale = panTo(zoomAt(fitScale(400, 800), factor, 0), start);
          const end = scale.start + scale.width / scale.pxPerSecond;
          const shown = segmentBoxes(row, rate, scale).map((box) => box.segment.id);
          const expected = row.filter(
            (each) => each.end > scale.start * rate && each.start < Math.min(end, 400) * rate,
          );
          expect(shown).toEqual(expected.map(({ id }) => id));
        },
      ),
    );
  });

  it('that crowd become columns, each with the label that holds most of it', () => {
    const crowd = Array.from({ length: 2000 }, (_, index) =>
      segment(index * 10, (index + 1) * 10, index < 1000 === (index % 5 !== 0) ? 'calm' : 'angry'),
    );
    const scale = fitScale(200, 600);
    expect(thinned(segmentBoxes(crowd, rate, scale), 600)).toEqual([
      { label: 'calm', x: 0, width: 300 },
      { label: 'angry', x: 300, width: 300 },
    ]);
    const few = segmentBoxes(row, rate, fitScale(400, 600));
    expect(thinned(few, 600)).toBe(few);
  });
});

describe('the words in a box', () => {
  const surprised = segment(0, 100, 'surprised');
  it.each([
    [140, { label: 'surprised', confidence: '62\u00a0%' }],
    [80, { label: 'surprised', confidence: '' }],
    [40, { label: 'Su', confidence: '' }],
    [24, { label: '', confidence: '' }],
  ])('at %i px', (width, words) => {
    expect(caption(surprised, 'Su', width)).toEqual(words);
  });
});
