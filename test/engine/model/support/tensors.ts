import { expect } from 'vitest';
import { tf } from '#engine/model/backend.ts';

/** Normal deviates, the same on every backend. */
export function deviates(shape: readonly number[], seed: number, scale = 1): tf.Tensor {
  return tf.randomNormal([...shape], 0, scale, 'float32', seed);
}

export interface LstmShape {
  readonly features: number;
  readonly units: number;
}

export interface LstmVariables {
  readonly kernel: tf.Variable;
  readonly recurrentKernel: tf.Variable;
  readonly bias: tf.Variable;
}

export function lstmVariables(
  { features, units }: LstmShape,
  seed: number,
  scale = 0.5,
): LstmVariables {
  const variable = (shape: readonly number[], part: number): tf.Variable =>
    tf.tidy(() => tf.variable(deviates(shape, 3 * seed + part, scale)));
  return {
    kernel: variable([features, 4 * units], 1),
    recurrentKernel: variable([units, 4 * units], 2),
    bias: variable([4 * units], 3),
  };
}

export function allOf({ kernel, recurrentKernel, bias }: LstmVariables): tf.Variable[] {
  return [kernel, recurrentKernel, bias];
}

/** The largest difference between two arrays, and that nothing is not-a-number. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((largest, value, index) => {
    const difference = Math.abs(value - (b[index] ?? NaN));
    return difference <= largest ? largest : difference;
  }, 0);
}

export function expectClose(
  actual: tf.Tensor,
  expected: tf.Tensor | ArrayLike<number>,
  tolerance: number,
): void {
  if (expected instanceof tf.Tensor) expect(actual.shape).toEqual(expected.shape);
  const values = expected instanceof tf.Tensor ? expected.dataSync() : expected;
  expect(distance(actual.dataSync(), values)).toBeLessThan(tolerance);
}

/** Gradients of a scalar in variables, in their order; the caller disposes of them. */
export function gradients(loss: () => tf.Tensor, variables: readonly tf.Variable[]): tf.Tensor[] {
  const { value, grads } = tf.variableGrads(() => loss().asScalar(), [...variables]);
  value.dispose();
  return variables.map((variable) => {
    const gradient = grads[variable.name];
    if (gradient === undefined) throw new Error(`${variable.name} has no gradient`);
    return gradient;
  });
}
