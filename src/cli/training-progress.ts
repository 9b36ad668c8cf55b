import type { CrossvalProgress } from '#engine/training/crossval.ts';
import type { TrainProgress } from '#engine/training/train.ts';
import type { Progress } from '#shared/rpc/contract.ts';

export type TrainingStep = CrossvalProgress | TrainProgress;

/** Where a training or a cross-validation is, in words. */
export function describeTraining(step: TrainingStep): Progress {
  if (step.kind === 'features') {
    return { stage: `${step.done} of ${step.of} clips heard`, fraction: step.done / step.of };
  }
  const { epoch, epochs, loss, validationUar, secondsLeft } = step;
  const inRun = epoch / epochs;
  const recall = validationUar === null ? '' : `, validation recall ${validationUar.toFixed(3)}`;
  const minutes = Math.ceil(secondsLeft / 60);
  const run = 'run' in step ? `run ${step.run} of ${step.runs}, ` : '';
  return {
    stage: `${run}epoch ${epoch} of ${epochs}, loss ${loss.toFixed(3)}${recall}, ${minutes} min left`,
    fraction: 'run' in step ? (step.run - 1 + inRun) / step.runs : inRun,
  };
}
