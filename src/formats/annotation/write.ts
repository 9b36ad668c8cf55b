import { UndertoneError } from '#shared/contract/errors.ts';
import { adapt } from './adapt.ts';
import type { AnnotationDocument } from './document.ts';
import { formatOf, type AnnotationFormatId } from './registry.ts';

export interface WrittenAnnotations {
  readonly bytes: Uint8Array;
  /** What the format could not say, in plain sentences; none where reading gives back the same document. */
  readonly losses: readonly string[];
}

/**
 * Writes annotations in an exchange format.
 * @throws UndertoneError annotations-unwritable where the format has one recording a file and these are more
 */
export async function writeAnnotations(
  document: AnnotationDocument,
  format: AnnotationFormatId,
): Promise<WrittenAnnotations> {
  const { title, keeps, write } = formatOf(format);
  if (keeps.recordings === 'one' && document.recordings.length !== 1) {
    throw new UndertoneError('annotations-unwritable', {
      subject: title,
      detail: `it has one recording a file, and here are ${document.recordings.length}`,
    });
  }
  const { adapted, losses } = cutDown(document, format);
  return { bytes: await write(adapted), losses };
}

/** What is lost of annotations in a format, in however many files they are written. */
export function lossesOf(
  document: AnnotationDocument,
  format: AnnotationFormatId,
): WrittenAnnotations['losses'] {
  return cutDown(document, format).losses;
}

function cutDown(
  document: AnnotationDocument,
  format: AnnotationFormatId,
): { readonly adapted: AnnotationDocument; readonly losses: readonly string[] } {
  const { keeps, furtherLosses } = formatOf(format);
  const { document: adapted, losses } = adapt(document, keeps);
  return { adapted, losses: [...losses, ...(furtherLosses?.(adapted) ?? [])] };
}
