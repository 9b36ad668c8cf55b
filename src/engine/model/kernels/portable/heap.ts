import * as tf from '@tensorflow/tfjs';

type Inputs = tf.NamedTensorInfoMap;
type Attributes = tf.NamedAttrMap;

/** What is used of the backend itself. */
interface WasmBackend {
  readonly makeOutput: (shape: number[], dtype: 'float32') => tf.TensorInfo;
  readonly typedArrayFromHeap: (block: tf.TensorInfo) => tf.TypedArray;
  readonly disposeData: (id: tf.DataId) => boolean;
}

/**
 * Arithmetic on the WebAssembly backend's memory for code inside a kernel: below the engine, which neither
 * counts nor disposes of what is made here. Whoever makes a block frees it or returns it.
 */
export interface Heap {
  /** Uninitialised. */
  readonly allocate: (shape: readonly number[]) => tf.TensorInfo;
  /** A view of a block, good until the next block is made: memory may move when it grows. */
  readonly floats: (block: tf.TensorInfo) => Float32Array;
  readonly integers: (block: tf.TensorInfo) => Int32Array;
  /** [m, k] x [k, n], the path that is vectorised: no transposed operands. */
  readonly matMul: (a: tf.TensorInfo, b: tf.TensorInfo) => tf.TensorInfo;
  /** [m, k] x [k, n] + [n]. */
  readonly affine: (a: tf.TensorInfo, b: tf.TensorInfo, bias: tf.TensorInfo) => tf.TensorInfo;
  readonly transpose: (matrix: tf.TensorInfo) => tf.TensorInfo;
  readonly sigmoid: (x: tf.TensorInfo) => tf.TensorInfo;
  readonly free: (...blocks: readonly tf.TensorInfo[]) => void;
}

/** @param kernelBackend as a kernel of the backend `wasm` is handed it */
export function heapOf(kernelBackend: object): Heap {
  const backend = kernelBackend as WasmBackend;
  const run = (kernel: string, inputs: Inputs, attrs: Attributes = {}): tf.TensorInfo => {
    const output = tf.getKernel(kernel, 'wasm').kernelFunc({ inputs, attrs, backend });
    if (Array.isArray(output)) throw new Error(`${kernel} has several outputs`);
    return output;
  };
  // The kernel with a bias reads its operands as batches of matrices, without a check.
  const asBatch = (matrix: tf.TensorInfo): tf.TensorInfo => ({
    ...matrix,
    shape: [1, ...matrix.shape],
  });
  const untransposed = { transposeA: false, transposeB: false };
  return {
    allocate: (shape) => backend.makeOutput([...shape], 'float32'),
    floats: (block) => {
      const view = backend.typedArrayFromHeap(block);
      if (!(view instanceof Float32Array)) throw new Error(`${block.dtype} is not float32`);
      return view;
    },
    integers: (block) => {
      const view = backend.typedArrayFromHeap(block);
      if (!(view instanceof Int32Array)) throw new Error(`${block.dtype} is not int32`);
      return view;
    },
    matMul: (a, b) => run('BatchMatMul', { a, b }, untransposed),
    affine: (a, b, bias) => {
      const inputs = { a: asBatch(a), b: asBatch(b), bias };
      return run('_FusedMatMul', inputs, { ...untransposed, activation: 'linear' });
    },
    transpose: (x) => run('Transpose', { x }, { perm: [1, 0] }),
    sigmoid: (x) => run('Sigmoid', { x }),
    free: (...blocks) => {
      for (const block of blocks) backend.disposeData(block.dataId);
    },
  };
}
