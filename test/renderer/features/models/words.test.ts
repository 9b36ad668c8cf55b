import { describe, expect, it } from 'vitest';
import { nothingWithheld } from '#shared/domain/terms.ts';
import {
  changesWords,
  expectationWords,
  gainWords,
  labelNote,
  points,
  speakersWords,
  stageWords,
  verdictWords,
} from '../../../../src/renderer/features/models/words.ts';

const plain = (words: string): string => words.replaceAll('\u00a0', ' ');

const material = {
  corrections: 46,
  recordings: 3,
  withheld: nothingWithheld,
  labels: [],
  seconds: 20,
  expected: [
    { corrections: 8, gain: 0.04 },
    { corrections: 30, gain: 0.09 },
  ],
  speakers: [
    { speaker: 'Ada', count: 30 },
    { speaker: '', count: 16 },
  ],
};

describe('the words of retraining', () => {
  it('say how far a label is from enough', () => {
    expect(labelNote({ label: 'angry', count: 2, known: true })).toBe('');
    expect(labelNote({ label: 'bored', count: 8, known: false })).toBe('new, too few: 12 more');
    expect(labelNote({ label: 'bored', count: 20, known: false })).toBe('new');
  });

  it('say whose speech it is', () => {
    expect(plain(speakersWords(material))).toBe('From 3 recordings: Ada (30), not named (16).');
    const nobody = { ...material, recordings: 1, speakers: [{ speaker: '', count: 46 }] };
    expect(plain(speakersWords(nobody))).toBe('From 1 recording: speaker not named.');
  });

  it('promise no more than was measured', () => {
    expect(plain(expectationWords(material))).toContain('gained +9 points on average from 30');
    expect(expectationWords({ ...material, corrections: 7 })).toContain('measured before');
    expect(expectationWords({ ...material, expected: [] })).toContain('measured before');
  });

  it('say before and after with how sure that is', () => {
    const figures = (accuracy: number) => ({ uar: accuracy, accuracy });
    const compared = { clips: 12, before: figures(0.5), after: figures(0.75) };
    expect(plain(gainWords({ ...compared, gainInterval: [0.08, 0.42] }))).toBe(
      '+25 points (95 %: +8 to +42 points)',
    );
    expect(plain(gainWords({ ...compared, gainInterval: [-0.08, 0.42] }))).toContain('chance');
    expect(plain(points(-0.014))).toBe('−1 point');
    expect(plain(points(0))).toBe('±0 points');
  });

  it('say what becomes of what people said', () => {
    const verdicts = { confirmed: 12, stillRight: 11, corrected: 1, nowRight: 0 };
    expect(verdictWords(verdicts).map(plain)).toEqual([
      'People confirmed 12 labels of the model: 11 stay right, 1 becomes wrong.',
      'People corrected 1 label: 0 become right.',
    ]);
    expect(verdictWords({ ...verdicts, confirmed: 0, stillRight: 0, corrected: 0 })).toEqual([]);
  });

  it('say how much would change, and where that was looked for', () => {
    const verdicts = { confirmed: 0, stillRight: 0, corrected: 0, nowRight: 0 };
    const changes = { recordings: 2, of: 2, segments: 40, changed: 10, changes: [], verdicts };
    expect(plain(changesWords(changes))).toBe(
      '10 of 40 segments (25 %) in 2 recordings would be called something else.',
    );
    expect(plain(changesWords({ ...changes, of: 90 }))).toContain('in 2 of 90 recordings');
  });

  it('say what is being done', () => {
    const running = { kind: 'running', fraction: 0.5, secondsLeft: 3, losses: [] } as const;
    const trying = { ...running, stage: 'trying', epoch: 3, epochs: 13 } as const;
    expect(stageWords(trying)).toBe('Trying it on recordings held back, round 3 of 13');
    expect(stageWords({ ...running, stage: 'comparing', epoch: null, epochs: null })).toBe(
      'Hearing recordings again to compare',
    );
  });
});
