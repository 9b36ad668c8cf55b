import { writeFileWhole } from '#files/write-whole.ts';
import { viewFiles, type Spectrogram } from '#shared/domain/views.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import { realFft } from '../features/fft.ts';
import { frameSize, hopSize, sampleRate } from '../features/frames.ts';
import { createColumns, spectrogramRows } from './columns.ts';
import { writeFileSet } from './file-set.ts';
import { createLevels, levelCount } from './levels.ts';
import { readMono } from './read-mono.ts';

/** Share of all points that may be louder than what is shown strongest. */
const aboveAll = 0.001;

/**
 * Computes the spectrogram of canonical sound into files whose names begin with `base`; memory does not grow with its
 * length. Frames are those that features are made of: 32 ms, Hann, one every 10 ms, at 16 kHz.
 *
 * @throws UndertoneError as reading sound does; disk-full, not-writable
 */
export async function makeSpectrogram(
  { path, base }: { readonly path: string; readonly base: string },
  context: CallContext,
): Promise<Spectrogram> {
  const names = Array.from(
    { length: levelCount },
    (_, level) => base + viewFiles.spectrogramLevel(level),
  );
  const levels = createLevels(spectrogramRows);
  const histogram = new Float64Array(256);
  const columns = createColumns(await realFft(frameSize), (column) => {
    levels.add(column);
    for (const byte of column) histogram[byte] = (histogram[byte] ?? 0) + 1;
  });
  await writeFileSet(names, async ({ append }) => {
    const flush = async (): Promise<void> => {
      for (let level = 0; level < levelCount; level += 1) await append(level, levels.take(level));
    };
    for await (const mono of readMono(path, context)) {
      columns.push(mono);
      await flush();
    }
    columns.finish();
    levels.finish();
    await flush();
  });
  const made: Spectrogram = {
    version: 1,
    columnSeconds: hopSize / sampleRate,
    rows: spectrogramRows,
    columns: levels.counts(),
    loudest: quantile(histogram, 1 - aboveAll),
  };
  await writeFileWhole(base + viewFiles.spectrogram, [JSON.stringify(made)]);
  return made;
}

function quantile(histogram: Float64Array, share: number): number {
  const all = histogram.reduce((sum, count) => sum + count, 0);
  let below = 0;
  const found = histogram.findIndex((count) => (below += count) >= share * all);
  return Math.max(0, found);
}
