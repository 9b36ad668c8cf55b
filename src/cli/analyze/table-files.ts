import { createHash } from 'node:crypto';
import { writeFileWhole } from '#files/write-whole.ts';
import type { ExportedRecording } from '#formats/emotion-csv-sidecar.ts';
import { emotionJson, type AnalysedRecording } from '#formats/emotion-json.ts';
import { csvTable } from '#formats/tables/csv-table.ts';
import type { EmotionTable } from '#formats/tables/emotion-tables.ts';
import { parquetTable } from '#formats/tables/parquet-table.ts';
import type { Row } from '#formats/tables/table.ts';
import { sweepHalf } from './state.ts';

/** A recording that was analysed; what was heard is read when its turn comes, so that memory holds one at a time. */
export interface Analysed {
  readonly name: string;
  readonly load: () => Promise<AnalysedRecording>;
}

export interface WrittenFile {
  readonly sha256: string;
  readonly rows: number;
  readonly recordings: readonly ExportedRecording[];
}

type Chunks = AsyncIterable<string | Uint8Array>;

/** Writes one file about recordings, in their order, whole or not at all. */
export async function writeResults(
  path: string,
  format: 'csv' | 'json' | 'parquet',
  table: EmotionTable,
  recordings: Iterable<Analysed>,
): Promise<WrittenFile> {
  await sweepHalf(path);
  const written: ExportedRecording[] = [];
  const hash = createHash('sha256');
  const onRecording: OnRecording = ({ name, sha256, seconds, uncertainStartSeconds }, rows) => {
    written.push({ name, sha256, seconds, uncertainStartSeconds, rows });
  };
  const chunks = contentOf(format, table, recordings, onRecording);
  await writeFileWhole(path, hashed(chunks, hash));
  const rows = written.reduce((sum, recording) => sum + recording.rows, 0);
  return { sha256: hash.digest('hex'), rows, recordings: written };
}

type OnRecording = (recording: AnalysedRecording, rows: number) => void;

function contentOf(
  format: 'csv' | 'json' | 'parquet',
  table: EmotionTable,
  recordings: Iterable<Analysed>,
  onRecording: OnRecording,
): Chunks {
  switch (format) {
    case 'csv':
      return csvTable(table.columns, rowsOf(table, recordings, onRecording));
    case 'parquet':
      return parquetTable(table.columns, rowsOf(table, recordings, onRecording));
    case 'json':
      return jsonOf(recordings, onRecording);
  }
}

async function* jsonOf(
  recordings: Iterable<Analysed>,
  onRecording: OnRecording,
): AsyncGenerator<string | Uint8Array> {
  for (const { load } of recordings) {
    const recording = await load();
    onRecording(recording, recording.rows.length);
    yield `${emotionJson(recording)}\n`;
  }
}

async function* rowsOf(
  table: EmotionTable,
  recordings: Iterable<Analysed>,
  onRecording: OnRecording,
): AsyncGenerator<readonly Row[]> {
  for (const { load } of recordings) {
    const recording = await load();
    const rows = table.rowsOf(recording);
    onRecording(recording, rows.length);
    yield rows;
  }
}

async function* hashed(
  chunks: Chunks,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<string | Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
