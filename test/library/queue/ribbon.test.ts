import { describe, expect, it } from 'vitest';
import { makeRibbon } from '#library/queue/ribbon.ts';
import type { ProposedSegment } from '#shared/domain/segment.ts';

const segment = (start: number, end: number, label: string): ProposedSegment => ({
  start,
  end,
  label,
  confidence: 1,
  probabilities: [],
});

describe('makeRibbon', () => {
  it('gives each stretch the label that most of it has', () => {
    const ribbon = makeRibbon([segment(0, 700, 'sad'), segment(700, 4800, 'happy')], 4800);
    expect(ribbon).toHaveLength(48);
    expect(ribbon.slice(0, 8)).toEqual([...Array<string>(7).fill('sad'), 'happy']);
    expect(new Set(ribbon.slice(8))).toEqual(new Set(['happy']));
  });

  it('adds up what several segments of a label have in a stretch', () => {
    const ribbon = makeRibbon(
      [segment(0, 30, 'sad'), segment(30, 70, 'happy'), segment(70, 100, 'sad')],
      4800,
    );
    expect(ribbon[0]).toBe('sad');
  });

  it('shows the speech in a stretch that is mostly silence, and none where there is hardly any', () => {
    expect(new Set(makeRibbon([], 4800))).toEqual(new Set(['no speech']));
    const pause = segment(30, 100, 'no speech');
    expect(makeRibbon([segment(0, 30, 'sad'), pause], 4800)[0]).toBe('sad');
    expect(makeRibbon([segment(0, 9, 'sad')], 4800)[0]).toBe('no speech');
  });

  it('is empty for a recording without sound', () => {
    expect(makeRibbon([], 0)).toEqual([]);
  });

  it('finds its way in a recording shorter than it is long', () => {
    expect(new Set(makeRibbon([segment(0, 3, 'sad')], 3))).toEqual(new Set(['sad']));
  });
});
