import { availableParallelism } from 'node:os';
// A kernel of TensorFlow.js cannot wait, and the public `run` of ONNX Runtime only gives a promise of what it computes at
// once; so this is its binding itself, whose version the lockfile holds.
import { binding, initOrt } from 'onnxruntime-node/dist/binding.js';
import { Tensor } from 'onnxruntime-node';
import { nativeOptions, toTensors, type Numbers } from '#engine/onnx/session.ts';

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
  const threads = Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? availableParallelism());
  session.loadModel(buffer, 0, byteLength, nativeOptions(threads));
  return {
    run: (inputs, outputs) => {
      session.run(toTensors(inputs, Tensor), toTensors(outputs, Tensor), {});
    },
  };
}
