import type * as tf from '@tensorflow/tfjs';
import { input } from '../lstm-inputs.ts';
import { heapOf } from './heap.ts';

/** The `ReverseByLength` kernel: the first `lengths[sample]` rows of each sample in reverse, the rest as is. */
export const reverseRows: tf.KernelFunc = ({ inputs, backend }) => {
  const heap = heapOf(backend);
  const x = input(inputs, 'x');
  const [batch = 0, steps = 0, width = 0] = x.shape;
  const lengths = heap.integers(input(inputs, 'lengths')).slice();
  const reversed = heap.allocate(x.shape);
  const to = heap.floats(reversed);
  const from = heap.floats(x);
  for (let sample = 0; sample < batch; sample++) {
    const start = sample * steps;
    const length = lengths[sample] ?? 0;
    for (let step = 0; step < steps; step++) {
      const source = start + (step < length ? length - 1 - step : step);
      to.set(from.subarray(source * width, (source + 1) * width), (start + step) * width);
    }
  }
  return reversed;
};
