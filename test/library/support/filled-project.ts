import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
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

export async function countContent({
  page,
}: TestLibrary): Promise<{ recordings: number; segments: number }> {
  const recordings = await page.call('recordings.list', {});
  const lists = await Promise.all(
    recordings.map(({ id }) => page.call('segments.list', { recordingId: id })),
  );
  return { recordings: recordings.length, segments: lists.flat().length };
}
