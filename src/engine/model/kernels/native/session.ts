import { availableParallelism } from 'node:os';
// A kernel of TensorFlow.js cannot wait, and the public `run` of ONNX Runtime only gives a promise of what it computes at
// once; so this is its binding itself, whose version the lockfile holds.
import { binding, initOrt } from 'onnxruntime-node/dist/binding.js';
import { Tensor } from 'onnxruntime-node';

export interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

type NamedNumbers = Readonly<Record<string, Numbers>>;

/** A graph on ONNX Runtime that answers at once, between operations of TensorFlow. */
export interface Session {
  /** @param outputs where all of them are written to: what the runtime allocates itself is copied once more */
  readonly run: (inputs: NamedNumbers, outputs: NamedNumbers) => void;
}

export function openSession(model: Uint8Array): Session {
  initOrt();
  const session = new binding.InferenceSession();
  const { buffer, byteLength } = Uint8Array.from(model);
  session.loadModel(buffer, 0, byteLength, {
    logSeverityLevel: 3,
    intraOpNumThreads: Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? availableParallelism()),
    interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  return {
    run: (inputs, outputs) => {
      session.run(tensors(inputs), tensors(outputs), {});
    },
  };
}

function tensors(named: NamedNumbers): Record<string, Tensor> {
  const entries = Object.entries(named).map(([name, { values, shape }]) => {
    const tensor =
      values instanceof Float32Array
        ? new Tensor('float32', values, shape)
        : new Tensor('int32', values, shape);
    return [name, tensor] as const;
  });
  return Object.fromEntries(entries);
}
