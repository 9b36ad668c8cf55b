import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '#engine/model/folder/load.ts';
import { saveModel } from '#engine/model/folder/save.ts';
import { openCorpus } from '#engine/training/corpora/open.ts';
import { finetuneModel } from '#engine/training/finetune/finetune.ts';
import { wholeClips } from '#engine/training/study/whole-clips.ts';
import { trainModel } from '#engine/training/train.ts';
import type { TrainingTools } from '#engine/training/training-data.ts';
import { tinyRecipe, tinyTools } from '../engine/training/tiny.ts';
import { counts, tell } from './support/counts.ts';
import { mountSmallDisk, whyNoSmallDisk, type SmallDisk } from './support/small-disk.ts';

const reason = whyNoSmallDisk();
if (reason !== undefined) process.stdout.write(`A full disk is not tested: ${reason}.\n`);
const rounds = counts(60, 500);

describe.skipIf(reason !== undefined)('a disk that is full', () => {
  let disk: SmallDisk;
  let tools: TrainingTools;
  let modelFolder: string;
  const corpus = openCorpus('emodb', 'test/fixtures/emodb');

  beforeAll(async () => {
    disk = mountSmallDisk(64);
    tools = await tinyTools();
    modelFolder = join(mkdtempSync(join(tmpdir(), 'base-')), 'base');
    const task = { corpora: [await corpus], recipe: tinyRecipe, seed: 1, out: modelFolder };
    await trainModel(task, tools);
  });
  afterAll(async () => {
    disk.unmount();
    await tools.voiceActivity.dispose();
    rmSync(dirname(modelFolder), { recursive: true });
  });

  const versions = (): readonly string[] => readdirSync(join(disk.folder, 'models'));

  it('gets a model whole or not at all, however much of it would fit', async (context) => {
    mkdirSync(join(disk.folder, 'models'));
    const { network, card } = await loadModel(modelFolder);
    const whole: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const name = `version-${round}`;
      disk.leave((round * 7_919) % 60_000);
      const saving = saveModel(join(disk.folder, 'models', name), network, card);
      const outcome = await saving.then(
        () => 'saved',
        (error: unknown) => (error as { code?: unknown }).code,
      );
      expect(['saved', 'disk-full']).toContain(outcome);
      if (outcome === 'saved') whole.push(name);
      expect(versions()).toEqual(whole.toSorted());
    }
    network.dispose();
    for (const name of whole) {
      (await loadModel(join(disk.folder, 'models', name))).network.dispose();
    }
    expect(whole.length).toBeLessThan(rounds);
    tell(
      context,
      `${rounds} models written to a full disk: ${whole.length} fitted and are whole, nothing of the others is left`,
    );
  });

  it('ends a retraining in words, leaves nothing of it, and has it done when there is room', async () => {
    const cacheFolder = join(disk.folder, 'cache');
    mkdirSync(cacheFolder);
    const before = versions();
    const corrections = wholeClips((await corpus).clips);
    const task = { modelFolder, out: join(disk.folder, 'models', 'learnt'), corrections, seed: 1 };
    disk.leave(0);
    await expect(finetuneModel(task, { ...tools, cacheFolder })).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect([versions(), readdirSync(cacheFolder)]).toEqual([before, []]);
    disk.leave(40 << 20);
    await finetuneModel(task, { ...tools, cacheFolder });
    expect(versions()).toContain('learnt');
  });
});
