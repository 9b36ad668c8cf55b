import type * as tf from '@tensorflow/tfjs';
import { input, lstmInputs, type LstmInputs, type LstmSize } from '../lstm-inputs.ts';
import { heapOf, type Heap } from './heap.ts';
import { floatsOf, zeros, type Tape } from './lstm-forward.ts';

/** The `FusedLSTMGradient` kernel: back-propagation through time, [dx, dKernel, dRecurrentKernel, dBias]. */
export const lstmBackward: tf.KernelFunc = ({ inputs, backend }) => {
  const heap = heapOf(backend);
  const known = lstmInputs(inputs);
  const tape = {
    gates: input(inputs, 'tape0'),
    cells: input(inputs, 'tape1'),
    tanhCells: input(inputs, 'tape2'),
  };
  const dSums = sumGradients(heap, known, tape, input(inputs, 'dh'));
  const outputs = weightGradients(heap, known, input(inputs, 'h'), dSums);
  heap.free(dSums);
  return outputs;
};

/** The loss by the gates' sums (before their activation), [batch x steps, 4 units]; zero from a length on. */
function sumGradients(
  heap: Heap,
  { recurrentKernel, lengths, size }: LstmInputs,
  tape: Tape,
  dh: tf.TensorInfo,
): tf.TensorInfo {
  const ends = heap.integers(lengths).slice();
  const { batch, steps, units } = size;
  const dSums = zeros(heap, [batch * steps, 4 * units]);
  const transposed = heap.transpose(recurrentKernel);
  const dCells = new Float32Array(batch * units);
  const dSumsNow = zeros(heap, [batch, 4 * units]);
  let dState = zeros(heap, [batch, units]);

  for (let step = Math.max(0, ...ends) - 1; step >= 0; step--) {
    const now = heap.floats(dSumsNow);
    const all = heap.floats(dSums);
    const views = { ...floatsOf(heap, tape), dh: heap.floats(dh), dState: heap.floats(dState) };
    for (let sample = 0; sample < batch; sample++) {
      if (step >= (ends[sample] ?? 0)) continue;
      stepBack({ sample, step, size }, views, dCells, now);
      const own = now.subarray(sample * 4 * units, (sample + 1) * 4 * units);
      all.set(own, (sample * steps + step) * 4 * units);
    }
    heap.free(dState);
    dState = heap.matMul(dSumsNow, transposed);
  }
  heap.free(dState, dSumsNow, transposed);
  return dSums;
}

interface Place {
  readonly sample: number;
  readonly step: number;
  readonly size: LstmSize;
}

interface StepViews {
  readonly gates: Float32Array;
  readonly cells: Float32Array;
  readonly tanhCells: Float32Array;
  readonly dh: Float32Array;
  readonly dState: Float32Array;
}

/** One sample, one step: its row of `dSums`, and `dCells` taken to the step before. */
function stepBack(
  { sample, step, size: { steps, units } }: Place,
  { gates, cells, tanhCells, dh, dState }: StepViews,
  dCells: Float32Array,
  dSums: Float32Array,
): void {
  const row = sample * steps + step;
  for (let unit = 0; unit < units; unit++) {
    const at = row * units + unit;
    const state = sample * units + unit;
    const gate = row * 4 * units + unit;
    const to = sample * 4 * units + unit;
    const i = gates[gate] ?? 0;
    const f = gates[gate + units] ?? 0;
    const g = gates[gate + 2 * units] ?? 0;
    const o = gates[gate + 3 * units] ?? 0;
    const tanhCell = tanhCells[at] ?? 0;
    const before = step > 0 ? (cells[at - units] ?? 0) : 0;
    const dOut = (dh[at] ?? 0) + (dState[state] ?? 0);
    const dCell = (dCells[state] ?? 0) + dOut * o * (1 - tanhCell * tanhCell);
    dSums[to] = dCell * g * i * (1 - i);
    dSums[to + units] = dCell * before * f * (1 - f);
    dSums[to + 2 * units] = dCell * i * (1 - g * g);
    dSums[to + 3 * units] = dOut * tanhCell * o * (1 - o);
    dCells[state] = dCell * f;
  }
}

function weightGradients(
  heap: Heap,
  { x, kernel, lengths, size }: LstmInputs,
  h: tf.TensorInfo,
  dSums: tf.TensorInfo,
): tf.TensorInfo[] {
  const ends = heap.integers(lengths).slice();
  const kernelTransposed = heap.transpose(kernel);
  const dx = { ...heap.matMul(dSums, kernelTransposed), shape: x.shape };
  const dKernel = correlate(heap, counted(heap, x, ends, 0), dSums);
  const dRecurrentKernel = correlate(heap, counted(heap, h, ends, 1), dSums);
  heap.free(kernelTransposed);
  return [dx, dKernel, dRecurrentKernel, columnSums(heap, dSums, 4 * size.units)];
}

/**
 * The rows of `x` [batch, steps, width] that count, `delay` steps later and zeros elsewhere, as
 * [batch x steps, width]: what lies beyond a sample's length may be anything, not-a-number included.
 */
function counted(heap: Heap, x: tf.TensorInfo, ends: Int32Array, delay: number): tf.TensorInfo {
  const [batch = 0, steps = 0, width = 0] = x.shape;
  const rows = zeros(heap, [batch * steps, width]);
  const to = heap.floats(rows);
  const from = heap.floats(x);
  for (let sample = 0; sample < batch; sample++) {
    const start = sample * steps * width;
    const count = Math.max(0, (ends[sample] ?? 0) - delay) * width;
    to.set(from.subarray(start, start + count), start + delay * width);
  }
  return rows;
}

/** rows^T x dSums; frees the rows. */
function correlate(heap: Heap, rows: tf.TensorInfo, dSums: tf.TensorInfo): tf.TensorInfo {
  const transposed = heap.transpose(rows);
  const product = heap.matMul(transposed, dSums);
  heap.free(rows, transposed);
  return product;
}

function columnSums(heap: Heap, matrix: tf.TensorInfo, width: number): tf.TensorInfo {
  const sums = new Float64Array(width);
  const values = heap.floats(matrix);
  for (let row = 0; row < values.length; row += width) {
    for (let at = 0; at < width; at++) sums[at] = (sums[at] ?? 0) + (values[row + at] ?? 0);
  }
  const block = heap.allocate([width]);
  heap.floats(block).set(sums);
  return block;
}
