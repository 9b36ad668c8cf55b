import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyseRecording, type RecordingAnalysis } from '#engine/analysis/analyse.ts';
import { createMonoStream } from '#engine/audio/resample.ts';
import { createVoiceActivity, type VoiceActivity } from '#engine/audio/voice-activity.ts';
import { createFeatureStream } from '#engine/features/extract.ts';
import { sampleRate } from '#engine/features/frames.ts';
import { rawLayout } from '#engine/features/layout.ts';
import { stack } from '#engine/features/matrix.ts';
import { measureProfile } from '#engine/features/profile.ts';
import { speechRows } from '#engine/features/speech.ts';
import { createLiveAnalysis } from '#engine/live/live-analysis.ts';
import { createWindowJudge } from '#engine/live/window-judge.ts';
import { loadPredictor, type Predictor } from '#engine/model/predict.ts';
import { speechStretches } from '#engine/timeline/stretches.ts';
import type { SoundShape } from '#shared/contract/live.ts';
import { join32 } from '#shared/domain/float32.ts';
import { conversation } from '../../support/conversation.ts';
import { makeWav } from '../../support/make-wav.ts';
import { shippedModel } from '../../support/shipped-model.ts';
import { whiteNoise } from '../../support/sound.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-'));
let predictor: Predictor;
let voiceActivity: VoiceActivity;
beforeAll(async () => {
  [predictor, voiceActivity] = await Promise.all([
    loadPredictor(shippedModel),
    createVoiceActivity(),
  ]);
});
afterAll(async () => {
  predictor.dispose();
  await voiceActivity.dispose();
  rmSync(folder, { recursive: true });
});

const talk = conversation([0.8, 0.5, 1.2, 2, 0.4, 1, 0.3, 0.7, 1.1]);

/** As a microphone gives it: at a rate of its own, the same on both channels, in 16 bits. */
const shape: SoundShape = { sampleRate: 48_000, channels: 2 };
const heard = Float32Array.from(
  { length: 6 * talk.samples.length },
  (_, at) => Math.round(32_768 * (talk.samples[Math.floor(at / 6)] ?? 0)) / 32_768,
);

function* pieces(samples: Float32Array, length: number): Generator<Float32Array> {
  for (let at = 0; at < samples.length; at += length) yield samples.subarray(at, at + length);
}

interface Listened {
  /** One row a cell, as it was told last. */
  readonly cells: readonly (readonly number[])[];
  readonly speech: readonly number[];
  readonly firstChanges: readonly number[];
}

async function listen(samples: Float32Array, piece: number): Promise<Listened> {
  const live = await createLiveAnalysis({ predictor, voiceActivity }, shape);
  const cells: (readonly number[])[] = [];
  const speech: number[] = [];
  const firstChanges: number[] = [];
  for (const part of pieces(samples, piece)) {
    const told = await live.push(part);
    const labels = told.labels.length;
    firstChanges.push(told.heardSeconds - told.first * told.hopSeconds);
    told.speech.forEach((share, index) => {
      speech[told.first + index] = share;
      cells[told.first + index] = [
        ...told.probabilities.subarray(index * labels, (index + 1) * labels),
      ];
    });
  }
  live.dispose();
  return { cells, speech, firstChanges };
}

async function analyseFile(): Promise<RecordingAnalysis> {
  const path = join(folder, 'recording.wav');
  const plane = heard.filter((_, at) => at % 2 === 0);
  writeFileSync(path, makeWav([plane, plane], { format: 's16', sampleRate: 48_000 }));
  const ignored = { signal: new AbortController().signal, report: () => undefined };
  return analyseRecording(path, { predictor, voiceActivity, scratchFolder: folder }, ignored);
}

describe('listening to sound that has no end yet', () => {
  it('finds speech where the analysis of the file finds it', async () => {
    const { track } = await analyseFile();
    const { speech } = await listen(heard, 9600);
    const differing = [...track.speech].filter(
      (share, cell) => Math.abs(share - (speech[cell] ?? 0)) > 0.2,
    );
    expect(differing.length).toBeLessThanOrEqual(0.05 * track.cells);
    for (const [cell, share] of track.speech.entries()) {
      if (share > 0.5 || share === 0) expect((speech[cell] ?? 0) > 0.1).toBe(share > 0.5);
    }
  });

  it('tells nearly the same in whatever pieces the sound comes', async () => {
    const [fine, coarse] = [await listen(heard, 4800), await listen(heard, 19_200)];
    const spoken = fine.cells.flatMap((row, cell) =>
      (fine.speech[cell] ?? 0) > 0.5 && cell > 20 ? [distance(row, coarse.cells[cell] ?? [])] : [],
    );
    expect(spoken.length).toBeGreaterThan(10);
    expect(median(spoken)).toBeLessThan(0.03);
  });

  it('does not go back to cells that are settled', async () => {
    const { firstChanges } = await listen(heard, 9600);
    expect(Math.max(...firstChanges)).toBeLessThan(3);
  });

  it.each([
    ['silence', new Float32Array(6 * 48_000)],
    ['noise', whiteNoise(6 * 48_000, 0.02)],
  ])('gives no emotion to %s', async (_, samples) => {
    const { cells } = await listen(samples, 9600);
    expect(cells.length).toBeGreaterThan(4);
    expect(cells.flat().every((value) => value === 0)).toBe(true);
  });
});

describe('the live path, once the whole recording is known', () => {
  it('gives the track that the analysis of the file gives, within 1e-3', async () => {
    const { features, timeline, labels } = predictor.card;
    const mono = createMonoStream(shape, sampleRate);
    const stream = await createFeatureStream(features);
    const voice = voiceActivity.stream();
    const rows = [];
    const probabilities = [];
    let samples = 0;
    for (const part of pieces(heard, 9600)) {
      const sound = mono.push(part);
      samples += sound.length;
      rows.push(stream.push(sound));
      probabilities.push(await voice.push(sound));
    }
    rows.push(stream.finish());
    probabilities.push(await voice.finish());
    mono.free();
    const raw = stack(rows, rawLayout(features).columns);
    const stretches = speechStretches({
      ...{ probabilities: join32(probabilities), chunk: 512, samples, sampleRate },
    });
    const speech = speechRows(stretches, raw.rows, features.stride);
    const judge = createWindowJudge(predictor);
    const hop = timeline.hopSeconds * sampleRate;
    const window = timeline.windowSeconds * sampleRate;
    const profile = measureProfile(features, [{ raw, speech }]);
    const judged = await judge(
      { rows: raw, stretches, grid: { hop, window, samples }, profile },
      0,
      0,
    );

    const { track } = await analyseFile();
    // The file's last few milliseconds are still in the filter of the microphone's sound.
    const cells = judged.speech.length;
    expect(track.cells - cells).toBeLessThanOrEqual(1);
    expect(
      distance(judged.probabilities, track.probabilities.subarray(0, cells * labels.length)),
    ).toBeLessThan(1e-3);
    expect(judged.speech.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(10);
  });
});

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce(
    (most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? 9))),
    0,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
