import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, expect, it } from 'vitest';
import { toProfile } from '#engine/analysis/speaker-profile.ts';
import { createVoiceActivity } from '#engine/audio/voice-activity.ts';
import { answerOf, classifyClips } from '#engine/clips/classify.ts';
import { hearClip, speechFeatures } from '#engine/clips/hear-clip.ts';
import { modelInput } from '#engine/features/model-input.ts';
import { measureProfile } from '#engine/features/profile.ts';
import { loadPredictor } from '#engine/model/predict.ts';
import { createEngine } from '#engine/start.ts';
import { engineContract, type Analysis } from '#shared/contract/engine.ts';
import type { SpeakerProfile } from '#shared/domain/speaker-profile.ts';
import { connect } from '#shared/rpc/connect.ts';
import { nodePort } from '../../shared/rpc/node-port.ts';
import { shippedModel } from '../../support/shipped-model.ts';

const paths = ['03a04Fd', '11a02Nc'].map((name) => `test/fixtures/emodb/${name}.wav`);
const [first = ''] = paths;
const cacheFolder = mkdtempSync(join(tmpdir(), 'speaker-'));
const where = { modelFolder: shippedModel, cacheFolder };
const bugs: unknown[] = [];
const engine = createEngine((bug) => bugs.push(bug));
const channel = new MessageChannel();
engine.serve(nodePort(channel.port1));
const client = connect(nodePort(channel.port2), engineContract);
const predictor = await loadPredictor(shippedModel);
const voiceActivity = await createVoiceActivity();

afterAll(async () => {
  client.close();
  await engine.close();
  predictor.dispose();
  await voiceActivity.dispose();
  rmSync(cacheFolder, { recursive: true });
});

function measure(of: readonly string[]): Promise<SpeakerProfile> {
  return client.call('analysis.profile', { paths: of, ...where });
}

function analyse(profile: SpeakerProfile | null): Promise<Analysis> {
  return client.call('analysis.run', { path: first, ...where, profile });
}

function expectClose(actual: readonly number[], expected: Iterable<number>): void {
  for (const [index, value] of [...expected].entries()) {
    expect(Math.abs((actual[index] ?? NaN) - value)).toBeLessThan(1e-9 * (1 + Math.abs(value)));
  }
}

it('the profile of a speaker is what classifying by speaker takes away', async () => {
  const { features, featureHash } = predictor.card;
  const clips = await Promise.all(
    paths.map(async (path) => speechFeatures(await hearClip(path, voiceActivity), features)),
  );
  const expected = measureProfile(features, clips);
  const profile = await measure(paths);

  expect(profile.level.rows).toBe(expected.level.rows);
  expectClose([profile.level.sum], [expected.level.sum]);
  expectClose(profile.counts, expected.statistics.counts);
  expectClose(profile.means, expected.statistics.means);
  expectClose(profile.squares, expected.statistics.squares);
  expect(profile.speechSeconds).toBeCloseTo(profile.level.rows * 0.01 * features.stride, 6);

  const tools = { predictor, voiceActivity };
  const classified = await classifyClips(paths, tools, { scope: 'speaker' });
  for (const [index, outcome] of classified.entries()) {
    const raw = clips[index]?.raw;
    if (outcome.kind !== 'classified' || !raw) throw new Error('A clip could not be read.');
    const input = modelInput(features, raw, toProfile(profile, featureHash));
    const answer = await answerOf(input, predictor);
    expect(answer.label).toBe(outcome.answer.label);
    expect([...(answer.probabilities ?? [])]).toHaveLength(predictor.card.labels.length);
    for (const [label, value] of (outcome.answer.probabilities ?? []).entries()) {
      expect(answer.probabilities?.[label]).toBeCloseTo(value, 5);
    }
  }
});

it('a recording that is all there is of its speaker is heard as by itself', async () => {
  expect(await analyse(await measure([first]))).toEqual(await analyse(null));
});

it('a recording is heard relative to all that there is of its speaker', async () => {
  const together = await analyse(await measure(paths));
  const alone = await analyse(null);
  expect(together.track.speech).toEqual(alone.track.speech);
  expect(together.track.probabilities).not.toEqual(alone.track.probabilities);
});

it('leaves nothing on the disk, also where it is cancelled or a file cannot be read', async () => {
  const before = readdirSync(cacheFolder);
  const stop = new AbortController();
  const stopped = client.call(
    'analysis.profile',
    { paths, ...where },
    {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    },
  );
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  await expect(measure([first, 'package.json'])).rejects.toMatchObject({ code: 'not-audio' });
  await expect.poll(() => readdirSync(cacheFolder)).toEqual(before);
  expect(bugs).toEqual([]);
});

it('is not taken for that of other features', async () => {
  const profile = await measure([first]);
  await expect(analyse({ ...profile, featureHash: 'other' })).rejects.toMatchObject({
    code: 'internal',
  });
  expect(bugs.splice(0)).toHaveLength(1);
});
