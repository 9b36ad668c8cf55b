import { UndertoneError } from '#shared/contract/errors.ts';
import { createChecker, type CheckedRows } from './check.ts';
import type { AnnotationContent } from './document.ts';
import { formatIdOf, formatOf, type AnnotationFormatId } from './registry.ts';
import { limits, refuse } from './refuse.ts';
import { tidy } from './tidy.ts';

export interface ReadAnnotations extends AnnotationContent, CheckedRows {
  readonly format: AnnotationFormatId;
}

export interface ReadOptions {
  readonly format?: AnnotationFormatId | undefined;
  readonly badRows?: 'refuse' | 'leave out';
}

/**
 * Reads a file of annotations of any exchange format.
 *
 * @param file what the person knows the file by: its name or path. Its ending tells the format, its content
 *   tells apart formats with the same ending, and recordings that it does not name are called after it.
 * @param options.format in place of what the name says
 * @param options.badRows `leave out`: they are counted in `rejected`, and the good ones taken; otherwise one bad row
 *   refuses the file. What cannot be told apart into rows is refused either way.
 * @throws UndertoneError format-unknown; annotations-unreadable, naming each place that is wrong and why
 */
export async function readAnnotations(
  bytes: Uint8Array,
  file: string,
  { format, badRows = 'refuse' }: ReadOptions = {},
): Promise<ReadAnnotations> {
  if (bytes.length > limits.bytes) refuseLong(file, bytes.length);
  const id = format ?? formatIdOf(file, bytes);
  if (id === null) {
    throw new UndertoneError('format-unknown', {
      subject: file,
      detail: 'no format has that ending',
    });
  }
  if (bytes.length === 0) refuse(file, '', 'it is empty');
  const checker = createChecker(file);
  const { document, losses } = await formatOf(id).read({ bytes, file, checker });
  if (badRows === 'refuse') checker.refuseProblems();
  return { format: id, document: tidy(document), losses, ...checker.seen() };
}

/** @throws UndertoneError annotations-unreadable */
export function refuseLong(file: string, size: number): never {
  const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
  return refuse(
    file,
    '',
    `it is ${megabytes(size)} MB long, and annotations of more than ${megabytes(limits.bytes)} MB are not read`,
  );
}
