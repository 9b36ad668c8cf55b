import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { storedModels } from './support/tiny-model.ts';

const script = fileURLToPath(new URL('support/print-predictor.ts', import.meta.url));

it('predicting loads no TensorFlow, which takes a second and hundreds of megabytes', async () => {
  const args = ['--import', 'tsx', script, path.join(storedModels, 'format-1')];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(JSON.parse(stdout)).toEqual({ id: 'tiny-1', tensorFlow: [] });
});
