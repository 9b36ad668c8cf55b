import { basename, resolve } from 'node:path';
import type { ImportFailure } from '#shared/contract/library.ts';
import type { Catalogue } from './catalogue.ts';
import type { StoredRecording } from './database/recordings.ts';
import type { EngineLink } from './engine-link.ts';
import { isSameState, readFileState } from './files/file-state.ts';
import type { Project } from './project.ts';
import type { Queue } from './queue/queue.ts';

export interface ImportOptions {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly engine: EngineLink;
  readonly queue: Queue;
}

interface Imported {
  /** Recordings that were chosen, those known before included. */
  readonly added: readonly number[];
  readonly failures: readonly ImportFailure[];
}

/**
 * Registers the recordings among the files and folders given, all in one transaction, and queues them.
 * One that is known already is queued again where it failed, was cancelled, or where its file has changed.
 */
export async function importRecordings(
  { project, catalogue, engine, queue }: ImportOptions,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Imported> {
  const found = await engine.call('audio.discover', { paths }, { signal });
  const files = [...new Set(found.files.map((file) => resolve(file)))];
  const outdated = await findOutdated(project, files);
  const added = project.transaction(() =>
    files.map((path) => {
      const known = project.recordings.findByPath(path);
      const id = known?.id ?? addRecording(project, path);
      if (!known || outdated.has(path)) project.jobs.enqueue(id);
      return id;
    }),
  );
  catalogue.tellChanged(added);
  queue.wake();
  const failures = found.failures.map(({ path, message, hint }) => ({
    name: basename(path),
    message,
    hint,
  }));
  return { added, failures };
}

function addRecording(project: Project, path: string): number {
  const addedAt = new Date().toISOString();
  return project.recordings.add({ path, name: basename(path), addedAt });
}

/** Looked up before the transaction, since a slow disk must not hold it open. */
async function findOutdated(
  project: Project,
  files: readonly string[],
): Promise<ReadonlySet<string>> {
  const outdated = new Set<string>();
  for (const path of files) {
    const known = project.recordings.findByPath(path);
    if (known && (await isOutdated(known))) outdated.add(path);
  }
  return outdated;
}

async function isOutdated({ path, job, sound }: StoredRecording): Promise<boolean> {
  switch (job.kind) {
    case 'queued':
    case 'running':
      return false;
    case 'failed':
    case 'cancelled':
      return true;
    case 'done': {
      const state = await readFileState(path);
      return !state || !sound || !isSameState(state, sound.file);
    }
  }
}
