import { readOnnx } from '#engine/onnx/model-file.ts';
import type { OnnxGraph, OnnxTensor } from '#engine/onnx/model-file.ts';

/** A matrix of the model, row-major. */
interface Weights {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** The weights of the published model for 16 kHz by the names that it was trained with: `encoder.0.reparam_conv.bias`. */
export type SileroWeights = (name: string) => Weights;

/** Before each name; the file holds a second network, for 8 kHz, in its other branch. */
const prefix = 'If_0_then_branch__Inline_0__';

/** @param file `silero_vad_v6.onnx` as published */
export function readSileroWeights(file: Uint8Array): SileroWeights {
  const tensors = new Map(constantsOf(readOnnx(file).graph));
  return (name) => {
    const tensor = tensors.get(prefix + name);
    if (tensor === undefined) throw new Error(`The voice activity model has no ${name}`);
    // Copied: numbers in a file lie at odd addresses.
    return { dims: tensor.dims, values: new Float32Array(new Uint8Array(tensor.rawData).buffer) };
  };
}

/** What the nodes of a graph and of its branches give that depends on nothing. */
function constantsOf(graph: OnnxGraph): [string, OnnxTensor][] {
  return graph.node.flatMap(({ opType, output, attribute }) =>
    attribute.flatMap(({ t, g }): [string, OnnxTensor][] => {
      if (g) return constantsOf(g);
      return t && opType === 'Constant' ? output.map((name) => [name, t]) : [];
    }),
  );
}
