import { basename, resolve } from 'node:path';
import type { ImportFailure } from '#shared/contract/library.ts';
import type { CallContext } from '#shared/rpc/contract.ts';
import { findAudio, type DiscoveryFailure } from '#files/discover-audio.ts';
import type { Catalogue } from './catalogue.ts';
import type { StoredRecording } from './database/recordings.ts';
import { isSameState, readFileStates, type FileState } from './files/file-state.ts';
import type { Project } from './project.ts';
import type { Queue } from './queue/queue.ts';
import { putBackRecordings } from './recordings/remove.ts';
import { findMoved } from './relink/find-moved.ts';
import { moveTo } from './relink/relink.ts';

export interface ImportOptions {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly queue: Queue;
}

interface Imported {
  /** Recordings that were chosen, those known before included. */
  readonly added: readonly number[];
  readonly failures: readonly ImportFailure[];
}

/** Added together: enough to be quick about thousands, few enough to be soon on the list. */
const mostTogether = 200;
const longestWaitMs = 200;

/**
 * Registers the recordings among the files and folders given and queues them, some hundreds at a time while
 * the search goes on. One that is known already is queued again where it failed, was cancelled, or where its
 * file has changed. What was added when the search is cancelled stays.
 */
export async function importRecordings(
  options: ImportOptions,
  paths: readonly string[],
  { signal, report }: CallContext,
): Promise<Imported> {
  const added: number[] = [];
  const failures: ImportFailure[] = [];
  const waiting = new Set<string>();
  let addedAt = performance.now();

  async function addWaiting(): Promise<void> {
    added.push(...(await addFiles(options, [...waiting], signal)));
    waiting.clear();
    addedAt = performance.now();
    report({ stage: `${added.length} found`, fraction: 0 });
  }

  for await (const found of findAudio(paths, signal)) {
    if (found.kind === 'failure') failures.push(toImportFailure(found.failure));
    else waiting.add(resolve(found.path));
    const isTime = performance.now() - addedAt > longestWaitMs;
    if (waiting.size >= mostTogether || (isTime && waiting.size > 0)) await addWaiting();
  }
  await addWaiting();
  putBack(options.project, added);
  return { added, failures };
}

/** Each batch is one transaction. */
async function addFiles(
  { project, catalogue, queue }: ImportOptions,
  files: readonly string[],
  signal: AbortSignal,
): Promise<readonly number[]> {
  const states = await readFileStates(files);
  for (const [path, moved] of await findMoved(project, states, signal)) {
    await moveTo({ project, catalogue, queue }, moved, path);
  }
  const ids = project.transaction(() =>
    files.map((path) => {
      const state = states.get(path) ?? null;
      const known = project.recordings.findByPath(path);
      const id = known?.id ?? addRecording(project, path);
      if (!known || isOutdated(known, state)) project.jobs.enqueue(id, state?.size);
      return id;
    }),
  );
  catalogue.tellChanged(ids);
  queue.wake();
  return ids;
}

function addRecording(project: Project, path: string): number {
  const addedAt = new Date().toISOString();
  return project.recordings.add({ path, name: basename(path), addedAt });
}

function isOutdated({ job, sound }: StoredRecording, state: FileState | null): boolean {
  switch (job.kind) {
    case 'queued':
    case 'running':
      return false;
    case 'failed':
    case 'cancelled':
      return true;
    case 'done':
      return !state || !sound || !isSameState(state, sound.file);
  }
}

/** Those that had been taken off the list, in one act. */
function putBack(project: Project, ids: readonly number[]): void {
  const chosen = new Set(ids);
  const removed = project.recordings.listRemoved().filter(({ id }) => chosen.has(id));
  if (removed.length > 0) putBackRecordings(project, removed);
}

function toImportFailure({ path, message, hint }: DiscoveryFailure): ImportFailure {
  return { name: basename(path), message, hint };
}
