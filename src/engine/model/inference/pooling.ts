import { floats, integers, node } from '#engine/onnx/graph.ts';
import type { OnnxNode } from '#engine/onnx/model-file.ts';
import type { NetworkConfig } from '../network-config.ts';
import type { Part, ReadWeight } from './part.ts';

/** The epsilon of `MaskedPooling`. */
const epsilon = Float32Array.of(1e-5);
const outOfTheQuestion = Float32Array.of(1e9);

/** `x` [steps, batch, width], and `{x} end` [batch, width] beside it, -> `to`, as `MaskedPooling` does it. */
export function poolingPart(
  pooling: NetworkConfig['pooling'],
  x: string,
  to: string,
  read: ReadWeight,
): Part {
  if (pooling === 'last') return { weights: [], nodes: [node('Identity', [`${x} end`], [to])] };
  const shares = pooling === 'attention' ? attention(x, read) : evenShares;
  const mean = [
    node('Mul', [x, 'shares'], ['weighted']),
    node('ReduceSum', ['weighted', 'overTime'], ['mean'], { keepdims: 1 }),
    node('Squeeze', ['mean', 'overTime'], [pooling === 'mean' ? to : 'means']),
  ];
  return {
    weights: [
      integers('overTime', [0]),
      floats('pooling epsilon', [1], epsilon),
      ...shares.weights,
    ],
    nodes: [...shares.nodes, ...mean, ...(pooling === 'mean' ? [] : deviations(x, to))],
  };
}

const evenShares: Part = {
  weights: [],
  nodes: [
    node('ReduceSum', ['mask', 'overTime'], ['counts'], { keepdims: 1 }),
    node('Div', ['mask', 'counts'], ['shares']),
  ],
};

function deviations(x: string, to: string): readonly OnnxNode[] {
  return [
    node('Sub', [x, 'mean'], ['deviations']),
    node('Mul', ['deviations', 'deviations'], ['squares']),
    node('Mul', ['squares', 'shares'], ['weightedSquares']),
    node('ReduceSum', ['weightedSquares', 'overTime'], ['variance'], { keepdims: 0 }),
    node('Add', ['variance', 'pooling epsilon'], ['widened']),
    node('Sqrt', ['widened'], ['spread']),
    node('Concat', ['means', 'spread'], [to], { axis: 1 }),
  ];
}

function attention(x: string, read: ReadWeight): Part {
  const names = ['attention_kernel', 'attention_bias', 'attention_vector'] as const;
  return {
    weights: [
      ...names.map((name) => {
        const { shape, values } = read(`pooling/${name}`);
        return floats(name, shape, values);
      }),
      floats('one', [1], Float32Array.of(1)),
      floats('out of the question', [1], outOfTheQuestion),
    ],
    nodes: [
      node('MatMul', [x, 'attention_kernel'], ['looked']),
      node('Add', ['looked', 'attention_bias'], ['biased']),
      node('Tanh', ['biased'], ['bent']),
      node('MatMul', ['bent', 'attention_vector'], ['telling']),
      node('Sub', ['mask', 'one'], ['missing']),
      node('Mul', ['missing', 'out of the question'], ['padding']),
      node('Add', ['telling', 'padding'], ['scores']),
      node('Softmax', ['scores'], ['shares'], { axis: 0 }),
    ],
  };
}
