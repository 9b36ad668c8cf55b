import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openReadyLibrary } from './support/test-library.ts';

it('copies the sample into the project, once, and analyses it where it then is', async () => {
  const { page, folder, grant, untilKind } = await openReadyLibrary();
  const sample = join(folder, 'sample.wav');
  await writeFile(sample, 'sample'.padEnd(3000));
  const [token = ''] = await grant(sample);

  const { id } = await page.call('recordings.addSample', { grant: token });
  await untilKind(id, 'ready');
  await rm(sample);

  const copy = join(folder, 'project/recordings/sample.wav');
  expect((await readFile(copy, 'utf8')).trim()).toBe('sample');
  // A second time it is the same recording, and the first copy is left alone.
  expect(await page.call('recordings.addSample', { grant: token })).toEqual({ id });
});
