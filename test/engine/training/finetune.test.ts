import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from '#engine/model/folder/load.ts';
import { openCorpus } from '#engine/training/corpora/open.ts';
import { finetuneModel, type FinetuneTask } from '#engine/training/finetune/finetune.ts';
import { trainModel } from '#engine/training/train.ts';
import type { TrainingTools } from '#engine/training/training-data.ts';
import type { Correction } from '#shared/contract/training.ts';
import { tinyRecipe, tinyTools } from './tiny.ts';

let tools: TrainingTools;
let folder = '';
let corrections: readonly Correction[] = [];

beforeAll(async () => {
  tools = await tinyTools();
  folder = await mkdtemp(join(tmpdir(), 'versions-'));
  const corpus = await openCorpus('emodb', 'test/fixtures/emodb');
  const task = { corpora: [corpus], recipe: tinyRecipe, seed: 1, out: join(folder, 'base') };
  await trainModel(task, tools);
  corrections = corpus.clips.map(({ path, label }) => ({
    path,
    start: 0,
    end: 60,
    label,
    speaker: '',
  }));
});
afterAll(async () => {
  await tools.voiceActivity.dispose();
});

function task(out: string, more: Partial<FinetuneTask> = {}): FinetuneTask {
  return {
    modelFolder: join(folder, 'base'),
    out: join(folder, out),
    corrections,
    seed: 1,
    ...more,
  };
}

async function weightsOf(name: string): Promise<Buffer> {
  return readFile(join(folder, name, 'weights.bin'));
}

describe('a retrained version', () => {
  it('has other weights, its own card, and leaves its parent as it was', async () => {
    const before = await weightsOf('base');

    const report = await finetuneModel(task('version'), tools);

    const { card, network } = await loadModel(join(folder, 'version'));
    network.dispose();
    expect(await weightsOf('base')).toEqual(before);
    expect(await weightsOf('version')).not.toEqual(before);
    expect(card.id).toBe('version');
    expect(card.lineage).toMatchObject({ parent: 'base', seed: 1, dataHash: report.dataHash });
    expect(Object.values(report.corrections).reduce((sum, count) => sum + count, 0)).toBe(10);
    expect(report.heldBack?.clips).toBeGreaterThanOrEqual(2);
    expect(report.check?.clips).toBeGreaterThan(0);
  });

  it('is the same for the same corrections and seed, and can be retrained in turn', async () => {
    await finetuneModel(task('again'), tools);
    const again = await finetuneModel(
      task('grandchild', { modelFolder: join(folder, 'version') }),
      tools,
    );

    expect(await weightsOf('again')).toEqual(await weightsOf('version'));
    expect(again.parent).toBe('version');
    expect(again.check?.clips).toBeGreaterThan(0);
  });

  it('learns what it is told', async () => {
    const told = corrections.slice(0, 4).map((one) => ({ ...one, label: 'bored' }));

    const { corrections: counts } = await finetuneModel(
      task('bored', { corrections: [...told, ...corrections.slice(4)] }),
      tools,
    );

    const { card, network } = await loadModel(join(folder, 'bored'));
    network.dispose();
    expect(counts['bored']).toBe(4);
    expect(card.labels.at(-1)).toBe('bored');
  });

  it('can have labels of its own in place of the old ones', async () => {
    const told = corrections.map((one, index) => ({
      ...one,
      label: index % 2 === 0 ? 'tense' : 'at ease',
    }));

    const report = await finetuneModel(
      task('own', { corrections: told, labels: ['tense', 'at ease'] }),
      tools,
    );

    const { card, network } = await loadModel(join(folder, 'own'));
    network.dispose();
    expect(card.labels).toEqual(['tense', 'at ease']);
    expect(report.check).toBeNull();
    expect(report.heldBack?.before.accuracy).toBe(0);
  });

  it('is refused where there is nothing to learn from, and nothing is written', async () => {
    const nothing = finetuneModel(task('nothing', { corrections: [] }), tools);

    await expect(nothing).rejects.toMatchObject({ code: 'corrections-too-few' });
    expect(await readdir(folder)).not.toContain('nothing');
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const stopping = new AbortController();
    const before = await readdir(folder);

    const cancelled = finetuneModel(
      task('cancelled', {
        onProgress: ({ kind }) => {
          if (kind === 'learning') stopping.abort();
        },
      }),
      { ...tools, signal: stopping.signal },
    );

    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(folder)).toEqual(before);
  });

  it('refuses a rehearsal file that is not as it says', async () => {
    const path = join(folder, 'base', 'rehearsal.bin');
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length - 1));

    const refused = finetuneModel(task('refused'), tools);

    await expect(refused).rejects.toMatchObject({ code: 'model-invalid' });
    await writeFile(path, bytes);
  });
});
