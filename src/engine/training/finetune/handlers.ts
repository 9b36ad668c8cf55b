import type { trainingContract } from '#shared/contract/training.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Toolbox } from '#engine/toolbox.ts';
import { finetuneModel } from './finetune.ts';
import { fractionDone } from './progress.ts';

/** Answers what has to do with learning from corrections. */
export function createTrainingHandlers(toolbox: Toolbox): Handlers<typeof trainingContract> {
  return {
    'training.run': async ({ labels, cacheFolder, ...task }, { signal, report }) => {
      const voiceActivity = await toolbox.voiceActivity();
      return finetuneModel(
        {
          ...task,
          labels: labels ?? undefined,
          onProgress: (step) => {
            const fraction = fractionDone(step);
            if (step.kind === 'listening') {
              report({ stage: step.kind, fraction });
              return;
            }
            const { epoch, epochs, loss } = step;
            report({ stage: step.kind, fraction, figures: { epoch, epochs, loss } });
          },
        },
        { voiceActivity, cacheFolder, signal },
      );
    },
  };
}
