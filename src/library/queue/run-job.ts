import { toErrorShape, type ErrorShape } from '#shared/contract/errors.ts';
import type { Catalogue } from '../catalogue.ts';
import type { DescribeModel } from '../describe-model.ts';
import { isEngineStopped, type EngineClient, type EngineLink } from '../engine-link.ts';
import type { Project } from '../project.ts';
import { analyseRecording, type Outcome } from './analyse-recording.ts';
import type { Pace } from './pace.ts';
import { createProgressMeter } from './progress.ts';

export interface JobOptions {
  readonly project: Project;
  readonly catalogue: Catalogue;
  readonly engine: EngineLink;
  /** Of the model that is to analyse now. */
  readonly modelFolder: () => string;
  readonly describeModel: DescribeModel;
  readonly pace: Pace;
  /** Told whenever a job begins, goes on or ends. */
  readonly onStep: () => void;
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
  const { project, catalogue, modelFolder, describeModel, pace, onStep } = options;
  project.jobs.set(id, { kind: 'running' });
  pace.begin(project.jobs.bytesOf(id));
  onStep();
  const progress = createProgressMeter(
    (status) => {
      if (signal.aborted) return;
      pace.advance(status.fraction);
      onStep();
      catalogue.setPassing(id, status);
    },
    () => performance.now(),
  );
  let outcome: Outcome | undefined;
  try {
    outcome = await analyseRecording(project, catalogue.find(id), client.call, {
      modelFolder,
      describeModel,
      signal,
      progress,
      onRead: () => {
        catalogue.tellChanged([id]);
      },
    });
    catalogue.endPassing([id]);
  } catch (error) {
    if (!signal.aborted) putDownFailure(id, client, error, options);
  } finally {
    pace.end(outcome === 'analysed');
    onStep();
  }
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
  catalogue.endPassing([id]);
}

function putDownEngineLoss(project: Project, id: number, error: ErrorShape): void {
  const losses = project.jobs.countEngineLoss(id);
  if (losses >= mostEngineLosses) project.jobs.set(id, { kind: 'failed', error });
}
