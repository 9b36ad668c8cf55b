import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { countingSamples } from '../library/record/support/counting-samples.ts';
import { openReadyLibrary } from '../library/support/test-library.ts';
import { counts, tell } from './support/counts.ts';

const shape = { sampleRate: 48_000, channels: 1 };
/** Half a second. */
const block = 24_000;

it('takes hours of sound without keeping them in memory', async (context) => {
  const { page, folder } = await openReadyLibrary();
  const blocks = counts(1, 8) * 7200;
  await page.call('record.start', { ...shape, device: 'Test microphone' });
  const samples = countingSamples(0, block);
  const memory: number[] = [];
  for (let index = 0; index < blocks; index += 1) {
    await page.call('record.write', { at: index * block, samples });
    if (index % 720 === 719) memory.push(process.memoryUsage().rss);
  }
  const [name = ''] = readdirSync(join(folder, 'project/recordings')).filter((file) =>
    file.endsWith('.wav'),
  );
  expect(statSync(join(folder, 'project/recordings', name)).size).toBeGreaterThan(
    blocks * block * 2,
  );
  await page.call('record.discard', {});
  const [early = 0] = memory;
  const grown = (Math.max(...memory.slice(-3)) - early) / 1e6;
  expect(grown).toBeLessThan(100);
  tell(
    context,
    `${blocks / 7200} hours of 48 kHz recorded; memory grew by ${grown.toFixed(0)} MB after the first six minutes`,
  );
});
