import type { OnnxNode, OnnxTensor } from '#engine/onnx/model-file.ts';
import type { Weight } from '../network.ts';

/** Nodes of a graph and the weights that they read. */
export interface Part {
  readonly nodes: readonly OnnxNode[];
  readonly weights: readonly OnnxTensor[];
}

/** The values of a weight by its name in a model file; throws where there is none. */
export type ReadWeight = (name: string) => Weight;
