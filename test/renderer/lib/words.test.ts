import { describe, expect, it } from 'vitest';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Recording } from '#shared/domain/recording.ts';
import {
  count,
  decibels,
  duration,
  kilohertz,
  labelHeading,
  percent,
  spokenSegment,
  statusWords,
  timeLeft,
} from '../../../src/renderer/lib/words.ts';

/** Spaces that do not break look like any other in a test. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('words', () => {
  it.each([
    ['angry', 'angry 62 %, 0:01.00 to 1:00.50'],
    ['unsure', 'unsure 62 %, 0:01.00 to 1:00.50'],
    ['no speech', 'no speech, 0:01.00 to 1:00.50'],
  ])('say a segment that is called %s', (label, words) => {
    const segment = { start: 16_000, end: 968_000, label, confidence: 0.617, probabilities: [] };
    expect(plain(spokenSegment(segment, 16_000))).toBe(words);
  });

  it.each([
    [0.34, '0.3 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min 00 s'],
    [185.4, '3 min 05 s'],
    [3599.6, '1 h 00 min'],
    [7440, '2 h 04 min'],
  ])('%f s is %s', (seconds, words) => {
    expect(plain(duration(seconds))).toBe(words);
  });

  it.each([
    [null, ''],
    [1, 'almost done'],
    [3, 'about 5 s left'],
    [42, 'about 40 s left'],
    [55, 'about 1 min left'],
    [100, 'about 2 min left'],
    [5400, 'about 2 h left'],
  ])('%f s to go is "%s"', (seconds, words) => {
    expect(plain(timeLeft(seconds))).toBe(words);
  });

  it('head what is said of a label', () => {
    expect(['disgust', 'no speech', 'Ärger', ''].map(labelHeading)).toEqual([
      'Disgust',
      'No speech',
      'Ärger',
      '',
    ]);
  });

  it('count, and measure', () => {
    expect([count(1, 'row'), count(0, 'row')].map(plain)).toEqual(['1 row', '0 rows']);
    expect([percent(0.005), percent(1)].map(plain)).toEqual(['1 %', '100 %']);
    expect([kilohertz(44_100), kilohertz(16_000)].map(plain)).toEqual(['44.1 kHz', '16 kHz']);
    expect([-23.42, -0.01, -Infinity].map(decibels).map(plain)).toEqual([
      '−23.4 dB',
      '0.0 dB',
      '−∞ dB',
    ]);
  });

  const recording: Recording = {
    id: 1,
    name: 'talk.mp3',
    path: '/home/ana/talk.mp3',
    addedAt: '2026-11-22T12:00:00Z',
    sound: null,
    status: { kind: 'queued' },
    ribbon: [],
    recorded: null,
    speaker: '',
    note: '',
    difficult: false,
    tags: [],
    ...{ consent: 'not stated', source: '', licence: '', keepUntil: null },
    missing: false,
  };

  it('say how far an analysis is', () => {
    const working = { kind: 'working', stage: 'analysing', fraction: 0.43 } as const;
    const words = (secondsLeft: number | null): string =>
      plain(statusWords({ ...recording, status: { ...working, secondsLeft } }));
    expect(words(100)).toBe('analysing 43 %, about 2 min left');
    expect(words(null)).toBe('analysing 43 %');
  });

  it.each([
    ['file-empty', 'is empty.'],
    ['file-missing', 'There is no file at talk.mp3.'],
  ] as const)('say why a file failed without its folder: %s', (code, words) => {
    const { message, hint } = new UndertoneError(code, { subject: recording.path });
    const status = { kind: 'failed', error: { code, message, hint } } as const;
    expect(statusWords({ ...recording, status })).toBe(words);
  });
});
