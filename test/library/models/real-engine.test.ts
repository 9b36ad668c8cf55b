import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngine, type Engine } from '#engine/start.ts';
import { openCorpus } from '#engine/training/corpora/open.ts';
import { trainModel } from '#engine/training/train.ts';
import { engineContract } from '#shared/contract/engine.ts';
import { connect } from '#shared/rpc/connect.ts';
import { tinyRecipe, tinyTools } from '../../engine/training/tiny.ts';
import { nodePort } from '../../shared/rpc/node-port.ts';
import { makeFolder, openTestLibrary } from '../support/test-library.ts';
import { hasOffer, untilModels } from '../support/until-models.ts';

let engine: Engine;
let modelFolder = '';

beforeAll(async () => {
  const tools = await tinyTools();
  modelFolder = join(await mkdtemp(join(tmpdir(), 'base-')), 'base');
  const corpora = [await openCorpus('emodb', 'test/fixtures/emodb')];
  await trainModel({ corpora, recipe: tinyRecipe, seed: 1, out: modelFolder }, tools);
  await tools.voiceActivity.dispose();
  engine = createEngine((bug) => {
    throw bug;
  });
}, 300_000);
afterAll(() => engine.close());

it('a version learnt by the real engine replaces what the model said, and is taken back whole', async () => {
  const folder = join(makeFolder(), 'project');
  const library = await openTestLibrary(folder, { modelFolder });
  const { page, importPaths, untilKind } = library;
  const channel = new MessageChannel();
  engine.serve(nodePort(channel.port1));
  library.library.setEngine(connect(nodePort(channel.port2), engineContract));
  const { clips } = await openCorpus('emodb', 'test/fixtures/emodb');
  const ids = await importPaths(...clips.slice(0, 4).map(({ path }) => resolve(path)));
  for (const id of ids) await untilKind(id, 'ready');
  const dump = async () =>
    Promise.all(
      ids.map(async (recordingId) =>
        (await page.call('segments.list', { recordingId }))
          .filter(({ tier }) => tier === 'model')
          .map((segment) => ({ ...segment, id: 0 })),
      ),
    );
  const before = await dump();
  for (const [index, recordingId] of ids.entries()) {
    const create = { kind: 'create', tier: 'annotator-1', start: 0, end: 40_000 } as const;
    const label = index % 2 === 0 ? 'tense' : 'bored';
    await page.call('segments.act', { recordingId, act: { ...create, label } });
  }

  await page.call('models.retrain', { labels: ['tense', 'bored'], withheldToo: false });
  const { versions } = await untilModels(library, hasOffer);
  const [version] = versions;
  expect(version?.settings).toMatchObject({
    labels: ['tense', 'bored'],
    corrections: { tense: 2, bored: 2 },
  });
  expect(version?.scores.heldBack?.clips).toBeGreaterThan(0);
  expect(version?.scores.changes).toMatchObject({ recordings: 4, of: 4 });
  expect(await dump()).toEqual(before);

  await page.call('models.keep', { id: version?.id ?? '' });
  for (const id of ids) await untilKind(id, 'ready');
  const kept = (await dump()).flat();
  expect(new Set(kept.map(({ model }) => model))).toEqual(new Set([version?.id]));
  const known = ['tense', 'bored', 'unsure', 'no speech'];
  expect(kept.filter(({ label }) => !known.includes(label))).toEqual([]);

  await page.call('history.undo', {});
  await untilModels(library, ({ active }) => active === null);
  for (const id of ids) await untilKind(id, 'ready');
  expect(await dump()).toEqual(before);
}, 300_000);
