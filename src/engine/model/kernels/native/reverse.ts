import type * as tf from '@tensorflow/tfjs';
import { input } from '../lstm-inputs.ts';
import { nativeOf } from './backend.ts';

/** The `ReverseByLength` kernel, as TensorFlow's `ReverseSequence`. */
export const reverseSequence: tf.KernelFunc = ({ inputs, backend }) => {
  const native = nativeOf(backend);
  const { TF_ATTR_INT, TF_ATTR_TYPE, TF_FLOAT, TF_INT32 } = native.binding;
  const attributes = [
    { name: 'seq_dim', type: TF_ATTR_INT, value: 1 },
    { name: 'batch_dim', type: TF_ATTR_INT, value: 0 },
    { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'Tlen', type: TF_ATTR_TYPE, value: TF_INT32 },
  ];
  const operands = [input(inputs, 'x'), input(inputs, 'lengths')];
  return native.executeSingleOutput('ReverseSequence', attributes, operands);
};
