import { mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toReadError, withWriteErrors } from '#files/file-errors.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import type { AnnotationDocument } from '#formats/annotation/document.ts';
import { stemOf } from '#formats/annotation/format.ts';
import { formatIdOf, formatOf, type AnnotationFormatId } from '#formats/annotation/registry.ts';
import { writeAnnotations } from '#formats/annotation/write.ts';
import { readAnnotationFile } from '#library/exchange/read-file.ts';

export interface Conversion {
  readonly from?: AnnotationFormatId;
  readonly to: AnnotationFormatId;
  /** A file, or a folder that takes a file for each input or, where the format needs it, each recording. */
  readonly out: string;
  readonly isFolder: boolean;
}

/** What one file became, and in plain sentences what was lost on the way. */
export interface Converted {
  readonly written: readonly string[];
  readonly losses: readonly string[];
}

/** The files of annotations that paths mean: themselves, and those in folders that have the ending of a format. */
export async function findAnnotationFiles(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path);
    return names
      .filter((name) => formatIdOf(name) !== null)
      .toSorted()
      .map((name) => join(path, name));
  } catch (error) {
    throw toReadError(path, error);
  }
}

/** @throws UndertoneError of reading and writing; then nothing of the file is written */
export async function convertFile(path: string, conversion: Conversion): Promise<Converted> {
  const { document, losses } = await readAnnotationFile(path, { format: conversion.from });
  const outputs = await Promise.all(
    plan(path, document, conversion).map(async ({ target, part }) => ({
      target,
      ...(await writeAnnotations(part, conversion.to)),
    })),
  );
  for (const { target, bytes } of outputs) {
    const folder = dirname(target);
    await withWriteErrors(folder, () => mkdir(folder, { recursive: true }));
    await writeFileWhole(target, [bytes]);
  }
  return {
    written: outputs.map(({ target }) => target),
    losses: [...new Set([...losses, ...outputs.flatMap((output) => output.losses)])],
  };
}

interface Planned {
  readonly target: string;
  readonly part: AnnotationDocument;
}

function plan(
  path: string,
  document: AnnotationDocument,
  conversion: Conversion,
): readonly Planned[] {
  const { to, out, isFolder } = conversion;
  if (!isFolder) return [{ target: out, part: document }];
  const { keeps, endings } = formatOf(to);
  const file = (name: string): string => join(out, `${name}.${endings[0] ?? to}`);
  const { recordings } = document;
  if (keeps.recordings === 'many' || recordings.length === 1) {
    return [{ target: file(stemOf(path)), part: document }];
  }
  const names = safeNames(recordings.map(({ name }) => name));
  return recordings.map((recording, index) => ({
    target: file(`${stemOf(path)}-${names[index] ?? index}`),
    part: { recordings: [recording] },
  }));
}

/** Names for files in the folder, whatever recordings are called: no folders, no twins. */
function safeNames(names: readonly string[]): readonly string[] {
  const plain = names.map((name) => name.replace(/[^\p{L}\p{N}._ -]+/gu, '_').slice(0, 100));
  return plain.map((name, index) =>
    plain.indexOf(name) === index && name !== '' ? name : `${name}_${index + 1}`,
  );
}
