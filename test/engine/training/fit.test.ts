import { mkdtemp, readdir, readFile, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { tf } from '#engine/model/backend.ts';
import { openCorpus } from '#engine/training/corpora/open.ts';
import { fitNetwork, type FitProgress, type FitTask } from '#engine/training/fit.ts';
import {
  loadTrainingData,
  networkFor,
  type TrainingData,
  type TrainingTools,
} from '#engine/training/training-data.ts';
import { tinyRecipe, tinyTools } from './tiny.ts';

let tools: TrainingTools;
let data: TrainingData;

beforeAll(async () => {
  tools = await tinyTools();
  data = await loadTrainingData(
    [await openCorpus('emodb', 'test/fixtures/emodb')],
    tinyRecipe,
    tools,
  );
});

describe('training data', () => {
  it('are the same from the disk as when they were made, and mended where a file is damaged', async () => {
    const [first = ''] = await readdir(tools.cacheFolder);
    await truncate(join(tools.cacheFolder, first), 500);

    const corpus = await openCorpus('emodb', 'test/fixtures/emodb');
    const again = await loadTrainingData([corpus], tinyRecipe, tools);

    expect(again).toEqual(data);
    expect(await readdir(tools.cacheFolder)).toHaveLength(20);
  });

  it('come with all that there is in the corpus, and labels in a fixed order', () => {
    expect(data.samples).toHaveLength(10);
    expect(data.labels).toEqual([
      ...['neutral', 'happy', 'sad', 'angry', 'fearful', 'disgust'],
      'boredom',
    ]);
    for (const { versions } of data.samples) {
      expect(versions).toHaveLength(2);
      // Spoken sentences of one to three seconds.
      const seconds = (versions[0]?.raw.rows ?? 0) * tinyRecipe.features.stride * 0.01;
      expect(seconds).toBeGreaterThan(0.8);
      expect(seconds).toBeLessThan(3);
    }
  });
});

describe('fitting', () => {
  it('lowers the loss, and leaves no tensor behind', async () => {
    const seen: FitProgress[] = [];
    const before = tf.memory().numTensors;
    await fit({ epochs: 12, onProgress: (progress) => seen.push(progress) });

    expect(seen.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
    expect(seen.at(-1)?.loss).toBeLessThan((seen[0]?.loss ?? 0) - 0.1);
    expect(seen.at(-1)?.secondsLeft).toBe(0);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('gives the same weights for the same seed, and others for another', async () => {
    const [one, same, other] = [
      await fit({ seed: 1 }),
      await fit({ seed: 1 }),
      await fit({ seed: 2 }),
    ];

    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
  });

  it('that was stopped and resumed ends as one that was not', async () => {
    const checkpoint = join(await mkdtemp(join(tmpdir(), 'fit-')), 'checkpoint');
    const stopping = new AbortController();
    const stopped = fit({
      checkpoint,
      signal: stopping.signal,
      onProgress: ({ epoch }) => {
        if (epoch === 3) stopping.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    const epochs: number[] = [];

    const resumed = await fit({ checkpoint, onProgress: ({ epoch }) => epochs.push(epoch) });

    expect(epochs).toEqual([4]);
    expect(resumed).toEqual(await fit({}));
  });

  it('of several members trains each apart, the first as it would be alone, and goes on in any of them', async () => {
    const checkpoint = join(await mkdtemp(join(tmpdir(), 'fit-')), 'checkpoint');
    const stopping = new AbortController();
    const stopped = fit({
      members: 2,
      epochs: 2,
      checkpoint,
      signal: stopping.signal,
      onProgress: ({ epoch }) => {
        if (epoch === 3) stopping.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    const seen: FitProgress[] = [];

    const both = await fit({
      members: 2,
      epochs: 2,
      checkpoint,
      onProgress: (step) => seen.push(step),
    });

    const alone = await fit({ epochs: 2 });
    const [first, second] = [both.slice(0, alone.length), both.slice(alone.length)];
    expect(first).toEqual(alone);
    expect(second.map(({ length }) => length)).toEqual(alone.map(({ length }) => length));
    expect(second).not.toEqual(first);
    expect(both).toEqual(await fit({ members: 2, epochs: 2 }));
    expect(seen).toMatchObject([{ epoch: 4, epochs: 4, secondsLeft: 0 }]);
  });

  it('does not take up the checkpoint of another training', async () => {
    const checkpoint = join(await mkdtemp(join(tmpdir(), 'fit-')), 'checkpoint');
    await fit({ checkpoint, seed: 1 });
    const before = await readFile(checkpoint);

    expect(await fit({ checkpoint, seed: 2 })).toEqual(await fit({ seed: 2 }));
    expect(await readFile(checkpoint)).not.toEqual(before);
  });
});

/** The weights that a training ends with. */
async function fit(
  change: Partial<FitTask> & { readonly epochs?: number; readonly members?: number },
): Promise<readonly Float32Array[]> {
  const { epochs = tinyRecipe.epochs, members, ...task } = change;
  const network = await fitNetwork(
    { ...networkFor(tinyRecipe, data.labels), members },
    {
      train: data.samples.slice(0, 8),
      validation: data.samples.slice(8),
      labels: data.labels,
      recipe: { ...tinyRecipe, epochs },
      seed: 1,
      ...task,
    },
  );
  const weights = network.weights().map(({ values }) => values);
  network.dispose();
  return weights;
}
