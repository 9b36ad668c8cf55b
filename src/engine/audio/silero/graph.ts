import { floats, graph, integers, node, value } from '#engine/onnx/graph.ts';
import type { OnnxNode, OnnxTensor, OnnxValue } from '#engine/onnx/model-file.ts';
import type { SileroWeights } from './weights.ts';

/** Samples in a frame of the model's spectrum, and frames in a chunk. */
export const spectrumFrame = 256;
export const framesInChunk = 4;
/** Numbers in each of the LSTM's two states. */
export const memoryUnits = 128;

const bins = spectrumFrame / 2 + 1;
const taps = 3;

/** How far apart the frames are that each layer of convolution keeps: of four, they leave 4, 2, 1 and 1. */
const strides = [1, 2, 2, 1] as const;

/**
 * The network of Silero VAD v6 for any number of a recording's chunks at once. As published it takes a chunk a call and
 * finds out anew each time which of its branches apply; here, what does not depend on the chunk before is one matrix
 * product for all chunks, and the LSTM walks over them. Same weights, same answers.
 *
 * - in: `frames` [4 chunks, 256]; `h`, `c` [1, 1, 128], as the chunk before left them
 * - out: `probabilities` [chunks, 1]; `hEnd`, `cEnd`, to go on with
 */
export function sileroGraph(weights: SileroWeights): Uint8Array {
  const parts = [
    spectrum(weights),
    ...strides.map((_, at) => convolution(weights, at)),
    memory(weights),
    decision(weights),
  ];
  const state = (name: string): OnnxValue => value(name, [1, 1, memoryUnits]);
  return graph('silero', {
    nodes: parts.flatMap(({ nodes }) => nodes),
    weights: parts.flatMap((part) => part.weights),
    inputs: [value('frames', ['frames', spectrumFrame]), state('h'), state('c')],
    outputs: [value('probabilities', ['chunks', 1]), state('hEnd'), state('cEnd')],
  });
}

interface Part {
  readonly nodes: readonly OnnxNode[];
  readonly weights: readonly OnnxTensor[];
}

/** `frames` -> `layer0` [chunks, 4, 129], amplitudes: the published basis holds cosines, then sines. */
function spectrum(weights: SileroWeights): Part {
  const { values } = weights('stft.forward_basis_buffer');
  const basis = (name: string, from: number): OnnxTensor => {
    const at = (frame: number, bin: number): number => (from + bin) * spectrumFrame + frame;
    return floats(name, [spectrumFrame, bins], picked(values, [spectrumFrame, bins], at));
  };
  return {
    weights: [
      basis('cosines', 0),
      basis('sines', bins),
      integers('byChunk', [-1, framesInChunk, bins]),
    ],
    nodes: [
      node('MatMul', ['frames', 'cosines'], ['real']),
      node('MatMul', ['frames', 'sines'], ['imaginary']),
      node('Mul', ['real', 'real'], ['real2']),
      node('Mul', ['imaginary', 'imaginary'], ['imaginary2']),
      node('Add', ['real2', 'imaginary2'], ['power']),
      node('Sqrt', ['power'], ['amplitude']),
      node('Reshape', ['amplitude', 'byChunk'], ['layer0']),
    ],
  };
}

/**
 * `layer{at}` [chunks, frames, channels] -> `layer{at + 1}`: each frame that is kept, with its two neighbours (zeros
 * beyond the chunk), by one matrix.
 */
function convolution(weights: SileroWeights, at: number): Part {
  const { dims, values } = weights(`encoder.${at}.reparam_conv.weight`);
  const [outputs = 0, channels = 0] = dims;
  const own = (name: string): string => `${name}${at}`;
  const shape = [taps * channels, outputs] as const;
  const matrix = picked(values, shape, (row, output) => {
    const [tap, channel] = [Math.floor(row / channels), row % channels];
    return (output * channels + channel) * taps + tap;
  });
  const stride = strides[at] ?? 1;
  const neighbours = Array.from({ length: taps }, (_, tap) => {
    // Counted from the end; the last tap reaches the end itself.
    const end = tap === taps - 1 ? Number.MAX_SAFE_INTEGER : tap - taps + 1;
    const [from, to, slice] = [own(`from${tap}-`), own(`to${tap}-`), own(`tap${tap}-`)];
    return {
      slice,
      weights: [integers(from, [tap]), integers(to, [end])],
      node: node('Slice', [own('padded'), from, to, own('time'), own('stride')], [slice]),
    };
  });
  const slices = neighbours.map(({ slice }) => slice);
  return {
    weights: [
      integers(own('pads'), [0, 1, 0, 0, 1, 0]),
      integers(own('time'), [1]),
      integers(own('stride'), [stride]),
      ...neighbours.flatMap((neighbour) => neighbour.weights),
      floats(own('matrix'), shape, matrix),
      floats(own('bias'), [outputs], weights(`encoder.${at}.reparam_conv.bias`).values),
    ],
    nodes: [
      node('Pad', [own('layer'), own('pads')], [own('padded')]),
      ...neighbours.map((neighbour) => neighbour.node),
      node('Concat', slices, [own('together')], { axis: 2 }),
      node('MatMul', [own('together'), own('matrix')], [own('sum')]),
      node('Add', [own('sum'), own('bias')], [own('biased')]),
      node('Relu', [own('biased')], [`layer${at + 1}`]),
    ],
  };
}

/** `layer4` [chunks, 1, 128] -> `walked` [chunks, 1, 1, 128]. PyTorch has the gates as i, f, c, o, ONNX as i, o, f, c. */
function memory(weights: SileroWeights): Part {
  const gates = [0, 3, 1, 2];
  const reordered = (name: string): Float32Array => {
    const { values } = weights(`decoder.rnn.${name}`);
    const gate = values.length / gates.length;
    return picked(values, [gates.length, gate], (to, at) => (gates[to] ?? 0) * gate + at);
  };
  const size = gates.length * memoryUnits;
  const biases = Float32Array.of(...reordered('bias_ih'), ...reordered('bias_hh'));
  return {
    weights: [
      floats('input', [1, size, memoryUnits], reordered('weight_ih')),
      floats('recurrence', [1, size, memoryUnits], reordered('weight_hh')),
      floats('biases', [1, 2 * size], biases),
    ],
    nodes: [
      node(
        'LSTM',
        ['layer4', 'input', 'recurrence', 'biases', '', 'h', 'c'],
        ['walked', 'hEnd', 'cEnd'],
        { hidden_size: memoryUnits },
      ),
    ],
  };
}

function decision(weights: SileroWeights): Part {
  return {
    weights: [
      integers('byUnit', [-1, memoryUnits]),
      floats('vector', [memoryUnits, 1], weights('decoder.decoder.2.weight').values),
      floats('offset', [1], weights('decoder.decoder.2.bias').values),
    ],
    nodes: [
      node('Reshape', ['walked', 'byUnit'], ['units']),
      node('Relu', ['units'], ['telling']),
      node('MatMul', ['telling', 'vector'], ['product']),
      node('Add', ['product', 'offset'], ['logits']),
      node('Sigmoid', ['logits'], ['probabilities']),
    ],
  };
}

/** A matrix whose entry at (row, column) is the value at `from(row, column)`. */
function picked(
  values: Float32Array,
  [rows, columns]: readonly [number, number],
  from: (row: number, column: number) => number,
): Float32Array {
  const matrix = new Float32Array(rows * columns);
  for (let at = 0; at < matrix.length; at += 1) {
    matrix[at] = values[from(Math.floor(at / columns), at % columns)] ?? NaN;
  }
  return matrix;
}
