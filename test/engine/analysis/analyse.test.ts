import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyseRecording, type RecordingAnalysis } from '#engine/analysis/analyse.ts';
import { createVoiceActivity, type VoiceActivity } from '#engine/audio/voice-activity.ts';
import { loadPredictor, type Predictor } from '#engine/model/predict.ts';
import { isEmotion, noSpeech } from '#shared/domain/label.ts';
import { cellProbabilities } from '#shared/domain/track.ts';
import { conversation, emotionInSilence } from '../../support/conversation.ts';
import { makeWav, type WavShape } from '../../support/make-wav.ts';
import { shippedModel } from '../../support/shipped-model.ts';
import { quantised, whiteNoise } from '../../support/sound.ts';

const folder = mkdtempSync(join(tmpdir(), 'analysis-'));
const plain: WavShape = { format: 's16', sampleRate: 16_000 };
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

const talk = conversation([0.8, 0.5, 1.2, 2, 0.4, 1]);
const ignored = { signal: new AbortController().signal, report: () => undefined };

async function analyse(planes: readonly Float32Array[], shape = plain): Promise<RecordingAnalysis> {
  const path = join(folder, 'recording.wav');
  writeFileSync(path, makeWav(planes, shape));
  return analyseRecording(path, { predictor, voiceActivity, scratchFolder: folder }, ignored);
}

/** Tiling, probabilities and sizes: what holds of every analysis. */
function expectSound({ track, segments, samples }: RecordingAnalysis): void {
  let reached = 0;
  for (const { start, end, label, probabilities } of segments) {
    expect(start).toBe(reached);
    expect(end).toBeGreaterThan(start);
    const sum = probabilities.reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo(label === noSpeech ? 0 : 1, 4);
    reached = end;
  }
  expect(reached).toBe(samples);
  for (let cell = 0; cell < track.cells; cell += 1) {
    const sum = cellProbabilities(track, cell).reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo((track.speech[cell] ?? 0) > 0 ? 1 : 0, 4);
  }
}

describe('an analysis', () => {
  it('finds speech where there is speech and gives no emotion to silence', async () => {
    const analysis = await analyse([talk.samples]);
    expectSound(analysis);
    expect(analysis.track.labels).toEqual(predictor.card.labels);
    expect(emotionInSilence(talk, analysis.segments)).toBeLessThan(0.02);
    for (const { start, end } of talk.spoken) {
      const middle = (start + end) / 2;
      const heard = analysis.segments.find(
        (segment) => segment.start <= middle && middle < segment.end,
      );
      expect(heard?.label).not.toBe(noSpeech);
    }
  });

  it('gives the same labels to the same speech 20 dB quieter', async () => {
    const loud = await analyse([talk.samples]);
    const quiet = await analyse([quantised(talk.samples, 0.1)]);
    expect(quiet.segments.map(({ label }) => label)).toEqual(
      loud.segments.map(({ label }) => label),
    );
    for (const [index, { start, probabilities }] of quiet.segments.entries()) {
      expect(Math.abs(start - (loud.segments[index]?.start ?? 0))).toBeLessThan(0.1 * 16_000);
      for (const [label, value] of probabilities.entries()) {
        // Not the same, for 16 bits are coarser for softer sound.
        expect(Math.abs(value - (loud.segments[index]?.probabilities[label] ?? 0))).toBeLessThan(
          0.1,
        );
      }
    }
  });

  it('gives the same answers to speech 20 dB quieter that loses nothing by it', async () => {
    const loud = await analyse([talk.samples]);
    const quiet = await analyse([talk.samples.map((sample) => 0.1 * sample)], {
      ...plain,
      format: 'f32',
    });
    const values = ({ segments }: RecordingAnalysis): readonly number[] =>
      segments.flatMap(({ probabilities }) => [...probabilities]);
    expect(quiet.segments.map(({ label, start }) => [label, start])).toEqual(
      loud.segments.map(({ label, start }) => [label, start]),
    );
    for (const [index, value] of values(quiet).entries()) {
      expect(value).toBeCloseTo(values(loud)[index] ?? NaN, 4);
    }
  });

  it('counts in samples of the recording, whatever its rate and channels', async () => {
    const upsampled = Float32Array.from(
      { length: talk.samples.length * 3 },
      (_, index) => talk.samples[Math.floor(index / 3)] ?? 0,
    );
    const mono = await analyse([talk.samples]);
    const stereo = await analyse([upsampled, upsampled], { format: 's24', sampleRate: 48_000 });
    expectSound(stereo);
    expect(stereo.samples).toBe(3 * mono.samples);
    expect(stereo.sampleRate).toBe(48_000);
    const seconds = ({ segments, sampleRate }: RecordingAnalysis): number[] =>
      segments.map(({ start }) => Math.round((10 * start) / sampleRate));
    expect(seconds(stereo)).toEqual(seconds(mono));
  });

  it.each([
    ['silence', new Float32Array(48_000)],
    ['noise', whiteNoise(48_000, 0.02)],
    ['a click of 0.2 s', whiteNoise(3_200, 0.001)],
    ['half a frame', new Float32Array(200)],
  ])('says "no speech" of %s', async (_, samples) => {
    const analysis = await analyse([samples]);
    expectSound(analysis);
    expect(analysis.segments.filter(({ label }) => isEmotion(label))).toEqual([]);
  });

  it('ends at once when it is cancelled, and leaves nothing behind', async () => {
    const controller = new AbortController();
    const path = join(folder, 'cancelled.wav');
    writeFileSync(path, makeWav([talk.samples], plain));
    const before = readdirSync(folder);
    const running = analyseRecording(
      path,
      { predictor, voiceActivity, scratchFolder: folder },
      {
        signal: controller.signal,
        report: () => {
          controller.abort();
        },
      },
    );
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(folder)).toEqual(before);
  });
});
