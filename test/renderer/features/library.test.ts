import { describe, expect, it } from 'vitest';
import type { Recording } from '#shared/domain/recording.ts';
import {
  mergeRecordings,
  news,
  searchRecordings,
} from '../../../src/renderer/features/library/recordings.ts';
import { summarise } from '../../../src/renderer/features/inspector/summary.ts';

function recording(id: number, name: string): Recording {
  return {
    ...{ id, name, path: `/sounds/${name}`, addedAt: '', sound: null, ribbon: [] },
    status: { kind: 'queued' },
  };
}

const list = [recording(1, 'Größe.wav'), recording(2, 'interview 7.mp3'), recording(3, 'b.wav')];

describe('the list of recordings', () => {
  it('takes changes in place and appends what is new', () => {
    const changed = [recording(4, 'new.wav'), recording(2, 'renamed.mp3')];
    expect(mergeRecordings(list, changed).map(({ name }) => name)).toEqual([
      'Größe.wav',
      'renamed.mp3',
      'b.wav',
      'new.wav',
    ]);
  });

  it.each([
    ['', 3],
    ['  ', 3],
    ['WAV', 2],
    ['grosse', 0],
    ['große', 1],
    ['grö', 1],
    ['7 inter', 1],
    ['7 wav', 0],
  ])('searched for "%s" has %i', (query, found) => {
    expect(searchRecordings(list, query)).toHaveLength(found);
  });
});

describe('the news', () => {
  it('are what came to an end, not what merely went on or had ended before', () => {
    const done = (id: number, name: string): Recording => ({
      ...recording(id, name),
      status: { kind: 'ready' },
    });
    const present = [recording(1, 'a.wav'), recording(2, 'b.wav'), done(3, 'c.wav')];
    expect(news(present, [done(1, 'a.wav'), recording(2, 'b.wav'), done(3, 'c.wav')])).toBe(
      'a.wav is analysed.',
    );
    expect(news(present, [recording(2, 'b.wav')])).toBe('');
  });
});

describe('the summary of a recording', () => {
  const segment = (start: number, end: number, label: string) => ({
    ...{ id: start, recordingId: 1, start, end, label, confidence: 1, probabilities: [] },
    ...{ source: 'model' as const, annotator: '', model: 'm' },
  });

  it('shares out the speech, silence aside', () => {
    const segments = [
      segment(0, 100, 'calm'),
      segment(100, 700, 'no speech'),
      segment(700, 900, 'angry'),
      segment(900, 1000, 'unsure'),
    ];
    expect(summarise(segments, ['calm', 'angry', 'sad'], 100)).toEqual({
      speechSeconds: 4,
      shares: [
        { label: 'calm', seconds: 1, share: 0.25 },
        { label: 'angry', seconds: 2, share: 0.5 },
        { label: 'sad', seconds: 0, share: 0 },
        { label: 'unsure', seconds: 1, share: 0.25 },
      ],
    });
  });

  it('of silence has no shares, not impossible ones', () => {
    const { speechSeconds, shares } = summarise([segment(0, 10, 'no speech')], ['calm'], 100);
    expect(speechSeconds).toBe(0);
    expect(shares.every(({ share }) => share === 0)).toBe(true);
  });
});
