import { readBounded } from '#files/read-bounded.ts';
import {
  readAnnotations,
  refuseLong,
  type ReadAnnotations,
  type ReadOptions,
} from '#formats/annotation/read.ts';
import { limits, refuse } from '#formats/annotation/refuse.ts';

/**
 * Reads a file of annotations.
 * @throws UndertoneError file-missing, file-forbidden, format-unknown, annotations-unreadable
 */
export async function readAnnotationFile(
  path: string,
  options: ReadOptions = {},
): Promise<ReadAnnotations> {
  const read = await readBounded(path, limits.bytes);
  switch (read.kind) {
    case 'whole':
      return readAnnotations(read.bytes, path, options);
    case 'too-long':
      return refuseLong(path, read.size);
    case 'not-a-file':
      return refuse(path, '', 'it is no file');
  }
}
