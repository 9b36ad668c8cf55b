import { writeOnnx } from './model-file.ts';
import type {
  OnnxAttribute,
  OnnxDimension,
  OnnxGraph,
  OnnxNode,
  OnnxTensor,
  OnnxValue,
} from './model-file.ts';

const float32 = 1;
const int32 = 6;
const int64 = 7;

type AttributeValue = number | string | readonly number[] | OnnxGraph;

/** A node; an attribute is a whole number or a list of them, a word, or the graph that it repeats. */
export function node(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
): OnnxNode {
  const attribute = Object.entries(attributes).map(([name, value]): OnnxAttribute => {
    if (typeof value === 'number') return { name, type: 2, i: value };
    if (typeof value === 'string') return { name, type: 3, s: new TextEncoder().encode(value) };
    return 'node' in value ? { name, type: 5, g: value } : { name, type: 7, ints: value };
  });
  return { opType, input, output, attribute };
}

/** A weight. */
export function floats(name: string, dims: readonly number[], values: Float32Array): OnnxTensor {
  const { buffer, byteOffset, byteLength } = values;
  return { name, dims, dataType: float32, rawData: new Uint8Array(buffer, byteOffset, byteLength) };
}

/** Sizes and positions that an operator takes as an input. */
export function integers(name: string, values: readonly number[]): OnnxTensor {
  const data = BigInt64Array.from(values, BigInt);
  return { name, dims: [values.length], dataType: int64, rawData: new Uint8Array(data.buffer) };
}

/** An input or output; a dimension with a name is open. */
export function value(
  name: string,
  shape: readonly (number | string)[],
  type: 'float32' | 'int32' = 'float32',
): OnnxValue {
  const dim = shape.map((size): OnnxDimension =>
    typeof size === 'number' ? { dimValue: size } : { dimParam: size },
  );
  return {
    name,
    type: { tensorType: { elemType: type === 'float32' ? float32 : int32, shape: { dim } } },
  };
}

interface GraphParts {
  readonly nodes: readonly OnnxNode[];
  readonly weights: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** The bytes of a model of these parts, of operator set 16. */
export function graph(name: string, parts: GraphParts): Uint8Array {
  return writeOnnx({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 16 }],
    graph: subgraph(name, parts),
  });
}

/** What a node such as `Scan` repeats; it sees the values of the graph around it too. */
export function subgraph(name: string, { nodes, weights, inputs, outputs }: GraphParts): OnnxGraph {
  return { name, node: nodes, initializer: weights, input: inputs, output: outputs };
}
