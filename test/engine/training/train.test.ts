import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  classifyClips,
  scopes,
  type ClassifyTools,
  type ClipOutcome,
} from '#engine/clips/classify.ts';
import { loadPredictor } from '#engine/model/predict.ts';
import { openCorpus } from '#engine/training/corpora/open.ts';
import type { Corpus } from '#engine/training/corpora/clip.ts';
import { crossValidate, type CrossvalTask } from '#engine/training/crossval.ts';
import { evaluateModel } from '#engine/training/evaluate.ts';
import { foldModelFolder } from '#engine/training/fold-model.ts';
import { trainModel } from '#engine/training/train.ts';
import type { TrainingTools } from '#engine/training/training-data.ts';
import { tinyRecipe, tinyTools } from './tiny.ts';

let training: TrainingTools;
let corpus: Corpus;
let out = '';
let tools: ClassifyTools;

beforeAll(async () => {
  training = await tinyTools();
  corpus = await openCorpus('emodb', 'test/fixtures/emodb');
  out = join(await mkdtemp(join(tmpdir(), 'trained-')), 'tiny');
  const measured = await crossValidate(await crossval(), training);
  await trainModel({ corpora: [corpus], recipe: tinyRecipe, seed: 1, out, measured }, training);
  tools = { predictor: await loadPredictor(out), voiceActivity: training.voiceActivity };
});
afterAll(() => {
  tools.predictor.dispose();
});

describe('a trained model', () => {
  it('has a card with what was measured, how, and under which licence', async () => {
    const { card } = tools.predictor;
    const text = await readFile(join(out, 'CARD.md'), 'utf8');

    expect(card.id).toBe('tiny');
    expect(card.licence).toContain('CC0');
    expect(card.protocol).toContain('speaker-disjoint cross-validation');
    expect(card.corpus).toContain('10 clips of 10 speakers');
    expect(card.temperature).not.toBe(1);
    expect(text).toContain(card.licence);
    expect(text).toContain(`| ${(card.scores.clip.accuracy.mean * 100).toFixed(1)} % |`);
    expect(card.scores.clip.uarInterval?.[0]).toBeLessThanOrEqual(card.scores.clip.uar.mean);
    expect(card.scores.speaker?.uar.spread).toBeNull();
    expect(text).toContain('Normalised per speaker');
    expect(text).toMatch(/Found least often, normalised per clip: \w+ \(/u);
    const [, figure = ''] = /!\[[^\]]+\]\((.+)\)/u.exec(text) ?? [];
    const drawn = await readFile(join(out, figure), 'utf8');
    expect(drawn).toContain('Reliability');
    expect(drawn).not.toContain('NaN');
  });

  it('never takes the place of another', async () => {
    const again = trainModel({ corpora: [corpus], recipe: tinyRecipe, seed: 1, out }, training);

    await expect(again).rejects.toMatchObject({ code: 'model-exists' });
  });

  it.each(scopes)('is evaluated by what classify says, normalised per %s', async (scope) => {
    const evaluation = await evaluateModel(corpus, tools, { scope });

    const outcomes: ClipOutcome[] = [];
    // Each speaker has one clip here.
    for (const { path } of corpus.clips) {
      outcomes.push(...(await classifyClips([path], tools, { scope })));
    }
    const right = corpus.clips.filter(({ label }, index) => {
      const outcome = outcomes[index];
      return outcome?.kind === 'classified' && outcome.answer.label === label;
    });
    expect(evaluation.scores.accuracy).toBeCloseTo(right.length / 10);
    expect(evaluation.scores.clips).toBe(10);
    // The very clips that it was trained on are known by their sound.
    expect(tools.predictor.card.corpus).toContain(evaluation.data.hash.slice(0, 16));
    expect(evaluation.data.clips).toBe(10);
    expect(evaluation.code).not.toBe('');
    expect(evaluation.leftOut).toEqual({});
  });

  it('is evaluated on chosen speakers, and on labels that it knows', async () => {
    const renamed = corpus.clips.map((clip) =>
      clip.label === 'boredom' ? { ...clip, label: 'pride' } : clip,
    );

    const evaluation = await evaluateModel({ ...corpus, clips: renamed }, tools, {
      scope: 'clip',
      speakers: ['03', '15', '16'],
    });

    expect(evaluation.leftOut).toEqual({ pride: 1 });
    expect(evaluation.speakers).toEqual(['03', '16']);
    await expect(evaluateModel(corpus, tools, { scope: 'clip', speakers: ['99'] })).rejects.toThrow(
      /no speaker 99/u,
    );
  });
});

describe('classifying clips', () => {
  it('makes speech of a speaker equal over all clips given, where asked to', async () => {
    const paths = corpus.clips.slice(0, 3).map(({ path }) => path);
    const [clip, speaker] = [
      await classifyClips(paths, tools, { scope: 'clip' }),
      await classifyClips(paths, tools, { scope: 'speaker' }),
    ];

    expect(probabilities(clip)).not.toEqual(probabilities(speaker));
    for (const row of probabilities(speaker)) {
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1);
    }
  });

  it('goes on after a file that is no recording', async () => {
    const [path = ''] = corpus.clips.map((clip) => clip.path);
    const outcomes = await classifyClips(['package.json', path], tools, { scope: 'speaker' });

    expect(outcomes).toMatchObject([
      { kind: 'failed', path: 'package.json', error: { code: 'not-audio' } },
      { kind: 'classified', path },
    ]);
  });
});

describe('cross-validation', () => {
  it('goes on where it was stopped, with the same outcome', async () => {
    const task = await crossval();
    const stopping = new AbortController();
    const stopped = crossValidate(
      {
        ...task,
        onProgress: (progress) => {
          if (progress.kind === 'training' && progress.run === 2) stopping.abort();
        },
      },
      { ...training, signal: stopping.signal },
    );
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    const trained: number[] = [];

    const resumed = await crossValidate(
      {
        ...task,
        onProgress: (progress) => {
          if (progress.kind === 'training') trained.push(progress.run);
        },
      },
      training,
    );

    expect(new Set(trained)).toEqual(new Set([2]));
    const whole = await crossValidate(await crossval(), training);
    expect(resumed.summary).toEqual(whole.summary);
    expect(whole.runs.flatMap(({ testSpeakers }) => testSpeakers)).toHaveLength(10);
  });

  it('keeps the network of each run, whose card names only whom it heard', async () => {
    const task = await crossval();
    const { runs } = await crossValidate(task, training);

    for (const run of runs) {
      const predictor = await loadPredictor(foldModelFolder(task.record, run));
      expect(predictor.card.temperature).toBe(run.temperature);
      const heard = /of \d+ speakers \((.*?)\)/.exec(predictor.card.corpus)?.[1]?.split(', ') ?? [];
      const tested = run.testSpeakers.map((speaker) => speaker.replace('emodb/', ''));
      expect(heard).toHaveLength(10 - tested.length);
      expect(heard.filter((speaker) => tested.includes(speaker))).toEqual([]);
      predictor.dispose();
    }
  });

  it('does only the folds that are asked for, each as among the others', async () => {
    const all = await crossValidate(await crossval(), training);

    const one = await crossValidate({ ...(await crossval()), onlyFolds: [1] }, training);

    expect(one.runs.map(({ fold }) => fold)).toEqual([1]);
    expect(one.runs[0]?.scores).toEqual(all.runs[1]?.scores);
    expect(one.summary.clip.byFold).toEqual([all.summary.clip.byFold[1]]);
  });

  it('gives in several processes what it gives in one', async () => {
    const one = await crossValidate(await crossval(), training);
    const runs: number[] = [];
    const heard: number[] = [];

    const two = await crossValidate(
      {
        ...(await crossval()),
        jobs: 2,
        onProgress: (progress) => {
          if (progress.kind === 'training') runs.push(progress.runs);
          else heard.push(progress.done / progress.of);
        },
      },
      // Nothing is heard yet, so the processes hear it.
      { ...training, cacheFolder: await mkdtemp(join(tmpdir(), 'features-')) },
    );

    expect(heard.length).toBe(corpus.clips.length);
    expect(heard.at(-1)).toBe(1);
    expect(runs.length).toBeGreaterThan(0);
    expect(new Set(runs)).toEqual(new Set([2]));
    two.runs.forEach((run, fold) => {
      // One thread adds up in another order than two.
      expect(run.temperature).toBeCloseTo(one.runs[fold]?.temperature ?? 0, 3);
      expect(run.testSpeakers).toEqual(one.runs[fold]?.testSpeakers);
    });
  });

  it('ends its processes when it is cancelled', async () => {
    const stopping = new AbortController();
    const cancelled = crossValidate(
      {
        ...(await crossval()),
        jobs: 2,
        onProgress: ({ kind }) => {
          if (kind === 'training') stopping.abort();
        },
      },
      { ...training, signal: stopping.signal },
    );

    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is refused where a recording would be on both sides', async () => {
    const twins = corpus.clips.map((clip) => ({ ...clip, group: 'one recording' }));
    const leaking = { ...(await crossval()), corpora: [{ ...corpus, clips: twins }] };

    await expect(crossValidate(leaking, training)).rejects.toMatchObject({ code: 'split-leaks' });
  });
});

async function crossval(): Promise<CrossvalTask> {
  const folder = await mkdtemp(join(tmpdir(), 'crossval-'));
  return {
    corpora: [corpus],
    recipe: tinyRecipe,
    folds: 2,
    seeds: [1],
    split: 'speaker',
    record: join(folder, 'runs.jsonl'),
  };
}

function probabilities(outcomes: readonly ClipOutcome[]): readonly Float32Array[] {
  return outcomes.flatMap((outcome) =>
    outcome.kind === 'classified' ? (outcome.answer.probabilities ?? []) : [],
  );
}
