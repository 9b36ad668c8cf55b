import { floats } from '#engine/onnx/graph.ts';
import type { OnnxTensor } from '#engine/onnx/model-file.ts';
import { join32 } from '#shared/domain/float32.ts';
import type { Weight } from '../network.ts';
import type { ReadWeight } from './part.ts';

/** Where each gate of ONNX (i, o, f, c) lies among those of Keras (i, f, c, o). */
const gates = [0, 3, 1, 2];

/** A layer's weights as ONNX wants them, each direction's after the other's; the second half of the bias is unused. */
export function lstmWeights(
  name: string,
  ways: readonly ('forward' | 'backward')[],
  read: ReadWeight,
): readonly OnnxTensor[] {
  const all = (part: string): readonly Weight[] =>
    ways.map((way) => read(`${name}-${way}/${part}`));
  const matrix = (part: string, as: string): OnnxTensor => {
    const weights = all(part);
    const [rows = 0, columns = 0] = weights[0]?.shape ?? [];
    return floats(`${name} ${as}`, [ways.length, columns, rows], join32(weights.map(turned)));
  };
  const biases = all('bias').map((bias) => {
    const values = turned({ ...bias, shape: [1, ...bias.shape] });
    return join32([values, new Float32Array(values.length)]);
  });
  const width = biases[0]?.length ?? 0;
  return [
    matrix('kernel', 'kernel'),
    matrix('recurrent_kernel', 'recurrence'),
    floats(`${name} bias`, [ways.length, width], join32(biases)),
  ];
}

/** [rows, 4 units] -> [4 units, rows], the gates in ONNX's order. */
function turned({ shape, values }: Weight): Float32Array {
  const [rows = 0, columns = 0] = shape;
  const units = columns / gates.length;
  const matrix = new Float32Array(values.length);
  for (let column = 0; column < columns; column += 1) {
    const gate = gates[Math.floor(column / units)] ?? 0;
    const from = gate * units + (column % units);
    for (let row = 0; row < rows; row += 1) {
      matrix[column * rows + row] = values[row * columns + from] ?? NaN;
    }
  }
  return matrix;
}
