import { toErrorShape, type ErrorShape } from '#shared/contract/errors.ts';
import type { Catalogue } from '../catalogue.ts';
import { isEngineStopped, type EngineClient, type EngineLink } from '../engine-link.ts';
import type { Project } from '../project.ts';
import { analyseRecording } from './analyse-recording.ts';
import { createProgressMeter } from './progress.ts';

export interface JobOptions {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly engine: EngineLink;
  readonly modelFolder: string;
  /** Told of failures that are not expected ones. */
  readonly onBug: (error: unknown) => void;
}

/** A recording at which the engine died this often is not tried again by itself. */
const mostEngineLosses = 2;

/**
 * Runs the job of one recording to its end, and puts down how it ended. Once the signal is aborted it
 * leaves the job's state alone: whoever aborted it has put that down.
 */
export async function runJob(
  id: number,
  client: EngineClient,
  signal: AbortSignal,
  options: JobOptions,
): Promise<void> {
  const { project, catalogue, modelFolder } = options;
  project.jobs.set(id, { kind: 'running' });
  const progress = createProgressMeter(
    (status) => {
      if (!signal.aborted) catalogue.setPassing(id, status);
    },
    () => performance.now(),
  );
  try {
    await analyseRecording(project, catalogue.find(id), client.call, {
      modelFolder,
      signal,
      progress,
      onRead: () => {
        catalogue.tellChanged([id]);
      },
    });
  } catch (error) {
    if (!signal.aborted) putDownFailure(id, client, error, options);
    return;
  }
  catalogue.setPassing(id, null);
}

function putDownFailure(
  id: number,
  client: EngineClient,
  error: unknown,
  options: JobOptions,
): void {
  const { project, catalogue, engine, onBug } = options;
  const shape = toErrorShape(error);
  if (shape.code === 'internal') onBug(error);
  try {
    if (isEngineStopped(error)) {
      engine.drop(client);
      putDownEngineLoss(project, id, shape);
    } else {
      project.jobs.set(id, { kind: 'failed', error: shape });
    }
  } catch (storeError) {
    // A full disk, say: the person sees what happened all the same, and can try again.
    onBug(storeError);
    catalogue.setPassing(id, { kind: 'failed', error: shape });
    return;
  }
  catalogue.setPassing(id, null);
}

function putDownEngineLoss(project: Project, id: number, error: ErrorShape): void {
  const losses = project.jobs.countEngineLoss(id);
  if (losses >= mostEngineLosses) project.jobs.set(id, { kind: 'failed', error });
}
