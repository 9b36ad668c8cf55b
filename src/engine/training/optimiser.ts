import { z } from 'zod';

export const optimiserRecipe = z.strictObject({
  /** Reached after the warm-up; falls to 0 on a half cosine from there. */
  learningRate: z.number().positive(),
  /** Share of all steps in which the learning rate rises. */
  warmup: z.number().min(0).max(1),
  /** Decoupled (AdamW, Loshchilov and Hutter 2019), per step at the full learning rate. */
  weightDecay: z.number().nonnegative(),
  /** Longest gradient, as the norm over all weights. */
  gradientNorm: z.number().positive(),
  /** What a step leaves of the average of the weights; 0 for no averaging. */
  averaging: z.number().min(0).max(1),
});
export type OptimiserRecipe = Readonly<z.infer<typeof optimiserRecipe>>;

/** All that a stopped training needs to go on: weights, their average, and Adam's two moments. */
export interface OptimiserState {
  readonly step: number;
  readonly weights: Float32Array;
  readonly averaged: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-7;

export function startOptimiser(weights: Float32Array): OptimiserState {
  return {
    step: 0,
    weights: weights.slice(),
    averaged: weights.slice(),
    first: new Float32Array(weights.length),
    second: new Float32Array(weights.length),
  };
}

/**
 * One step of Adam (Kingma and Ba 2015) over all weights as one vector, in plain numbers: the same on every
 * backend, and cheaper than a dozen small tensor operations for each weight matrix. The arrays of `state`
 * are written to, for they are large and nobody needs the old ones.
 */
export function stepOptimiser(
  state: OptimiserState,
  gradient: Float32Array,
  recipe: OptimiserRecipe,
  steps: number,
): OptimiserState {
  const { weights, averaged, first, second } = state;
  const step = state.step + 1;
  const rate = learningRate(recipe, state.step, steps);
  const scale = Math.min(1, recipe.gradientNorm / Math.max(norm(gradient), Number.MIN_VALUE));
  const correction1 = 1 - beta1 ** step;
  const correction2 = 1 - beta2 ** step;
  // A young average follows faster, or it would remember the random weights of the beginning.
  const keep = Math.min(recipe.averaging, step / (step + 10));
  for (let index = 0; index < weights.length; index += 1) {
    const slope = scale * (gradient[index] ?? 0);
    const m = beta1 * (first[index] ?? 0) + (1 - beta1) * slope;
    const v = beta2 * (second[index] ?? 0) + (1 - beta2) * slope * slope;
    const weight = weights[index] ?? 0;
    const direction = m / correction1 / (Math.sqrt(v / correction2) + epsilon);
    const next = weight - rate * (direction + recipe.weightDecay * weight);
    first[index] = m;
    second[index] = v;
    weights[index] = next;
    averaged[index] = keep * (averaged[index] ?? 0) + (1 - keep) * next;
  }
  return { ...state, step };
}

/** Rises in a line, then falls on a half cosine to 0 after the last of `steps`. */
export function learningRate(recipe: OptimiserRecipe, step: number, steps: number): number {
  const rising = Math.max(1, Math.round(recipe.warmup * steps));
  if (step < rising) return (recipe.learningRate * (step + 1)) / rising;
  const progress = (step - rising) / Math.max(1, steps - rising);
  return recipe.learningRate * 0.5 * (1 + Math.cos(Math.PI * progress));
}

function norm(values: Float32Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}
