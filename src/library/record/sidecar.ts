import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { recordedHere, type RecordedHere } from '#shared/domain/recorded.ts';
import { writeFileWhole } from '#files/write-whole.ts';

/** What lies beside a recording for as long as it is made, and says of its file that nobody has closed it. */
const sidecar = recordedHere.pick({ device: true, marks: true }).extend({ format: z.literal(1) });
export type Sidecar = Pick<RecordedHere, 'device' | 'marks'>;

const ending = '.recording.json';

function sidecarPath(wavPath: string): string {
  return wavPath + ending;
}

export function writeSidecar(wavPath: string, content: Sidecar): Promise<void> {
  return writeFileWhole(sidecarPath(wavPath), [JSON.stringify({ ...content, format: 1 })]);
}

export function removeSidecar(wavPath: string): Promise<void> {
  return rm(sidecarPath(wavPath), { force: true });
}

/** The recordings of a folder that nobody has closed. */
export async function unfinishedRecordings(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, basename(name, ending)));
}

/** Where it is none of ours, what it would have said is lost, and the sound is not. */
export async function readSidecar(wavPath: string): Promise<Sidecar> {
  const text = await readFile(sidecarPath(wavPath), 'utf8');
  const parsed = sidecar.safeParse(parseJson(text));
  return parsed.success ? parsed.data : { device: '', marks: [] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON is told by the schema, as everything else that is wrong.
    return undefined;
  }
}
