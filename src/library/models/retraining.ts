import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { toErrorShape } from '#shared/contract/errors.ts';
import type { LessonChoice, Retraining } from '#shared/contract/models.ts';
import { trainingStage, type FinetuneReport } from '#shared/contract/training.ts';
import type { ProjectChanges } from '#shared/domain/model-version.ts';
import type { Progress } from '#shared/rpc/contract.ts';
import type { Queue } from '../queue/queue.ts';
import { refusal } from '../annotation/refusal.ts';
import type { ActiveModel } from './active-model.ts';
import { learnable } from './learnable.ts';
import { readLesson } from './lesson.ts';
import { projectChanges, type ChangesParts } from './project-changes.ts';
import { createTrainingMeter, type TrainingMeter } from './training-meter.ts';
import { hashFolder, type VersionFiles } from './version-files.ts';
import { newVersionId } from './version-id.ts';

/** The one retraining that may run at a time; its end is a version on offer. */
export interface RetrainingJob {
  readonly state: () => Retraining;
  /** @throws UndertoneError `edit-refused` where one runs, or a version is on offer */
  readonly start: (lesson: LessonChoice) => void;
  /** Stops what runs at once; nothing of it stays. A failure is put out of sight. */
  readonly cancel: () => void;
  readonly close: () => Promise<void>;
}

export interface RetrainingParts extends ChangesParts {
  readonly queue: Queue;
  readonly active: ActiveModel;
  readonly versionFiles: VersionFiles;
  /** Told of every change of the state. */
  readonly onChange: () => void;
  /** Told of failures that are not expected ones. */
  readonly onBug: (error: unknown) => void;
}

/** Of the whole; the rest is comparing. */
const trainingShare = 0.85;

export function createRetraining(parts: RetrainingParts): RetrainingJob {
  const { project, queue, onChange, onBug } = parts;
  let state: Retraining = { kind: 'idle' };
  let running: AbortController | undefined;
  let work = Promise.resolve();

  function show(next: Retraining): void {
    state = next;
    onChange();
  }

  async function run(lesson: LessonChoice, signal: AbortSignal): Promise<void> {
    const release = queue.hold();
    const id = newVersionId(new Date().toISOString().slice(0, 10));
    const out = join(project.cache.engineFolder, id);
    const meter = createTrainingMeter((next) => {
      if (!signal.aborted) show(next);
    });
    try {
      await makeVersion(parts, { id, out, lesson, signal, meter });
      if (!signal.aborted) show({ kind: 'idle' });
    } catch (error) {
      await rm(out, { recursive: true, force: true }).catch(onBug);
      if (!signal.aborted) show(failure(error, onBug));
    } finally {
      release();
    }
  }

  return {
    state: () => state,
    start: (lesson) => {
      if (running && state.kind === 'running') throw refusal('retraining-runs');
      if (project.versions.list().some(({ kept }) => !kept)) throw refusal('version-on-offer');
      running = new AbortController();
      const { signal } = running;
      // One that was cancelled may still be at its end.
      work = work.then(() => run(lesson, signal));
      show(createTrainingMeter(() => undefined).begin());
    },
    cancel: () => {
      running?.abort();
      show({ kind: 'idle' });
    },
    close: async () => {
      running?.abort();
      await work;
    },
  };
}

interface NewVersion {
  readonly id: string;
  readonly out: string;
  readonly lesson: LessonChoice;
  readonly signal: AbortSignal;
  readonly meter: TrainingMeter;
}

interface Learnt {
  readonly report: FinetuneReport;
  /** Ids of those that it learnt from. */
  readonly recordings: readonly number[];
  readonly changes: ProjectChanges;
}

async function makeVersion(parts: RetrainingParts, version: NewVersion): Promise<void> {
  const { project, catalogue, files, call, active } = parts;
  const { out, lesson, signal, meter } = version;
  const { labels, withheldToo } = lesson;
  const { corrections, recordings } = await readLesson(
    learnable(project, withheldToo).corrections,
    catalogue,
    files,
    signal,
  );
  const cacheFolder = project.cache.engineFolder;
  const task = { modelFolder: active.folder(), out, corrections, labels, seed: 1, cacheFolder };
  const onProgress = ({ stage, fraction, figures }: Progress): void => {
    const { epoch, epochs, loss } = figures ?? {};
    meter.advance(trainingStage.parse(stage), fraction * trainingShare, { epoch, epochs, loss });
  };
  const report = await call('training.run', task, { signal, onProgress });
  const changes = await projectChanges(parts, out, signal, (fraction) => {
    meter.advance('comparing', trainingShare + (1 - trainingShare) * fraction, {});
  });
  signal.throwIfAborted();
  await offer(parts, version, { report, recordings, changes });
}

/** The row first: one without its folder goes at the next start, a folder without its row is known by nobody. */
async function offer(
  { project, versionFiles }: RetrainingParts,
  { id, out, signal }: NewVersion,
  { report, recordings, changes }: Learnt,
): Promise<void> {
  const { parent, dataHash, labels, seed, corrections, heldBack, check, seconds } = report;
  project.versions.add({
    id,
    parent,
    madeAt: new Date().toISOString(),
    origin: 'retrained',
    kept: false,
    sha256: await hashFolder(out),
    dataHash,
    settings: { labels, seed, corrections, recordings },
    scores: { heldBack, check, changes, seconds },
    note: '',
  });
  try {
    await versionFiles.adopt(out, id);
  } catch (error) {
    project.versions.remove(id);
    throw error;
  }
  if (!signal.aborted) return;
  await versionFiles.remove(id);
  project.versions.remove(id);
}

function failure(error: unknown, onBug: (error: unknown) => void): Retraining {
  const shape = toErrorShape(error);
  if (shape.code === 'internal') onBug(error);
  return { kind: 'failed', error: shape };
}
