import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { withWriteErrors } from '#files/file-errors.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import { appVersion } from '../version.ts';
import type { FailedRecording, Output, OutputFormat, Writing } from './outputs.ts';
import { nameOfShard, type Shard } from './shard.ts';
import { writeResults, type Analysed, type WrittenFile } from './table-files.ts';

/** A file each of these formats is part of a shard. */
const partFormats = ['csv', 'parquet'] as const satisfies readonly OutputFormat[];

/**
 * One CSV and one Parquet file of a shard, and a manifest. The manifest is written last: where it is, the parts
 * beside it are whole and belong to it. Nothing in the three says when or where, so doing it again changes no byte.
 */
export function toShard(folder: string, shard: Shard, writing: Writing): Output {
  const recordings: Analysed[] = [];
  const base = join(folder, nameOfShard(shard));
  return {
    add: (recording) => {
      recordings.push(recording);
      return Promise.resolve();
    },
    finish: async (failed) => {
      const manifest = `${base}.json`;
      await withWriteErrors(folder, () => mkdir(folder, { recursive: true }));
      await withWriteErrors(manifest, () => rm(manifest, { force: true }));
      const parts = new Map<string, WrittenFile>();
      for (const format of partFormats) {
        const path = `${base}.${format}`;
        parts.set(basename(path), await writeResults(path, format, writing.table, recordings));
      }
      await writeFileWhole(manifest, [describe(shard, parts, failed, writing)]);
    },
  };
}

function describe(
  { index, of }: Shard,
  parts: ReadonlyMap<string, WrittenFile>,
  failed: readonly FailedRecording[],
  { per, table, model, settings }: Writing,
): string {
  const [first] = parts.values();
  const { engine, id, sha256, labels } = model;
  const manifest = {
    format: 'undertone-shard',
    version: 1,
    appVersion,
    shard: { index, of },
    engine,
    model: { id, sha256, labels },
    settings,
    per,
    columns: table.columns.map(({ name }) => name),
    rows: first?.rows ?? 0,
    parts: Array.from(parts, ([name, part]) => ({ name, sha256: part.sha256 })),
    inputs: first?.recordings ?? [],
    failed,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
