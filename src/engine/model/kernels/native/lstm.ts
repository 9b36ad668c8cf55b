import * as tf from '@tensorflow/tfjs';
import { input, lstmInputs, type LstmInputs, type LstmSize } from '../lstm-inputs.ts';
import { asTensor, nativeOf, type NativeBackend, type OpAttribute } from './backend.ts';

/** What BlockLSTMV2 gives (i, cs, f, o, ci, co, h) and BlockLSTMGradV2 wants back. */
const blockOutputs = 7;

/**
 * The `FusedLSTM` kernel on TensorFlow's `BlockLSTMV2`: [h, x and the op's seven outputs, time-major]. The op
 * knows no lengths: padding is zeroed on the way in, so that it stays finite, and on the way out.
 */
export const lstmForward: tf.KernelFunc = ({ inputs, backend }) =>
  tf.tidy(() => {
    const native = nativeOf(backend);
    const known = lstmInputs(inputs);
    const padding = paddingOf(native, known);
    const x = padding.zeroed(timeMajor(known.x));
    const outputs = runBlock(native, 'BlockLSTMV2', known, x, [], blockOutputs);
    return [batchMajor(padding.zeroed(last(outputs))), x, ...outputs];
  });

/** The `FusedLSTMGradient` kernel on `BlockLSTMGradV2`: [dx, dKernel, dRecurrentKernel, dBias]. */
export const lstmBackward: tf.KernelFunc = ({ inputs, backend }) =>
  tf.tidy(() => {
    const native = nativeOf(backend);
    const known = lstmInputs(inputs);
    const { batch, steps, features, units } = known.size;
    const x = asTensor(input(inputs, 'tape0'));
    const kept = Array.from({ length: blockOutputs }, (_, index) =>
      input(inputs, `tape${index + 1}`),
    );
    const dCells = tf.zeros([steps, batch, units]);
    const dh = paddingOf(native, known).zeroed(timeMajor(input(inputs, 'dh')));
    const [dx, , , dWeights, , , , dBias] = runBlock(
      native,
      'BlockLSTMGradV2',
      known,
      x,
      [...kept, dCells, dh],
      8,
    );
    if (!dx || !dWeights || !dBias) throw new Error('BlockLSTMGradV2 gave too little');
    const [dKernel, dRecurrentKernel] = tf.split(dWeights, [features, units]);
    if (!dKernel || !dRecurrentKernel) throw new Error('the weights did not split');
    return [batchMajor(dx), dKernel, dRecurrentKernel, dBias];
  });

/** Runs the forward or the backward op: its first nine operands are the same. */
function runBlock(
  native: NativeBackend,
  op: 'BlockLSTMV2' | 'BlockLSTMGradV2',
  { kernel, recurrentKernel, bias, size }: LstmInputs,
  x: tf.Tensor,
  more: readonly tf.TensorInfo[],
  outputs: number,
): tf.Tensor[] {
  const { TF_ATTR_BOOL, TF_ATTR_FLOAT, TF_ATTR_TYPE, TF_FLOAT } = native.binding;
  const attributes: OpAttribute[] = [
    { name: 'use_peephole', type: TF_ATTR_BOOL, value: false },
    { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
  ];
  // Only the forward op can clip cells; Keras does not.
  if (op === 'BlockLSTMV2') attributes.push({ name: 'cell_clip', type: TF_ATTR_FLOAT, value: -1 });
  const state = tf.zeros([size.batch, size.units]);
  const noPeephole = tf.zeros([size.units]);
  const weights = tf.concat([asTensor(kernel), asTensor(recurrentKernel)]);
  const steps = int64Scalar(native, size.steps);
  const peepholes = [noPeephole, noPeephole, noPeephole];
  const operands = [steps, x, state, state, weights, ...peepholes, bias, ...more];
  const results = native.executeMultipleOutputs(op, attributes, operands, outputs);
  native.disposeData(steps.dataId);
  return results;
}

/**
 * TensorFlow.js has no int64 tensors, but its native backend writes them, as pairs of int32. Its own
 * Int64Scalar is not used because the addon keeps each one for ever.
 */
function int64Scalar(native: NativeBackend, value: number): Pick<tf.TensorInfo, 'dataId'> {
  return { dataId: native.write(new Int32Array([value, 0]), [], 'int64') };
}

interface Padding {
  /** x [steps, batch, width] with zeros from each sample's length on. */
  readonly zeroed: (x: tf.Tensor) => tf.Tensor;
}

function paddingOf(native: NativeBackend, { lengths, size }: LstmInputs): Padding {
  const ends = asTensor(lengths);
  if (ends.dataSync().every((length) => length === size.steps)) return { zeroed: (x) => x };
  const counts = countingSteps(ends, size);
  const { TF_ATTR_TYPE, TF_FLOAT } = native.binding;
  const attributes = [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }];
  const zero = tf.scalar(0);
  // Selected, not multiplied, for padding may hold anything; and natively, for tf.where copies to full size.
  return { zeroed: (x) => native.executeSingleOutput('SelectV2', attributes, [counts, x, zero]) };
}

/** bool [steps, batch, 1] */
function countingSteps(lengths: tf.Tensor, { batch, steps }: LstmSize): tf.Tensor {
  const step = tf.range(0, steps, 1, 'int32').expandDims(1);
  return tf.less(step, lengths.reshape([1, batch])).expandDims(2);
}

function timeMajor(x: tf.TensorInfo): tf.Tensor {
  return tf.transpose(asTensor(x), [1, 0, 2]);
}

function batchMajor(x: tf.Tensor): tf.Tensor {
  return tf.transpose(x, [1, 0, 2]);
}

function last(tensors: readonly tf.Tensor[]): tf.Tensor {
  const tensor = tensors.at(-1);
  if (tensor === undefined) throw new Error('BlockLSTMV2 gave nothing');
  return tensor;
}
