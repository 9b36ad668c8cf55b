import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tf } from '#engine/model/backend.ts';
import { lastStep, lstm, reverse } from '#engine/model/kernels/ops.ts';
import { kerasLstm } from '../support/keras.ts';
import { withoutLeak } from '../support/on-backend.ts';
import { plainLstm, type PlainSize } from '../support/plain-lstm.ts';
import {
  allOf,
  deviates,
  distance,
  expectClose,
  gradients,
  lstmVariables,
  type LstmVariables,
} from '../support/tensors.ts';

const raggedBatches = (shortest: number): fc.Arbitrary<RaggedBatch> =>
  fc
    .record({
      batch: fc.integer({ min: 1, max: 4 }),
      steps: fc.integer({ min: shortest, max: 9 }),
      features: fc.integer({ min: 1, max: 6 }),
      units: fc.integer({ min: 1, max: 7 }),
      backwards: fc.boolean(),
      seed: fc.integer({ min: 1, max: 1e6 }),
    })
    .chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        lengths: fc.array(fc.integer({ min: shortest, max: shape.steps }), {
          minLength: shape.batch,
          maxLength: shape.batch,
        }),
      }),
    );

interface RaggedBatch {
  readonly shape: PlainSize & { readonly backwards: boolean; readonly seed: number };
  readonly lengths: number[];
}

/** h in the order of time, as a bidirectional network uses it. */
function read(
  x: tf.Tensor,
  weights: LstmVariables,
  lengths: tf.Tensor,
  backwards: boolean,
): tf.Tensor {
  if (!backwards) return lstm(x, weights, lengths);
  return reverse(lstm(reverse(x, lengths), weights, lengths), lengths);
}

export function kernelSuite(): void {
  describe('lstm', () => {
    it('gives what tf.layers.lstm gives for each sample alone, and zeros after it', () => {
      fc.assert(
        fc.property(raggedBatches(1), ({ shape, lengths }) => {
          const { batch, steps, features, units, backwards, seed } = shape;
          const weights = lstmVariables(shape, seed);
          const keras = kerasLstm(weights, backwards);
          tf.tidy(() => {
            const x = deviates([batch, steps, features], seed);
            const h = read(x, weights, tf.tensor1d(lengths, 'int32'), backwards);
            const expected = lengths.map((length, index) =>
              tf.pad(keras.sample(x, index, length), [
                [0, steps - length],
                [0, 0],
              ]),
            );
            expect(h.shape).toEqual([batch, steps, units]);
            expectClose(h, tf.stack(expected), 1e-5);
          });
          keras.dispose();
          tf.dispose(allOf(weights));
        }),
        { numRuns: 30 },
      );
    });

    it('has the gradients of the unrolled tf.layers.lstm, in x and every weight', () => {
      fc.assert(
        fc.property(raggedBatches(2), ({ shape, lengths }) => {
          const { batch, steps, features, units, backwards, seed } = shape;
          const weights = lstmVariables(shape, seed);
          const keras = kerasLstm(weights, backwards);
          const x = tf.tidy(() => tf.variable(deviates([batch, steps, features], seed)));
          const dh = deviates([batch, steps, units], seed + 1);
          const dEnd = deviates([batch, units], seed + 2);
          // At least two steps, for TensorFlow.js cannot differentiate an LSTM unrolled over one.
          // Every step's output and the last one's are used, so that their gradients meet.
          const fused = gradients(() => {
            const ends = tf.tensor1d(lengths, 'int32');
            const h = read(x, weights, ends, backwards);
            const last = backwards ? h.slice([0, 0, 0], [batch, 1, units]) : lastStep(h, ends);
            return tf.add(tf.sum(tf.mul(h, dh)), tf.sum(tf.mul(last.as2D(batch, units), dEnd)));
          }, [x, ...allOf(weights)]);
          const unrolled = gradients(() => {
            const losses = lengths.map((length, index) => {
              const h = keras.sample(x, index, length);
              const at = backwards ? 0 : length - 1;
              const own = dh.slice([index, 0, 0], [1, length, units]).as2D(length, units);
              const end = tf.mul(h.slice([at, 0], [1, units]), dEnd.slice([index, 0], [1, units]));
              return tf.add(tf.sum(tf.mul(h, own)), tf.sum(end));
            });
            return tf.addN(losses);
          }, [x, ...keras.variables]);
          fused.forEach((gradient, index) => {
            const expected = unrolled[index]?.dataSync() ?? [];
            const scale = Math.max(1, ...Array.from(expected, Math.abs));
            expectClose(gradient, expected, 1e-4 * scale);
          });
          keras.dispose();
          tf.dispose([x, dh, dEnd, ...fused, ...unrolled, ...allOf(weights)]);
        }),
        { numRuns: 20 },
      );
    });

    it('agrees with a plain implementation in double precision, its numeric gradients included', () => {
      const size = { batch: 2, steps: 5, features: 3, units: 4 };
      const lengths = [5, 1];
      const weights = lstmVariables(size, 7);
      const x = tf.tidy(() => tf.variable(deviates([2, 5, 3], 8)));
      const dh = deviates([2, 5, 4], 9);
      const slopes = Array.from(dh.dataSync());
      const inputs = [x, ...allOf(weights)];
      const numbers = inputs.map((tensor) => Float64Array.from(tensor.dataSync()));
      const loss = (): number => {
        const h = plainLstm(numbers, size, lengths);
        return slopes.reduce((sum, slope, index) => sum + slope * (h[index] ?? NaN), 0);
      };
      const ends = tf.tensor1d(lengths, 'int32');
      const h = lstm(x, weights, ends);
      expectClose(h, plainLstm(numbers, size, lengths), 1e-5);
      const fused = gradients(() => tf.sum(tf.mul(lstm(x, weights, ends), dh)), inputs);
      fused.forEach((gradient, index) => {
        const values = numbers[index] ?? new Float64Array();
        const numeric = values.map((value, at) => {
          values[at] = value + 1e-5;
          const above = loss();
          values[at] = value - 1e-5;
          const below = loss();
          values[at] = value;
          return (above - below) / 2e-5;
        });
        expectClose(gradient, numeric, 1e-4);
      });
      tf.dispose([...inputs, dh, ends, h, ...fused]);
    });

    it('stays exact where its gates are saturated', () => {
      const weights = lstmVariables({ features: 5, units: 6 }, 4, 8);
      const keras = kerasLstm(weights);
      tf.tidy(() => {
        const x = deviates([1, 4, 5], 5, 10);
        expectClose(lstm(x, weights).as2D(4, 6), keras.sample(x, 0, 4), 1e-5);
      });
      keras.dispose();
      tf.dispose(allOf(weights));
    });

    it('reads and returns nothing of the padding, even if it is not a number', () => {
      const weights = lstmVariables({ features: 3, units: 5 }, 6);
      const lengths = tf.tensor1d([4, 2, 6], 'int32');
      const clean = tf.tidy(() => tf.variable(deviates([3, 6, 3], 7)));
      const soiled = tf.tidy(() => {
        const beyond = tf.greaterEqual(tf.range(0, 6).as2D(1, 6), lengths.toFloat().as2D(3, 1));
        const rubbish = tf.mul(tf.fill([3, 6, 3], NaN), 1);
        const where = tf.tile(beyond.expandDims(2), [1, 1, 3]);
        return tf.variable(tf.where(where, rubbish, clean));
      });
      const dh = deviates([3, 6, 5], 8);
      for (const backwards of [false, true]) {
        const [a, b] = [clean, soiled].map((x) => {
          const loss = (): tf.Tensor => tf.sum(tf.mul(read(x, weights, lengths, backwards), dh));
          const h = read(x, weights, lengths, backwards);
          return [h, ...gradients(loss, [x, ...allOf(weights)])];
        });
        a?.forEach((tensor, index) => {
          expect(distance(tensor.dataSync(), b?.[index]?.dataSync() ?? [])).toBe(0);
        });
        tf.dispose([...(a ?? []), ...(b ?? [])]);
      }
      tf.dispose([lengths, clean, soiled, dh, ...allOf(weights)]);
    });

    it('does not depend on how much padding there is, nor on the other samples', () => {
      const weights = lstmVariables({ features: 3, units: 5 }, 9);
      tf.tidy(() => {
        const x = deviates([1, 4, 3], 10);
        const alone = lstm(x, weights);
        const padded = tf.pad(x, [
          [0, 0],
          [0, 20],
          [0, 0],
        ]);
        const batch = tf.concat([deviates([2, 24, 3], 11), padded]);
        const together = lstm(batch, weights, tf.tensor1d([24, 1, 4], 'int32'));
        expectClose(together.slice([2, 0, 0], [1, 4, 5]), alone, 1e-6);
      });
      tf.dispose(allOf(weights));
    });

    it('leaves no tensor behind, forward or backward', () => {
      const weights = lstmVariables({ features: 3, units: 4 }, 12);
      const x = deviates([2, 5, 3], 13);
      const lengths = tf.tensor1d([5, 2], 'int32');
      const h = withoutLeak(() => lstm(x, weights, lengths));
      const reversed = withoutLeak(() => reverse(x, lengths));
      const slopes = withoutLeak(() =>
        gradients(() => tf.sum(read(x, weights, lengths, true)), allOf(weights)),
      );
      tf.dispose([...slopes, x, lengths, h, reversed, ...allOf(weights)]);
    });
  });

  describe('reverse', () => {
    it('turns each sample round within its length, and back again', () => {
      tf.tidy(() => {
        const x = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 4, 1]);
        const lengths = tf.tensor1d([3, 1], 'int32');
        const reversed = reverse(x, lengths);
        expect([...reversed.dataSync()]).toEqual([3, 2, 1, 4, 5, 6, 7, 8]);
        expect([...reverse(reversed, lengths).dataSync()]).toEqual([...x.dataSync()]);
        expect([...reverse(x).dataSync()]).toEqual([4, 3, 2, 1, 8, 7, 6, 5]);
      });
    });

    it('leads gradients back to where their inputs were', () => {
      const x = tf.variable(tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 4, 1]));
      const dy = tf.tensor3d([10, 20, 30, 40, 50, 60, 70, 80], [2, 4, 1]);
      const lengths = tf.tensor1d([3, 1], 'int32');
      const [slope] = gradients(() => tf.sum(tf.mul(reverse(x, lengths), dy)), [x]);
      expect([...(slope?.dataSync() ?? [])]).toEqual([30, 20, 10, 40, 50, 60, 70, 80]);
      tf.dispose([x, dy, lengths, ...(slope ? [slope] : [])]);
    });
  });

  it('picks the step at which each sample ends', () => {
    tf.tidy(() => {
      const x = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 4, 1]);
      expect([...lastStep(x, tf.tensor1d([3, 1], 'int32')).dataSync()]).toEqual([3, 5]);
      expect([...lastStep(x).dataSync()]).toEqual([4, 8]);
    });
  });
}
