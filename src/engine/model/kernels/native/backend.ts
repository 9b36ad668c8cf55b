import * as tf from '@tensorflow/tfjs';

/** What is used of tfjs-node's backend that its types do not have. */
interface NativeBackend {
  readonly binding: { readonly TF_Version: string };
}

/** Of the TensorFlow that is loaded. */
export function nativeVersion(): string {
  return (tf.backend() as tf.KernelBackend & NativeBackend).binding.TF_Version;
}

/** The kernels run TensorFlow.js's own operations inside, which take whole tensors. */
export function asTensor(info: tf.TensorInfo): tf.Tensor {
  if (info instanceof tf.Tensor) return info as tf.Tensor;
  throw new Error('the kernel was not run by the engine');
}
