import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '#engine/features/matrix.ts';
import { softmax } from '#engine/model/calibrate.ts';
import { saveModel } from '#engine/model/folder/save.ts';
import { createNetwork } from '#engine/model/network.ts';
import { loadPredictor, type Predictor } from '#engine/model/predict.ts';
import { clip } from '../support/clips.ts';
import { distance } from '../support/tensors.ts';
import { storedModels, temporaryFolder, tinyCard, tinyConfig } from '../support/tiny-model.ts';

async function tinyPredictor(temperature = tinyCard.temperature): Promise<Predictor> {
  const folder = path.join(await temporaryFolder(), 'tiny');
  const network = await createNetwork(tinyConfig, 'seed');
  await saveModel(folder, network, { ...tinyCard, temperature });
  network.dispose();
  return loadPredictor(folder);
}

const window = (rows: number, number: number): Matrix =>
  clip(rows, tinyConfig.inputFeatures, number);

export function predictorSuite(): void {
  describe('loadPredictor', () => {
    it('answers with a probability for each label of the card, for each window by itself', async () => {
      const predictor = await tinyPredictor();
      const windows = Array.from({ length: 130 }, (_, index) => window(4 + (index % 7), index));
      const together = await predictor.predict(windows);
      expect(together).toHaveLength(130);
      for (const [index, row] of together.entries()) {
        expect(row).toHaveLength(predictor.card.labels.length);
        expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
        if (index % 20 > 0) continue;
        const [alone = []] = await predictor.predict(windows.slice(index, index + 1));
        expect(distance(row, alone)).toBeLessThan(1e-5);
      }
      expect(await predictor.predict([])).toEqual([]);
      predictor.dispose();
    });

    it('divides its logits by the temperature of the card', async () => {
      const [cold, hot] = await Promise.all([tinyPredictor(1), tinyPredictor(4)]);
      const [a = new Float32Array()] = await cold.predict([window(9, 1)]);
      const [b = new Float32Array()] = await hot.predict([window(9, 1)]);
      expect(distance(softmax(a.map(Math.log), 4), b)).toBeLessThan(1e-6);
      cold.dispose();
      hot.dispose();
    });

    it('refuses weights that overflow', async () => {
      const folder = path.join(await temporaryFolder(), 'tiny');
      const network = await createNetwork(tinyConfig);
      network.setWeights(
        network.weights().map((weight) => ({ ...weight, values: weight.values.fill(3e38) })),
      );
      await saveModel(folder, network, tinyCard);
      network.dispose();
      await expect(loadPredictor(folder)).rejects.toMatchObject({ code: 'model-invalid' });
    });

    it('gives the answers that are written down for the stored model', async () => {
      const predictor = await loadPredictor(path.join(storedModels, 'format-1'));
      const answers = await predictor.predict([window(25, 1), window(3, 2)]);
      const file = await readFile(path.join(storedModels, 'format-1-answers.json'), 'utf8');
      // Those of tf.layers.lstm: see the README beside it.
      const expected = JSON.parse(file) as readonly (readonly number[])[];
      expect(answers).toHaveLength(expected.length);
      answers.forEach((answer, index) => {
        expect(distance(answer, expected[index] ?? [])).toBeLessThan(1e-5);
      });
      predictor.dispose();
    });
  });
}
