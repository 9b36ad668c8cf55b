import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UndertoneError } from '#shared/contract/errors.ts';
import { modelVersion, versionScores, versionSettings } from '#shared/domain/model-version.ts';

/** The files that a model folder may have; a model file names no others, and so no places. */
export const modelFiles = ['model.json', 'card.json', 'weights.bin', 'rehearsal.bin'] as const;

/** What stands before the bytes of the files: a version as it was where it comes from. */
const header = modelVersion
  .pick({ parent: true, madeAt: true, dataHash: true, note: true })
  .extend({
    /** No shorter, so that it is no name that some system keeps for itself; without dots. */
    id: z.string().regex(/^[a-z0-9][a-z0-9_-]{4,63}$/u),
    parent: z.string().max(64),
    madeAt: z.iso.datetime(),
    dataHash: z.string().max(64),
    /** Without the recordings: their numbers mean nothing elsewhere. */
    settings: versionSettings,
    /** Without what it would change: that was about another project. */
    scores: versionScores.omit({ changes: true }),
    note: z.string().max(2000),
    files: z
      .array(z.object({ name: z.enum(modelFiles), bytes: z.number().int().nonnegative() }))
      .min(3)
      .max(modelFiles.length),
  });
export type ModelHeader = Readonly<z.infer<typeof header>>;

export interface ModelFile {
  readonly about: ModelHeader;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const magic = 'undertone-model 1';
/** Of the shipped model's size a hundred times over. */
export const largestModelFile = 200_000_000;
const longestHeader = 100_000;

/*
 * A line with the format and the SHA-256 of all that follows, a line of JSON, then the files one after another.
 */
export function encodeModelFile(
  about: Omit<ModelHeader, 'files'>,
  files: ReadonlyMap<(typeof modelFiles)[number], Uint8Array>,
): Uint8Array {
  const list = [...files].map(([name, bytes]) => ({ name, bytes: bytes.length }));
  const line = JSON.stringify({ ...about, files: list } satisfies ModelHeader);
  const body = Buffer.concat([Buffer.from(`${line}\n`), ...files.values()]);
  return Buffer.concat([Buffer.from(`${magic} ${sha256(body)}\n`), body]);
}

/**
 * Reads what may come from anywhere: nothing in it is believed before it agrees with the rest. What the files
 * hold is for the engine to check.
 *
 * @param subject what the person knows it by
 * @throws UndertoneError `model-invalid` with what is wrong
 */
export function decodeModelFile(bytes: Uint8Array, subject: string): ModelFile {
  const invalid = (detail: string): UndertoneError =>
    new UndertoneError('model-invalid', { subject, detail });
  const first = lineAt(bytes, 0);
  const [, hash] = /^undertone-model 1 ([0-9a-f]{64})$/u.exec(first ?? '') ?? [];
  if (first === undefined || hash === undefined) throw invalid('it is no model file');
  const from = first.length + 1;
  if (sha256(bytes.subarray(from)) !== hash) throw invalid('it is damaged (SHA-256 differs)');
  const line = lineAt(bytes, from);
  const parsed = header.safeParse(line === undefined ? undefined : parseJson(line));
  if (line === undefined || !parsed.success) throw invalid('its description is not as expected');
  const about = parsed.data;
  const names = new Set(about.files.map(({ name }) => name));
  if (names.size < about.files.length) throw invalid('it names a file twice');
  const start = from + Buffer.byteLength(line) + 1;
  const size = about.files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes.length !== start + size) throw invalid('it is not as long as it says');
  let at = start;
  const files = new Map<string, Uint8Array>();
  for (const file of about.files) {
    files.set(file.name, bytes.subarray(at, at + file.bytes));
    at += file.bytes;
  }
  return { about, files };
}

/** Undefined where no line ends within a sensible length. */
function lineAt(bytes: Uint8Array, from: number): string | undefined {
  const end = bytes.subarray(from, from + longestHeader).indexOf(0x0a);
  return end < 0 ? undefined : Buffer.from(bytes.subarray(from, from + end)).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
