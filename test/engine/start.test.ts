import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, expect, it } from 'vitest';
import { createEngine } from '#engine/start.ts';
import { engineContract } from '#shared/contract/engine.ts';
import { noSpeech } from '#shared/domain/label.ts';
import { connect } from '#shared/rpc/connect.ts';
import { nodePort } from '../shared/rpc/node-port.ts';
import { shippedModel } from '../support/shipped-model.ts';

const clip = 'test/fixtures/emodb/10b10Wa.wav';
const cacheFolder = mkdtempSync(join(tmpdir(), 'engine-'));
const bugs: unknown[] = [];
const engine = createEngine((bug) => bugs.push(bug));
const channel = new MessageChannel();
engine.serve(nodePort(channel.port1));
const client = connect(nodePort(channel.port2), engineContract);

afterAll(async () => {
  client.close();
  await engine.close();
  rmSync(cacheFolder, { recursive: true });
});

it('answers through its contract: status, model, sound, peaks, analysis', async () => {
  const status = await client.call('engine.status', {});
  const portable = process.env['UNDERTONE_ENGINE'] === 'portable';
  expect(status.engine).toBe(portable ? 'portable' : 'native');
  expect(status.version).toMatch(/^\d+\.\d+\.\d+$/);

  const model = await client.call('model.describe', { modelFolder: shippedModel });
  const prepared = await client.call('audio.prepare', { path: clip, cacheFolder });
  expect(prepared.canonicalPath).toBe(clip);

  const peaks = await client.call('audio.peaks', { peaksPath: prepared.peaksPath });
  expect(peaks.maxima.length).toBe(Math.ceil(prepared.sound.samples / peaks.samplesPerBlock));

  const stages = new Set<string>();
  const analysis = await client.call(
    'analysis.run',
    { path: prepared.canonicalPath, modelFolder: shippedModel, cacheFolder, profile: null },
    { onProgress: ({ stage }) => stages.add(stage) },
  );
  expect(analysis.track.labels).toEqual(model.labels);
  expect(analysis.segments.some(({ label }) => label !== noSpeech)).toBe(true);
  expect(analysis.segments.at(-1)?.end).toBe(prepared.sound.samples);
  expect([...stages]).toEqual(['listening', 'predicting']);
  expect(bugs).toEqual([]);
});

it('names what is wrong and goes on answering', async () => {
  const run = { modelFolder: shippedModel, cacheFolder, profile: null };
  await expect(client.call('analysis.run', { ...run, path: 'package.json' })).rejects.toMatchObject(
    {
      code: 'not-audio',
    },
  );
  await expect(
    client.call('analysis.run', { ...run, path: clip, modelFolder: cacheFolder }),
  ).rejects.toMatchObject({ code: 'model-missing' });
  expect(await client.call('engine.status', {})).toMatchObject({
    engine: expect.any(String) as string,
  });
});
