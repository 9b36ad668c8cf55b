import { dirname, resolve } from 'node:path';
import { parseEmotionCsv } from '#formats/emotion-csv-reader.ts';
import { readBounded } from '#files/read-bounded.ts';
import { UndertoneError } from '#shared/contract/errors.ts';
import type { Correction } from '#shared/contract/training.ts';
import { isEmotion } from '#shared/domain/label.ts';

export interface CorrectionsFile {
  readonly corrections: readonly Correction[];
  /** Rows that were left out, each with its reason. */
  readonly rejected: readonly string[];
}

/**
 * Corrections from an emotion CSV, of which `recording, start, end, label` are enough; recordings are named
 * relative to the file. What a model said of itself (source `model`) is no correction.
 *
 * @param speaker of all of them; empty where each recording is of another one
 * @throws annotations-unreadable, file-missing
 */
export async function readCorrections(path: string, speaker: string): Promise<CorrectionsFile> {
  const { rows, rejected, missingColumns, openQuote } = parseEmotionCsv(await readText(path));
  if (missingColumns.length > 0) {
    const detail = `it has no column ${missingColumns.join(', ')}`;
    throw new UndertoneError('annotations-unreadable', { subject: path, detail });
  }
  if (openQuote !== null) {
    const detail = `row ${openQuote}: a quote is not closed`;
    throw new UndertoneError('annotations-unreadable', { subject: path, detail });
  }
  const folder = dirname(path);
  const corrections = rows
    .filter(({ source, label }) => source !== 'model' && isEmotion(label))
    .map(({ recording, start, end, label }) => ({
      path: resolve(folder, recording),
      start,
      end,
      label,
      speaker,
    }));
  return { corrections, rejected: rejected.map(({ row, reason }) => `row ${row}: ${reason}`) };
}

const longest = 50_000_000;

async function readText(path: string): Promise<string> {
  const read = await readBounded(path, longest);
  if (read.kind === 'whole') return new TextDecoder().decode(read.bytes);
  const detail = read.kind === 'too-long' ? `it has ${read.size} bytes` : 'it is no file';
  throw new UndertoneError('annotations-unreadable', { subject: path, detail });
}
