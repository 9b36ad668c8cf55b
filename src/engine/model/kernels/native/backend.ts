import * as tf from '@tensorflow/tfjs';

export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean;
}

type Operand = Pick<tf.TensorInfo, 'dataId'>;

/** What is used of tfjs-node's backend: running any op of TensorFlow by its name. */
export interface NativeBackend {
  readonly binding: {
    readonly TF_Version: string;
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_FLOAT: number;
    readonly TF_ATTR_INT: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_FLOAT: number;
    readonly TF_INT32: number;
  };
  executeMultipleOutputs(
    op: string,
    attributes: readonly OpAttribute[],
    operands: readonly Operand[],
    outputs: number,
  ): tf.Tensor[];
  executeSingleOutput(
    op: string,
    attributes: readonly OpAttribute[],
    operands: readonly Operand[],
  ): tf.Tensor;
  write(values: Int32Array, shape: readonly number[], dtype: 'int64'): tf.DataId;
  disposeData(id: tf.DataId): boolean;
}

/** @param backend as a kernel of the backend `tensorflow` is handed it */
export function nativeOf(backend: object): NativeBackend {
  return backend as NativeBackend;
}

/** The kernels run TensorFlow.js's own operations inside, which take whole tensors. */
export function asTensor(info: tf.TensorInfo): tf.Tensor {
  if (info instanceof tf.Tensor) return info as tf.Tensor;
  throw new Error('the kernel was not run by the engine');
}
