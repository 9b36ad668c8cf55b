import { floats, graph, integers, node, subgraph, value } from '#engine/onnx/graph.ts';
import type { OnnxNode } from '#engine/onnx/model-file.ts';

/** What the backward pass needs of the forward one, [steps, batch, units] each, the sound [steps, batch, features]. */
export const tapeNames = [
  'sound',
  'input',
  'forget',
  'candidate',
  'output',
  'cell',
  'state',
] as const;

const ofUnits = ['batch', 'units'] as const;
const ofGates = ['batch', 'gates'] as const;
const kernel = value('kernel', ['features', 'gates']);
const recurrentKernel = value('recurrentKernel', ['units', 'gates']);
const lengths = value('lengths', ['batch'], 'int32');
const overTime = (name: string, width: string): ReturnType<typeof value> =>
  value(name, ['steps', 'batch', width]);
const constants = [
  integers('zero', [0]),
  integers('one', [1]),
  integers('minusOne', [-1]),
  floats('nothing', [1], Float32Array.of(0)),
];

/**
 * An LSTM over time. The input's part of all gates is one product; a step of time only adds the state's.
 *
 * - in: `x` [batch, steps, features], `kernel`, `recurrentKernel`, `bias`, `lengths` int32 [batch]
 * - out: `h` [batch, steps, units], zero from each sample's length on, and the tape
 */
export function forwardGraph(): Uint8Array {
  return graph('LSTM', {
    weights: constants,
    nodes: [
      node('Transpose', ['x'], ['inTime'], { perm: [1, 0, 2] }),
      ...countingSteps('inTime'),
      // Selected, not multiplied, for padding may hold anything.
      node('Where', ['counts', 'inTime', 'nothing'], ['sound']),
      node('MatMul', ['sound', 'kernel'], ['product']),
      node('Add', ['product', 'bias'], ['projection']),
      ...noState('inTime'),
      node(
        'Scan',
        ['none', 'none', 'projection'],
        ['last state', 'last cell', ...tapeNames.slice(1)],
        {
          body: forwardStep,
          num_scan_inputs: 1,
        },
      ),
      node('Where', ['counts', 'state', 'nothing'], ['counted']),
      node('Transpose', ['counted'], ['h'], { perm: [1, 0, 2] }),
    ],
    inputs: [
      value('x', ['batch', 'steps', 'features']),
      kernel,
      recurrentKernel,
      value('bias', ['gates']),
      lengths,
    ],
    outputs: [
      value('h', ['batch', 'steps', 'units']),
      ...tapeNames.map((name) => overTime(name, name === 'sound' ? 'features' : 'units')),
    ],
  });
}

const forwardStep = subgraph('step', {
  weights: [],
  inputs: [value('h', ofUnits), value('c', ofUnits), value('projected', ofGates)],
  nodes: [
    node('Gemm', ['h', 'recurrentKernel', 'projected'], ['sums']),
    node('Split', ['sums'], ['sumI', 'sumF', 'sumC', 'sumO'], { axis: 1 }),
    node('Sigmoid', ['sumI'], ['i']),
    node('Sigmoid', ['sumF'], ['f']),
    node('Tanh', ['sumC'], ['candidateNow']),
    node('Sigmoid', ['sumO'], ['o']),
    node('Mul', ['f', 'c'], ['kept']),
    node('Mul', ['i', 'candidateNow'], ['added']),
    node('Add', ['kept', 'added'], ['cNow']),
    node('Tanh', ['cNow'], ['shown']),
    node('Mul', ['o', 'shown'], ['hNow']),
    // What is handed on and what is kept have to be two values.
    node('Identity', ['cNow'], ['cKept']),
    node('Identity', ['hNow'], ['hKept']),
  ],
  outputs: ['hNow', 'cNow', 'i', 'f', 'candidateNow', 'o', 'cKept', 'hKept'].map((name) =>
    value(name, ofUnits),
  ),
});

/**
 * Back-propagation through time. A step of time only gives the slope in its gates; those in the weights are one
 * product each over all steps.
 *
 * - in: `dh` [batch, steps, units], `kernel`, `recurrentKernel`, `lengths`, the tape
 * - out: `dx` [batch, steps, features], `dKernel`, `dRecurrentKernel`, `dBias`
 */
export function backwardGraph(): Uint8Array {
  return graph('LSTM gradient', {
    weights: constants,
    nodes: [
      node('Transpose', ['dh'], ['dhInTime'], { perm: [1, 0, 2] }),
      ...countingSteps('dhInTime'),
      node('Where', ['counts', 'dhInTime', 'nothing'], ['dhCounted']),
      ...noState('dhInTime'),
      ...aStepEarlier('cell'),
      ...aStepEarlier('state'),
      node('Transpose', ['recurrentKernel'], ['recurrentTransposed'], { perm: [1, 0] }),
      node(
        'Scan',
        ['none', 'none', 'dhCounted', ...tapeNames.slice(1, 6), 'cell before'],
        ['first dh', 'first dc', 'dGates'],
        {
          body: backwardStep,
          num_scan_inputs: 7,
          scan_input_directions: new Array<number>(7).fill(1),
          scan_output_directions: [1],
        },
      ),
      ...rowsOf('dGates'),
      ...rowsOf('sound'),
      ...rowsOf('state before'),
      node('Gemm', ['sound rows', 'dGates rows'], ['dKernel'], { transA: 1 }),
      node('Gemm', ['state before rows', 'dGates rows'], ['dRecurrentKernel'], { transA: 1 }),
      node('ReduceSum', ['dGates rows', 'zero'], ['dBias'], { keepdims: 0 }),
      node('Transpose', ['kernel'], ['kernelTransposed'], { perm: [1, 0] }),
      node('MatMul', ['dGates', 'kernelTransposed'], ['dxInTime']),
      node('Transpose', ['dxInTime'], ['dx'], { perm: [1, 0, 2] }),
    ],
    inputs: [
      value('dh', ['batch', 'steps', 'units']),
      kernel,
      recurrentKernel,
      lengths,
      ...tapeNames.map((name) => overTime(name, name === 'sound' ? 'features' : 'units')),
    ],
    outputs: [
      value('dx', ['batch', 'steps', 'features']),
      value('dKernel', ['features', 'gates']),
      value('dRecurrentKernel', ['units', 'gates']),
      value('dBias', ['gates']),
    ],
  });
}

/** From the slope in a gate to that in its sum, the gate being a sigmoid: `slope` `gate` (1 - `gate`). */
function throughSigmoid(slope: string, gate: string, to: string): readonly OnnxNode[] {
  return [
    node('Mul', [slope, gate], [`${to} once`]),
    node('Mul', [`${to} once`, gate], [`${to} twice`]),
    node('Sub', [`${to} once`, `${to} twice`], [to]),
  ];
}

/** The same of a tanh: `slope` (1 - `activation`²). */
function throughTanh(slope: string, activation: string, to: string): readonly OnnxNode[] {
  return [
    node('Mul', [slope, activation], [`${to} once`]),
    node('Mul', [`${to} once`, activation], [`${to} twice`]),
    node('Sub', [slope, `${to} twice`], [to]),
  ];
}

const backwardStep = subgraph('step back', {
  weights: [],
  inputs: ['dhLater', 'dcLater', 'dhOwn', 'i', 'f', 'g', 'o', 'c', 'cBefore'].map((name) =>
    value(name, ofUnits),
  ),
  nodes: [
    node('Add', ['dhOwn', 'dhLater'], ['dhNow']),
    node('Tanh', ['c'], ['shown']),
    node('Mul', ['dhNow', 'o'], ['dShown']),
    ...throughTanh('dShown', 'shown', 'dcOwn'),
    node('Add', ['dcOwn', 'dcLater'], ['dcNow']),
    node('Mul', ['dcNow', 'g'], ['dI']),
    node('Mul', ['dcNow', 'cBefore'], ['dF']),
    node('Mul', ['dcNow', 'i'], ['dG']),
    node('Mul', ['dhNow', 'shown'], ['dO']),
    ...throughSigmoid('dI', 'i', 'sumI'),
    ...throughSigmoid('dF', 'f', 'sumF'),
    ...throughTanh('dG', 'g', 'sumG'),
    ...throughSigmoid('dO', 'o', 'sumO'),
    node('Concat', ['sumI', 'sumF', 'sumG', 'sumO'], ['dSums'], { axis: 1 }),
    node('MatMul', ['dSums', 'recurrentTransposed'], ['dhEarlier']),
    node('Mul', ['dcNow', 'f'], ['dcEarlier']),
  ],
  outputs: [value('dhEarlier', ofUnits), value('dcEarlier', ofUnits), value('dSums', ofGates)],
});

/** `counts` bool [steps, batch, 1]: the steps of `x` [steps, batch, width] before each sample's length. */
function countingSteps(x: string): readonly OnnxNode[] {
  return [
    node('Shape', [x], ['steps'], { start: 0, end: 1 }),
    node('Squeeze', ['steps'], ['stepCount']),
    node('Squeeze', ['zero'], ['firstStep']),
    node('Squeeze', ['one'], ['stride']),
    node('Range', ['firstStep', 'stepCount', 'stride'], ['step']),
    node('Cast', ['step'], ['stepNumber'], { to: 6 }),
    node('Unsqueeze', ['stepNumber', 'one'], ['stepRow']),
    node('Less', ['stepRow', 'lengths'], ['isBefore']),
    node('Unsqueeze', ['isBefore', 'minusOne'], ['counts']),
  ];
}

/** `none` [batch, units] of zeros, for `x` [steps, batch, width] and the recurrent kernel. */
function noState(x: string): readonly OnnxNode[] {
  return [
    node('Shape', [x], ['batch'], { start: 1, end: 2 }),
    node('Shape', ['recurrentKernel'], ['units'], { start: 0, end: 1 }),
    node('Concat', ['batch', 'units'], ['stateShape'], { axis: 0 }),
    node('Expand', ['nothing', 'stateShape'], ['none']),
  ];
}

/** `x` [steps, batch, units] a step later, with nothing at the first. */
function aStepEarlier(x: string): readonly OnnxNode[] {
  return [
    node('Slice', [x, 'zero', 'minusOne', 'zero'], [`${x} but last`]),
    node('Unsqueeze', ['none', 'zero'], [`${x} first`]),
    node('Concat', [`${x} first`, `${x} but last`], [`${x} before`], { axis: 0 }),
  ];
}

/** `x` [steps, batch, width] as [steps x batch, width]. */
function rowsOf(x: string): readonly OnnxNode[] {
  return [
    node('Shape', [x], [`${x} width`], { start: 2, end: 3 }),
    node('Concat', ['minusOne', `${x} width`], [`${x} shape`], { axis: 0 }),
    node('Reshape', [x, `${x} shape`], [`${x} rows`]),
  ];
}
