import * as tf from '@tensorflow/tfjs';
import type { Numbers } from '#engine/onnx/session.ts';
import { input, lstmInputs, type LstmInputs, type LstmSize } from '../lstm-inputs.ts';
import { asTensor } from './backend.ts';
import { backwardGraph, forwardGraph, tapeNames } from './lstm-graphs.ts';
import { createPool, type Pool } from './pool.ts';
import { openSession, type Session } from './session.ts';

export interface LstmKernels {
  /** `FusedLSTM`: [h] */
  readonly forward: tf.KernelFunc;
  /** `FusedLSTMGradient`: [dx, dKernel, dRecurrentKernel, dBias] */
  readonly backward: tf.KernelFunc;
}

type Tape = Readonly<Record<string, Numbers>>;

interface Lstm {
  readonly forward: Session;
  readonly backward: Session;
  readonly pool: Pool;
  /** From each forward pass to its backward pass, by the data of h. */
  readonly tapes: WeakMap<tf.DataId, Tape>;
}

/**
 * The LSTM's kernels on ONNX Runtime, where the products with the input and those of the weights' slopes are one each over
 * all steps. TensorFlow's `BlockLSTMV2` computes them step by step, which takes up to three times as long.
 *
 * @throws where ONNX Runtime has no build for this machine
 */
export function createLstmKernels(): LstmKernels {
  const lstm = {
    forward: openSession(forwardGraph()),
    backward: openSession(backwardGraph()),
    pool: createPool(),
    tapes: new WeakMap<tf.DataId, Tape>(),
  };
  return {
    forward: ({ inputs, attrs }) => [
      runForward(lstm, lstmInputs(inputs), attrs?.['taped'] === true),
    ],
    backward: ({ inputs }) => runBackward(lstm, inputs),
  };
}

function runForward(lstm: Lstm, { size, ...operands }: LstmInputs, taped: boolean): tf.Tensor {
  const tape = taped ? takeTape(size, lstm.pool) : {};
  const h = unset([size.batch, size.steps, size.units]);
  lstm.forward.run(read(operands), { h, ...tape });
  const tensor = toTensor(h);
  if (taped) lstm.tapes.set(tensor.dataId, tape);
  return tensor;
}

function runBackward(lstm: Lstm, inputs: tf.NamedTensorInfoMap): tf.Tensor[] {
  const { kernel, recurrentKernel, lengths, size } = lstmInputs(inputs);
  const { dataId } = input(inputs, 'h');
  const tape = lstm.tapes.get(dataId);
  if (tape === undefined) {
    throw new Error('the forward pass kept no tape, or had its backward pass');
  }
  const slopes = slopesOf(size);
  const operands = { dh: input(inputs, 'dh'), kernel, recurrentKernel, lengths };
  lstm.backward.run({ ...read(operands), ...tape }, slopes);
  lstm.tapes.delete(dataId);
  for (const { values } of Object.values(tape)) lstm.pool.give(values.buffer);
  return Object.values(slopes).map(toTensor);
}

function takeTape({ batch, steps, features, units }: LstmSize, pool: Pool): Tape {
  const entries = tapeNames.map((name): [string, Numbers] => {
    const shape = [steps, batch, name === 'sound' ? features : units];
    const length = tf.util.sizeFromShape(shape);
    return [name, { shape, values: new Float32Array(pool.take(4 * length), 0, length) }];
  });
  return Object.fromEntries(entries);
}

/** In the order in which the kernel gives them. */
function slopesOf({ batch, steps, features, units }: LstmSize): Readonly<Record<string, Numbers>> {
  return {
    dx: unset([batch, steps, features]),
    dKernel: unset([features, 4 * units]),
    dRecurrentKernel: unset([units, 4 * units]),
    dBias: unset([4 * units]),
  };
}

function read(named: Readonly<Record<string, tf.TensorInfo>>): Readonly<Record<string, Numbers>> {
  const entries = Object.entries(named).map(([name, info]): [string, Numbers] => {
    const values = asTensor(info).dataSync<'float32' | 'int32'>();
    return [name, { shape: info.shape, values }];
  });
  return Object.fromEntries(entries);
}

function unset(shape: number[]): Numbers {
  return { shape, values: new Float32Array(tf.util.sizeFromShape(shape)) };
}

function toTensor({ values, shape }: Numbers): tf.Tensor {
  return tf.tensor(values, [...shape]);
}
