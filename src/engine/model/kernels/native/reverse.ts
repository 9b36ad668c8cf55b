import * as tf from '@tensorflow/tfjs';
import { input } from '../lstm-inputs.ts';
import { asTensor } from './backend.ts';

/**
 * The `ReverseByLength` kernel: rows picked by number, for TensorFlow's `ReverseSequence` moves one number at a time and
 * takes as long as a quarter of the LSTM between two of them.
 */
export const reverseRows: tf.KernelFunc = ({ inputs }) =>
  tf.tidy(() => {
    const x = asTensor(input(inputs, 'x'));
    const [batch = 0, steps = 0, width = 0] = x.shape;
    const lengths = asTensor(input(inputs, 'lengths')).dataSync<'int32'>();
    const sources = Int32Array.from({ length: batch * steps }, (_, row) => {
      const [sample, step] = [Math.floor(row / steps), row % steps];
      const length = lengths[sample] ?? 0;
      return step < length ? sample * steps + length - 1 - step : row;
    });
    const rows = tf.gather(x.reshape([batch * steps, width]), tf.tensor1d(sources, 'int32'));
    return rows.reshape(x.shape);
  });
