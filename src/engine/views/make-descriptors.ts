import { writeFileWhole } from '#files/write-whole.ts';
import { descriptorId, viewFiles, type DescriptorGrid } from '#shared/domain/views.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import { descriptorNames } from '../features/descriptors.ts';
import { createFeatureStream } from '../features/extract.ts';
import { hopSize, rowCentre, sampleRate } from '../features/frames.ts';
import { rawLayout } from '../features/layout.ts';
import type { Matrix } from '../features/matrix.ts';
import { pitchColumns } from '../features/pitch/columns.ts';
import { defaultFeatureSettings, type FeatureSettings } from '../features/settings.ts';
import { writeFileSet } from './file-set.ts';
import { readMono } from './read-mono.ts';

/** All that there is, with as few bands as can be: those are not looked at. */
const settings: FeatureSettings = {
  ...defaultFeatureSettings,
  spectrum: { kind: 'log-mel', bands: 10 },
  descriptors: descriptorNames,
  pitch: true,
};
const ids = descriptorId.options;

/**
 * Computes every descriptor of canonical sound, and its pitch, into files whose names begin with `base`: float32, one
 * value every 20 ms. Memory does not grow with the length of the sound.
 *
 * @throws UndertoneError as reading sound does; disk-full, not-writable
 */
export async function makeDescriptors(
  { path, base }: { readonly path: string; readonly base: string },
  context: CallContext,
): Promise<DescriptorGrid> {
  const { descriptorsAt } = rawLayout(settings);
  const order: readonly string[] = [...descriptorNames, ...pitchColumns];
  const columns = ids.map((id) => descriptorsAt + order.indexOf(id));
  const stream = await createFeatureStream(settings);
  let values = 0;
  await writeFileSet(
    ids.map((id) => base + viewFiles.descriptor(id)),
    async ({ append }) => {
      const add = async (matrix: Matrix): Promise<void> => {
        values += matrix.rows;
        for (const [file, column] of columns.entries()) await append(file, pick(matrix, column));
      };
      for await (const mono of readMono(path, context)) await add(stream.push(mono));
      await add(stream.finish());
    },
  );
  const made: DescriptorGrid = {
    version: 1,
    firstSeconds: rowCentre(0, settings.stride) / sampleRate,
    hopSeconds: (settings.stride * hopSize) / sampleRate,
    values,
  };
  await writeFileWhole(base + viewFiles.descriptors, [JSON.stringify(made)]);
  return made;
}

/** One column as the bytes of a file. */
function pick({ rows, columns, data }: Matrix, column: number): Uint8Array {
  const values = Float32Array.from(
    { length: rows },
    (_, row) => data[row * columns + column] ?? NaN,
  );
  return new Uint8Array(values.buffer);
}
