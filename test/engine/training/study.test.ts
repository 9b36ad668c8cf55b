import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus } from '#engine/training/corpora/open.ts';
import { loadPredictor } from '#engine/model/predict.ts';
import { addStudy } from '#engine/training/card/add-study.ts';
import { describeCard } from '#engine/training/card/card-text.ts';
import { crossValidate } from '#engine/training/crossval.ts';
import { evaluateModel } from '#engine/training/evaluate.ts';
import { studyAdaptation } from '#engine/training/study/adaptation.ts';
import { assemble } from '#engine/training/study/assemble.ts';
import { bandPass } from '#engine/training/study/biquad.ts';
import { foldsOf, type Fold } from '#engine/training/study/folds.ts';
import { studyNewLabels } from '#engine/training/study/new-labels.ts';
import { studyRobustness } from '#engine/training/study/robustness.ts';
import { addRoom } from '#engine/training/study/room.ts';
import { studyTimeline } from '#engine/training/study/timeline.ts';
import { tallyTimeline } from '#engine/training/study/timeline-score.ts';
import { createRandom } from '#engine/training/random.ts';
import type { TrainingTools } from '#engine/training/training-data.ts';
import { timelineSettings } from '#engine/timeline/settings.ts';
import { tinyRecipe, tinyTools } from './tiny.ts';

let tools: TrainingTools;
let folds: readonly Fold[] = [];
const corpus = await openCorpus('emodb', 'test/fixtures/emodb');

beforeAll(async () => {
  tools = await tinyTools();
  const record = join(await mkdtemp(join(tmpdir(), 'study-')), 'crossval.jsonl');
  const task = {
    corpora: [corpus],
    recipe: tinyRecipe,
    folds: 2,
    seeds: [1],
    split: 'speaker' as const,
    record,
  };
  folds = foldsOf(await crossValidate(task, tools), corpus.clips, record, 1);
});
afterAll(async () => {
  await tools.voiceActivity.dispose();
});

/** What a card says of a result, and of nothing else. */
async function onCard(result: object): Promise<string> {
  const predictor = await loadPredictor(folds[0]?.folder ?? '');
  const { card } = predictor;
  predictor.dispose();
  const bare = describeCard(card);
  const told = describeCard(addStudy(card, { recipe: tinyRecipe }, result));
  return told
    .split('\n')
    .filter((line) => !bare.includes(line))
    .join('\n');
}

function study(what: string, rows: unknown): object {
  return { kind: 'study', what, recipe: tinyRecipe, rows };
}

describe('worse sound', () => {
  it('is judged by networks that never heard the speaker; softer sound gets the same answers', async () => {
    const result = await studyRobustness(folds, tools);

    const { rows } = result;
    const told = await onCard(study('robustness', result));
    expect(told).toContain('## Worse sound');
    for (const { condition } of rows) expect(told).toContain(`| ${condition} |`);

    const of = (name: string) => rows.find(({ condition }) => condition === name);
    expect(rows.map(({ clips }) => clips)).toEqual(rows.map(() => 10));
    expect(of('20 dB softer')?.accuracy).toBe(of('as recorded')?.accuracy);
    expect(of('noise, 5 dB')?.accuracy).not.toBeNaN();
  });

  it('of a telephone has nothing outside its band', () => {
    const tone = (frequency: number) =>
      Float32Array.from({ length: 16_000 }, (_, i) =>
        Math.sin((2 * Math.PI * frequency * i) / 16_000),
      );
    const decibels = (sound: Float32Array) =>
      10 *
      Math.log10(sound.subarray(8000).reduce((sum, value) => sum + value * value, 0) / 8000 / 0.5);

    expect(decibels(bandPass(tone(1000), 300, 3400))).toBeCloseTo(0, 0);
    expect(decibels(bandPass(tone(75), 300, 3400))).toBeLessThan(-40);
    expect(decibels(bandPass(tone(300), 300, 3400))).toBeCloseTo(-3, 0);
  });

  it('of a room goes on after the speaker has stopped, and dies away', () => {
    const click = new Float32Array(16_000);
    click[0] = 1;
    const room = addRoom(click, 0.6, createRandom('room'));
    const energy = (from: number, to: number) =>
      room.subarray(from, to).reduce((sum, value) => sum + value * value, 0);

    expect(energy(0, 16_000)).toBeCloseTo(1, 1);
    expect(energy(6000, 8000)).toBeGreaterThan(0);
    expect(energy(800, 2400)).toBeGreaterThan(20 * energy(6400, 8000));
    expect(energy(9600, 16_000)).toBe(0);
  });
});

describe('a timeline', () => {
  it('is assembled with known pauses and judged in full', async () => {
    const assembled = await assemble(corpus.clips, tools.voiceActivity, 'one');
    const { truth, samples } = assembled;
    const gaps = truth.slice(1).map(({ start }, index) => start - (truth[index]?.end ?? 0));

    expect(truth).toHaveLength(10);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.3 * 16_000 - 1);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * 16_000);

    const perfect = truth.map((span) => ({ ...span, confidence: 1, probabilities: [] }));
    const tally = tallyTimeline(assembled, perfect);
    expect(tally.right).toBe(tally.speech);
    expect(tally.invented).toBe(0);
    expect(Math.max(...tally.boundaryErrors)).toBe(0);

    const [first] = truth;
    const onlyOne = [
      {
        start: 0,
        end: samples.length,
        label: first?.label ?? '',
        confidence: 1,
        probabilities: [],
      },
    ];
    expect(tallyTimeline(assembled, onlyOne).invented).toBe(tally.silence);
    expect(tallyTimeline(assembled, []).right).toBe(0);
  });

  it('is measured for each choice of settings', async () => {
    const choices = [1.5, 2.5].map((windowSeconds) => timelineSettings.parse({ windowSeconds }));

    const rows = await studyTimeline(folds, choices, tools);

    expect(rows.map(({ settings }) => settings.windowSeconds)).toEqual([1.5, 2.5]);
    expect(await onCard(study('timeline', rows))).toMatch(/\| 1\.5 s \|.*\n\| 2\.5 s \|/u);
    for (const row of rows) {
      expect(row.recordings).toBe(10);
      expect(row.right + row.unsure + row.missed).toBeLessThanOrEqual(1);
      expect(row.boundaryError).toBeLessThan(1);
    }
  });
});

describe('adaptation', () => {
  it('begins with what the network knew', async () => {
    const oneSpeaker = folds.slice(0, 1).map((fold) => ({
      ...fold,
      test: corpus.clips.map((clip) => ({ ...clip, speaker: 'emodb/one' })),
    }));

    const rows = await studyAdaptation(oneSpeaker, [0, 5], 1, tools);

    expect(rows.map(({ corrected }) => corrected)).toEqual([0, 5]);
    expect(await onCard(study('adaptation', rows))).toMatch(/\| 5 \| -?\d+\.\d \|/u);
    for (const { uar, others } of rows) {
      expect(uar).toBeGreaterThanOrEqual(0);
      expect(others).toBeLessThanOrEqual(1);
    }
    // It learns with the epochs of retraining, which a busy machine takes a minute for.
  }, 300_000);
});

describe('new labels', () => {
  it('are told apart after examples of other speakers, each speaker judged once', async () => {
    const clips = corpus.clips.map((clip) =>
      clip.label === 'sad' ? { ...clip, label: 'weary' } : clip,
    );
    const task = { modelFolder: folds[0]?.folder ?? '', clips, counts: [0, 1], folds: 2, seed: 1 };

    const { labels, rows } = await studyNewLabels(task, tools);

    expect(labels).toEqual([...new Set(clips.map(({ label }) => label))].sort());
    expect(rows.map(({ examples, clips: judged }) => [examples, judged])).toEqual([
      [0, 10],
      [1, 10],
    ]);
    // The model as it came has no such label.
    expect(rows[0]?.recall[labels.indexOf('weary')]).toBe(0);
    for (const { recall } of rows) expect(recall).toHaveLength(labels.length);
  }, 300_000);
});

describe('a card', () => {
  it('tells of another corpus, in place of what it told before', async () => {
    const predictor = await loadPredictor(folds[0]?.folder ?? '');
    const evaluation = await evaluateModel(
      corpus,
      { predictor, voiceActivity: tools.voiceActivity },
      { scope: 'clip' },
    );
    predictor.dispose();
    const { card } = predictor;

    const once = addStudy(card, undefined, evaluation);
    const twice = addStudy(once, undefined, evaluation);

    expect(once.studies?.otherCorpora).toMatchObject([{ corpus: 'emodb', clips: 10 }]);
    expect(twice).toEqual(once);
    expect(await onCard(evaluation)).toContain('| emodb | clip | 10 | 10 |');
  });

  it('takes nothing of another recipe', async () => {
    const other = { ...study('timeline', []), recipe: { ...tinyRecipe, epochs: 5 } };

    await expect(onCard(other)).rejects.toMatchObject({ code: 'model-invalid' });
    await expect(onCard({ ...study('timeline', []), kind: 'guess' })).rejects.toThrow();
  });
});
