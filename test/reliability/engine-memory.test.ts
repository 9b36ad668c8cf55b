import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { analyseRecording } from '#engine/analysis/analyse.ts';
import { createVoiceActivity, type VoiceActivity } from '#engine/audio/voice-activity.ts';
import { tf } from '#engine/model/backend.ts';
import { loadPredictor } from '#engine/model/predict.ts';
import { openCorpus } from '#engine/training/corpora/open.ts';
import { finetuneModel } from '#engine/training/finetune/finetune.ts';
import { trainModel } from '#engine/training/train.ts';
import { tinyRecipe, tinyTools } from '../engine/training/tiny.ts';
import { conversation } from '../support/conversation.ts';
import { makeWav } from '../support/make-wav.ts';
import { shippedModel } from '../support/shipped-model.ts';
import { counts, tell } from './support/counts.ts';
import { slopeAfterWarmUp } from './support/slope.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertone-memory-'));
const megabyte = 2 ** 20;
let voiceActivity: VoiceActivity;

beforeAll(async () => {
  voiceActivity = await createVoiceActivity();
});
afterAll(async () => {
  await voiceActivity.dispose();
  rmSync(folder, { recursive: true });
});

const held = (): readonly number[] => [tf.memory().numTensors, tf.backend().numDataIds()];

it('holds after each analysis, also a cancelled one, the tensors that it held before', async (context) => {
  const runs = counts(200, 2_000);
  const path = join(folder, 'talk.wav');
  const { samples } = conversation([0.5, 0.5, 0.5]);
  writeFileSync(path, makeWav([samples], { format: 's16', sampleRate: 16_000 }));
  const predictor = await loadPredictor(shippedModel);
  const tools = { predictor, voiceActivity, scratchFolder: folder };
  const before = held();
  const memory: number[] = [];
  let cancelled = 0;
  for (let run = 0; run < runs; run += 1) {
    const controller = new AbortController();
    // Three of ten are given up somewhere on the way.
    const report = (): void => {
      if (run % 10 < 3) controller.abort();
    };
    await analyseRecording(path, tools, { signal: controller.signal, report }).catch(() => {
      cancelled += 1;
    });
    expect(held()).toEqual(before);
    memory.push(process.memoryUsage().rss / megabyte);
  }
  predictor.dispose();
  expect(cancelled).toBeGreaterThan(0);
  expect(cancelled).toBeLessThan(runs / 2);
  const slope = 100 * slopeAfterWarmUp(memory);
  // Below that many runs garbage collection has more to say than leaks.
  if (runs >= 1_000) expect(slope).toBeLessThan(1);
  tell(
    context,
    `${runs} analyses, ${cancelled} of them cancelled: no tensor more; ${slope.toFixed(2)} MB more in 100`,
  );
});

it('holds after each retraining the tensors that it held before', async (context) => {
  const runs = counts(5, 50);
  const tools = await tinyTools();
  const corpus = await openCorpus('emodb', 'test/fixtures/emodb');
  const base = join(folder, 'base');
  await trainModel({ corpora: [corpus], recipe: tinyRecipe, seed: 1, out: base }, tools);
  const corrections = corpus.clips.map(({ path, label }) => ({
    ...{ path, start: 0, end: 60, label, speaker: '' },
  }));
  const before = held();
  const memory: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const out = join(folder, `version-${run}`);
    await finetuneModel({ modelFolder: base, out, corrections, seed: run }, tools);
    expect(held()).toEqual(before);
    memory.push(process.memoryUsage().rss / megabyte);
  }
  await tools.voiceActivity.dispose();
  tell(
    context,
    `${runs} retrainings: no tensor more; ${slopeAfterWarmUp(memory).toFixed(2)} MB more each`,
  );
});
