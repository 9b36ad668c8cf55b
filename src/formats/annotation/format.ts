import type { Checker } from './check.ts';
import type { AnnotatedRecording, AnnotationContent, AnnotationDocument } from './document.ts';
import type { Keeps } from './keeps.ts';

export interface AnnotationSource {
  readonly bytes: Uint8Array;
  /** What the person knows the file by; recordings that the file does not name are called after it. */
  readonly file: string;
  /** Takes every row, good or bad. */
  readonly checker: Checker;
}

/** One exchange format: its reader, its writer, and what it can say. */
export interface AnnotationFormat {
  /** As people and programs call it. */
  readonly title: string;
  /** Endings of its files, the one that is written first. */
  readonly endings: readonly string[];
  readonly keeps: Keeps;
  /** Tells it from other formats with the same ending; absent where there is none. */
  readonly recognises?: (bytes: Uint8Array) => boolean;
  /**
   * What is lost in this format beside what `keeps` says, in plain sentences.
   * @param document as it is written
   */
  readonly furtherLosses?: (document: AnnotationDocument) => readonly string[];
  /** @throws UndertoneError annotations-unreadable, naming the place and the reason */
  readonly read: (source: AnnotationSource) => AnnotationContent | Promise<AnnotationContent>;
  /** @param document as {@link Keeps} leaves it */
  readonly write: (document: AnnotationDocument) => Uint8Array | Promise<Uint8Array>;
}

/** The file's name without folders and without its ending. */
export function stemOf(file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/** The one recording of a document whose format has one a file. */
export function onlyRecording({ recordings }: AnnotationDocument): AnnotatedRecording {
  const [recording] = recordings;
  if (recording === undefined || recordings.length > 1) {
    throw new Error(`Expected one recording, got ${recordings.length}`);
  }
  return recording;
}
