import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { majorityLabels, ribbonRuns } from '../../../src/renderer/lib/ribbon.ts';

describe('a ribbon', () => {
  it('joins equal neighbours', () => {
    expect(ribbonRuns(['calm', 'calm', 'angry', 'calm'])).toEqual([
      { label: 'calm', start: 0, length: 2 },
      { label: 'angry', start: 2, length: 1 },
      { label: 'calm', start: 3, length: 1 },
    ]);
    expect(ribbonRuns([])).toEqual([]);
  });

  it('can be unrolled to what it was', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('calm', 'sad', 'unsure')), (labels) => {
        const unrolled = ribbonRuns(labels).flatMap(({ label, length }) =>
          Array.from({ length }, () => label),
        );
        expect(unrolled).toEqual(labels);
      }),
    );
  });
});

describe('the labels of equal parts', () => {
  const segments = [
    { start: 0, end: 70, label: 'calm' },
    { start: 70, end: 130, label: 'angry' },
    { start: 250, end: 400, label: 'sad' },
  ];

  it('are those that hold most of each part, and empty where nobody speaks', () => {
    expect(majorityLabels(segments, 0, 400, 4)).toEqual(['calm', 'angry', 'sad', 'sad']);
    expect(majorityLabels(segments, 130, 250, 2)).toEqual(['', '']);
  });

  it('count many short stretches together', () => {
    const short = [
      { start: 0, end: 3, label: 'sad' },
      { start: 3, end: 7, label: 'calm' },
      { start: 7, end: 10, label: 'sad' },
    ];
    expect(majorityLabels(short, 0, 10, 1)).toEqual(['sad']);
  });

  it('take no notice of what lies outside', () => {
    expect(majorityLabels(segments, 60, 80, 2)).toEqual(['calm', 'angry']);
  });
});
