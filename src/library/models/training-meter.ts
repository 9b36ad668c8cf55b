import type { Retraining } from '#shared/contract/models.ts';

type Running = Extract<Retraining, { kind: 'running' }>;

interface Figures {
  readonly epoch?: number | undefined;
  readonly epochs?: number | undefined;
  readonly loss?: number | undefined;
}

/** Turns what the engine reports into what a person sees of a retraining. */
export interface TrainingMeter {
  readonly begin: () => Running;
  /** @param fraction of the whole, 0 to 1 */
  readonly advance: (stage: Running['stage'], fraction: number, figures: Figures) => void;
}

/** Before that, what has been done says too little about what is left. */
const leastFraction = 0.05;

export function createTrainingMeter(tell: (state: Running) => void): TrainingMeter {
  const startedAt = performance.now();
  let losses: readonly number[] = [];
  let stage: Running['stage'] = 'listening';

  function secondsLeft(fraction: number): number | null {
    if (fraction < leastFraction) return null;
    return ((performance.now() - startedAt) / 1000) * ((1 - fraction) / fraction);
  }

  return {
    begin: () => ({
      kind: 'running',
      stage,
      fraction: 0,
      secondsLeft: null,
      epoch: null,
      epochs: null,
      losses,
    }),
    advance: (next, fraction, { epoch, epochs, loss }) => {
      if (next !== stage) losses = [];
      stage = next;
      if (loss !== undefined) losses = [...losses, loss];
      tell({
        kind: 'running',
        stage,
        fraction,
        secondsLeft: secondsLeft(fraction),
        epoch: epoch ?? null,
        epochs: epochs ?? null,
        losses,
      });
    },
  };
}
