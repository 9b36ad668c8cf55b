import { describe, expect, it } from 'vitest';
import type { Recording } from '#shared/domain/recording.ts';
import { allRecordings } from '#shared/domain/recording-query.ts';
import { chipsOf, facetsOf, toggled } from '../../../src/renderer/features/library/filters.ts';
import { mergeRecordings, news } from '../../../src/renderer/features/library/recordings.ts';
import { recoveryWords } from '../../../src/renderer/features/project/recovery-words.ts';
import { summarise } from '../../../src/renderer/features/inspector/summary.ts';

function recording(id: number, name: string): Recording {
  return {
    ...{ id, name, path: `/sounds/${name}`, addedAt: '', sound: null, ribbon: [], recorded: null },
    ...{ speaker: '', note: '', difficult: false, tags: [], missing: false },
    ...{ consent: 'not stated', source: '', licence: '', keepUntil: null },
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
});

it('a recording that is put back on the list is where it was', () => {
  const [first, second, third] = list;
  const present = [first, third].filter((each) => each !== undefined);
  const back = [second].filter((each) => each !== undefined);
  expect(mergeRecordings(present, back)).toEqual(list);
});

describe('what the list is narrowed down by', () => {
  const query = {
    ...allRecordings,
    labels: ['angry'],
    speakers: ['', 'Ada'],
    tags: ['pilot'],
    status: 'missing',
    unsure: 0.25,
  } as const;

  it('is a chip each, and taking all of them away leaves every recording', () => {
    const chips = chipsOf(query);
    expect(chips.map(({ words }) => words)).toEqual([
      'sounds angry',
      'no speaker',
      'Ada',
      '#pilot',
      'file not found',
      'unsure of 25\u00a0% or more',
    ]);
    let left: Parameters<typeof chipsOf>[0] = query;
    for (let [chip] = chipsOf(left); chip; [chip] = chipsOf(left)) {
      left = { ...left, ...chip.without };
    }
    expect(left).toEqual(allRecordings);
  });

  it('is on offer as the recordings have it', () => {
    const ada = { ...recording(1, 'a'), speaker: 'Ada', tags: ['b', 'a'] };
    const zoe = { ...recording(2, 'z'), speaker: 'Zoe', tags: ['a'] };
    expect(facetsOf([zoe, ada])).toEqual({ speakers: ['Ada', 'Zoe'], tags: ['a', 'b'] });
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
    expect(toggled(['b'], 'a')).toEqual(['b', 'a']);
  });
});

describe('what is said of a damaged project', () => {
  const report = {
    at: '2026-11-24T04:12:00.000Z',
    used: 'salvage',
    backupAt: null,
    recordings: 60,
    segments: 2900,
    lost: 100,
    historyLost: true,
    keptAs: 'project.damaged-2026-11-24T04-12-00.sqlite',
  } as const;

  it('tells what is there, what is not, and where the damaged file is', () => {
    expect(recoveryWords(report)).toEqual([
      'What could be read of it is here: 60\u00a0recordings and 2900\u00a0segments.',
      'Up to 100\u00a0entries could not be read.',
      'The history of edits begins anew.',
      'The damaged file is kept in the project folder as project.damaged-2026-11-24T04-12-00.sqlite.',
    ]);
  });

  it('does not hide that nothing was left', () => {
    const [first] = recoveryWords({ ...report, used: 'nothing', recordings: 0, segments: 0 });
    expect(first).toContain('the project is empty now');
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
    ...{ source: 'model' as const, annotator: '', model: 'm', tier: 'model', note: '' },
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
