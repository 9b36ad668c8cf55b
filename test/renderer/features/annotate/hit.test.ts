import { describe, expect, it } from 'vitest';
import { hitAt, touched } from '../../../../src/renderer/features/annotate/hit.ts';
import { segmentOf } from '../../support/segments.ts';

const row = [segmentOf(100, 200), segmentOf(200, 300), segmentOf(500, 506)];
const words = (sample: number): string => {
  const hit = hitAt(row, sample, 5);
  if (hit.kind === 'gap') return 'gap';
  return [hit.segment.id, hit.kind === 'edge' ? hit.edge : 'body'].join(' ');
};

describe('under the pointer', () => {
  it.each([
    [50, 'gap'],
    [96, '100 start'],
    [104, '100 start'],
    [150, '100 body'],
    [197, '100 end'],
    [200, '200 start'],
    [297, '200 end'],
    [303, '200 end'],
    [310, 'gap'],
    [496, '500 start'],
    [501, '500 start'],
    [503, '500 body'],
    [505, '500 end'],
    [900, 'gap'],
  ])('at sample %i is %s', (sample, what) => {
    expect(words(sample)).toBe(what);
  });

  it('a stretch touches what reaches into it, drawn in either direction', () => {
    const ids = (from: number, to: number) => touched(row, from, to).map(({ id }) => id);
    expect(ids(150, 250)).toEqual([100, 200]);
    expect(ids(600, 250)).toEqual([200, 500]);
    expect(ids(300, 500)).toEqual([]);
  });
});
