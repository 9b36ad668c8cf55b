import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { connectDatabase } from '#library/database/connection.ts';
import { allMigrations } from '#library/database/migrations/all.ts';
import { openDatabase } from '#library/database/open.ts';
import { fillLargeProject } from '../../../bench/library/large-project.ts';
import { makeFolder, openTestLibrary, type TestLibrary } from './test-library.ts';

const size = { recordings: 60, segmentsEach: 50 };
export const pageBytes = 4096;

export interface FilledProject {
  readonly folder: string;
  readonly path: string;
  readonly backups: string;
}

/** A closed project with 60 recordings of 50 segments each. */
export async function makeProject(): Promise<FilledProject> {
  const parent = makeFolder();
  const folder = join(parent, 'project');
  const { library } = await openTestLibrary(folder);
  await library.close();
  const path = join(folder, 'project.sqlite');
  const database = await openDatabase(path, { migrations: allMigrations, mustHoldContent: true });
  fillLargeProject(database, size);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  return { folder, path, backups: join(parent, 'backups') };
}

/** Backups are made while a project is open; those made before it was filled go. */
export async function makeBackup({ folder, backups }: FilledProject): Promise<void> {
  rmSync(backups, { recursive: true, force: true });
  const { library } = await openTestLibrary(folder);
  await expect.poll(() => listBackups(backups), { timeout: 20_000 }).toHaveLength(1);
  await library.close();
}

export function listBackups(backups: string): readonly string[] {
  if (!existsSync(backups)) return [];
  return readdirSync(backups, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.sqlite') && !name.endsWith('newest.sqlite'),
  );
}

export function fill(path: string, page: number, byte: number): void {
  const bytes = readFileSync(path);
  bytes.fill(byte, page * pageBytes, (page + 1) * pageBytes);
  writeFileSync(path, bytes);
}

/**
 * Flips the bit in a page of the index of segments that makes the tier of one a row of bytes. The table itself
 * stays whole. @returns the recording whose segment it is
 */
export function damageIndex(path: string): number {
  const database = connectDatabase(path, { readOnly: true });
  const [page] = database
    .prepare(`SELECT pageno FROM dbstat WHERE name = 'segment_by_time' AND pagetype = 'leaf'`)
    .all();
  database.close();
  const bytes = readFileSync(path);
  const at = bytes.indexOf('model', (Number(page?.['pageno']) - 1) * pageBytes);
  // Before the text is the recording's id, a byte, and before that how long the start is, and the segment's id.
  const type = at - 4;
  expect(bytes[type], 'says that a text of five bytes follows').toBe(13 + 2 * 5);
  bytes[type] = 12 + 2 * 5;
  writeFileSync(path, bytes);
  return Number(bytes[at - 1]);
}

export async function countContent({
  page,
}: TestLibrary): Promise<{ recordings: number; segments: number }> {
  const recordings = await page.call('recordings.list', {});
  const lists = await Promise.all(
    recordings.map(({ id }) => page.call('segments.list', { recordingId: id })),
  );
  return { recordings: recordings.length, segments: lists.flat().length };
}
