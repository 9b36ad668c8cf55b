import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { writeWhole } from '#files/write-whole.ts';
import { importRecordings, type ImportOptions } from './import-recordings.ts';

/**
 * Copies the application's sample into the project, so that it stays when the application moves, and queues it.
 *
 * @returns its id
 * @throws UndertoneError `disk-full` or `not-writable`
 */
export async function addSample(
  options: ImportOptions,
  sample: string,
  signal: AbortSignal,
): Promise<number> {
  const path = join(options.project.folder, 'recordings', basename(sample));
  if (options.project.recordings.findByPath(path) === undefined) {
    await writeWhole(path, (temporary) => copyFile(sample, temporary));
  }
  const { added } = await importRecordings(options, [path], { signal, report: () => undefined });
  const [id] = added;
  if (id === undefined) throw new Error('the sample is no recording');
  return id;
}
