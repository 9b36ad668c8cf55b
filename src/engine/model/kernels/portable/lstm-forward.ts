import type * as tf from '@tensorflow/tfjs';
import { lstmInputs, type LstmInputs, type LstmSize } from '../lstm-inputs.ts';
import { heapOf, type Heap } from './heap.ts';

/** What the backward pass needs of the forward one; all [batch, steps, ...], unset where a sample has ended. */
export interface Tape {
  /** Activated gates, [.., 4 units]. */
  readonly gates: tf.TensorInfo;
  readonly cells: tf.TensorInfo;
  readonly tanhCells: tf.TensorInfo;
}

/** The `FusedLSTM` kernel: [h, gates, cells, tanhCells], h being zero from a sample's length on. */
export const lstmForward: tf.KernelFunc = ({ inputs, backend }) => {
  const heap = heapOf(backend);
  const { h, tape } = run(heap, lstmInputs(inputs));
  return [h, tape.gates, tape.cells, tape.tanhCells];
};

/**
 * tanh(x) = 2 sigmoid(2x) - 1. With the candidate's columns doubled beforehand, one call of the backend's
 * vectorised sigmoid serves all four gates, which is several times faster than Math.exp and Math.tanh.
 */
function run(heap: Heap, inputs: LstmInputs): { readonly h: tf.TensorInfo; readonly tape: Tape } {
  const { size } = inputs;
  const lengths = heap.integers(inputs.lengths).slice();
  const weights = doubledCandidate(heap, inputs);
  const flat = { ...inputs.x, shape: [size.batch * size.steps, size.features] };
  const gates = heap.affine(flat, weights.kernel, weights.bias);
  const perStep = [size.batch, size.steps, size.units];
  const tape = { gates, cells: heap.allocate(perStep), tanhCells: heap.allocate(perStep) };
  const h = heap.allocate(perStep);
  heap.floats(h).fill(0);
  const state = zeros(heap, [size.batch, size.units]);
  const doubledCells = zeros(heap, [size.batch, size.units]);

  for (let step = 0; step < Math.max(0, ...lengths); step++) {
    const sums = heap.matMul(state, weights.recurrentKernel);
    addProjection(heap.floats(sums), heap.floats(gates), step, size);
    const open = heap.sigmoid(sums);
    const at = { step, lengths, size };
    updateCells(at, heap.floats(open), floatsOf(heap, tape), heap.floats(doubledCells));
    const half = heap.sigmoid(doubledCells);
    emit(at, heap.floats(half), floatsOf(heap, tape), heap.floats(h), heap.floats(state));
    heap.free(sums, open, half);
  }
  heap.free(state, doubledCells, weights.kernel, weights.recurrentKernel, weights.bias);
  return { h, tape };
}

interface Moment {
  readonly step: number;
  readonly lengths: Int32Array;
  readonly size: LstmSize;
}

interface TapeFloats {
  readonly gates: Float32Array;
  readonly cells: Float32Array;
  readonly tanhCells: Float32Array;
}

export function floatsOf(heap: Heap, tape: Tape): TapeFloats {
  return {
    gates: heap.floats(tape.gates),
    cells: heap.floats(tape.cells),
    tanhCells: heap.floats(tape.tanhCells),
  };
}

export function zeros(heap: Heap, shape: readonly number[]): tf.TensorInfo {
  const block = heap.allocate(shape);
  heap.floats(block).fill(0);
  return block;
}

function doubledCandidate(
  heap: Heap,
  { kernel, recurrentKernel, bias, size: { units } }: LstmInputs,
): Pick<LstmInputs, 'kernel' | 'recurrentKernel' | 'bias'> {
  const doubled = (weights: tf.TensorInfo): tf.TensorInfo => {
    const copy = heap.allocate(weights.shape);
    const values = heap.floats(copy);
    values.set(heap.floats(weights));
    for (let row = 0; row < values.length; row += 4 * units) {
      for (let at = row + 2 * units; at < row + 3 * units; at++) values[at] = 2 * (values[at] ?? 0);
    }
    return copy;
  };
  return {
    kernel: doubled(kernel),
    recurrentKernel: doubled(recurrentKernel),
    bias: doubled(bias),
  };
}

/** `sums` [batch, 4 units] += the input's part of this step, which waits in the tape's gates. */
function addProjection(
  sums: Float32Array,
  gates: Float32Array,
  step: number,
  { batch, steps, units }: LstmSize,
): void {
  const width = 4 * units;
  for (let sample = 0; sample < batch; sample++) {
    const from = (sample * steps + step) * width;
    const to = sample * width;
    for (let at = 0; at < width; at++) {
      sums[to + at] = (sums[to + at] ?? 0) + (gates[from + at] ?? 0);
    }
  }
}

/** c = f c' + i g, and the activated gates go where their projections lay. */
function updateCells(
  { step, lengths, size: { batch, steps, units } }: Moment,
  open: Float32Array,
  { gates, cells }: TapeFloats,
  doubledCells: Float32Array,
): void {
  for (let sample = 0; sample < batch; sample++) {
    if (step >= (lengths[sample] ?? 0)) continue;
    const row = sample * steps + step;
    for (let unit = 0; unit < units; unit++) {
      const from = sample * 4 * units + unit;
      const to = row * 4 * units + unit;
      const state = sample * units + unit;
      const input = open[from] ?? 0;
      const forget = open[from + units] ?? 0;
      const candidate = 2 * (open[from + 2 * units] ?? 0) - 1;
      const cell = (forget * (doubledCells[state] ?? 0)) / 2 + input * candidate;
      gates[to] = input;
      gates[to + units] = forget;
      gates[to + 2 * units] = candidate;
      gates[to + 3 * units] = open[from + 3 * units] ?? 0;
      cells[row * units + unit] = cell;
      doubledCells[state] = 2 * cell;
    }
  }
}

/** h = o tanh(c), into the output and the state of the next step. */
function emit(
  { step, lengths, size: { batch, steps, units } }: Moment,
  half: Float32Array,
  { gates, tanhCells }: TapeFloats,
  h: Float32Array,
  state: Float32Array,
): void {
  for (let sample = 0; sample < batch; sample++) {
    if (step >= (lengths[sample] ?? 0)) continue;
    const row = sample * steps + step;
    for (let unit = 0; unit < units; unit++) {
      const at = row * units + unit;
      const tanhCell = 2 * (half[sample * units + unit] ?? 0) - 1;
      const out = (gates[(row * 4 + 3) * units + unit] ?? 0) * tanhCell;
      tanhCells[at] = tanhCell;
      h[at] = out;
      state[sample * units + unit] = out;
    }
  }
}
