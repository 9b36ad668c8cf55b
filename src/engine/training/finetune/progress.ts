import type { FitProgress } from '../fit.ts';

export type FinetuneProgress =
  | { readonly kind: 'listening'; readonly done: number; readonly of: number }
  /** `trying` trains without the recordings held back, `learning` with them. */
  | ({ readonly kind: 'trying' | 'learning' } & FitProgress);

const listeningShare = 0.2;
const trainingShare = (1 - listeningShare) / 2;

/** How much of a retraining is done, about: 0 to 1. */
export function fractionDone(step: FinetuneProgress): number {
  if (step.kind === 'listening') return (listeningShare * step.done) / step.of;
  const before = step.kind === 'trying' ? listeningShare : listeningShare + trainingShare;
  return before + (trainingShare * step.epoch) / step.epochs;
}
