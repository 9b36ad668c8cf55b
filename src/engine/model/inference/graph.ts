import { floats, graph, integers, node, value } from '#engine/onnx/graph.ts';
import type { Weight } from '../network.ts';
import { memberPrefixes } from '../members.ts';
import type { NetworkConfig } from '../network-config.ts';
import { lstmWeights } from './lstm-weights.ts';
import type { Part, ReadWeight } from './part.ts';
import { poolingPart } from './pooling.ts';

/**
 * A trained network as a graph for ONNX Runtime, which predicts about twice as fast as TensorFlow's ops do one after
 * another, on all cores, and several times as fast on WebAssembly. Training stays with TensorFlow; a test holds both to
 * the same logits for every kind of network.
 *
 * - in: `x` [batch, steps, features]; `lengths` int32 [batch]; `mask` [steps, batch, 1], 1 where a step counts, else 0
 * - out: `logits` [batch, outputs]
 */
export function networkGraph(config: NetworkConfig, weights: readonly Weight[]): Uint8Array {
  const read = weightsByName(weights);
  const prefixes = memberPrefixes(config);
  const members = prefixes.map((prefix) => member(config, (name) => read(`${prefix}${name}`)));
  const [only] = members;
  const answers = prefixes.map((_, at) => `logits of ${at + 1}`);
  const parts: readonly Part[] = [
    { nodes: [node('Transpose', ['x'], ['frames'], { perm: [1, 0, 2] })], weights: [] },
    ...(only !== undefined && members.length === 1
      ? only
      : [
          ...members.flatMap((own, at) => own.map((part) => ofMember(part, at + 1))),
          { nodes: [node('Mean', answers, ['logits'])], weights: [] },
        ]),
  ];
  return graph('network', {
    nodes: parts.flatMap(({ nodes }) => nodes),
    weights: parts.flatMap((part) => part.weights),
    inputs: [
      value('x', ['batch', 'steps', config.inputFeatures]),
      value('lengths', ['batch'], 'int32'),
      value('mask', ['steps', 'batch', 1]),
    ],
    outputs: [value('logits', ['batch', config.outputs])],
  });
}

/** From `frames` to `logits`. */
function member(config: NetworkConfig, read: ReadWeight): readonly Part[] {
  return [
    ...recurrent(config, read),
    poolingPart(config.pooling, 'recurrent', 'pooled', read),
    ...(config.hidden === 0 ? [] : [dense('hidden', 'pooled', read, 'Relu')]),
    dense('logits', config.hidden === 0 ? 'pooled' : 'hidden', read),
  ];
}

/** What all members read. */
const common: ReadonlySet<string> = new Set(['frames', 'lengths', 'mask']);

/** The part with names of its own, so that the same stands there for other members. */
function ofMember({ nodes, weights }: Part, number: number): Part {
  const own = (name: string): string => (common.has(name) ? name : `${name} of ${number}`);
  return {
    weights: weights.map((weight) => ({ ...weight, name: own(weight.name) })),
    nodes: nodes.map((one) => ({
      ...one,
      input: one.input.map(own),
      output: one.output.map(own),
    })),
  };
}

function weightsByName(weights: readonly Weight[]): ReadWeight {
  const known = new Map(weights.map((weight) => [weight.name, weight]));
  return (name) => {
    const weight = known.get(name);
    if (weight === undefined) throw new Error(`the network has no ${name}`);
    return weight;
  };
}

/** `frames` -> `recurrent` [steps, batch, width], zero from each sample's length on, and `ends` [batch, width]. */
function recurrent(config: NetworkConfig, read: ReadWeight): readonly Part[] {
  const [firstUnits, secondUnits] = config.units;
  const lstm = (name: string, units: number, x: string, y: string): Part =>
    lstmPart({ name, units, x, y, bidirectional: config.bidirectional }, read);
  if (secondUnits === undefined) return [lstm('lstm1', firstUnits, 'frames', 'recurrent')];
  const first = lstm('lstm1', firstUnits, 'frames', 'lstm1');
  if (!config.residual) return [first, lstm('lstm2', secondUnits, 'lstm1', 'recurrent')];
  return [
    first,
    lstm('lstm2', secondUnits, 'lstm1', 'lstm2'),
    ...(firstUnits === secondUnits ? [] : [dense('shortcut', 'lstm1', read)]),
    normalisedSum(firstUnits === secondUnits ? 'lstm1' : 'shortcut', 'lstm2', 'recurrent', read),
  ];
}

interface LstmLayer {
  readonly name: string;
  readonly units: number;
  readonly bidirectional: boolean;
  readonly x: string;
  readonly y: string;
}

function lstmPart({ name, units, bidirectional, x, y }: LstmLayer, read: ReadWeight): Part {
  const ways = bidirectional ? (['forward', 'backward'] as const) : (['forward'] as const);
  const width = ways.length * units;
  const own = (part: string): string => `${name} ${part}`;
  const inputs = [x, own('kernel'), own('recurrence'), own('bias'), 'lengths'];
  return {
    weights: [
      ...lstmWeights(name, ways, read),
      // 0 keeps a size as it is.
      integers(own('everyStep'), [0, 0, width]),
      integers(own('atTheEnd'), [0, width]),
    ],
    nodes: [
      node('LSTM', inputs, [own('steps'), own('last')], {
        hidden_size: units,
        direction: bidirectional ? 'bidirectional' : 'forward',
      }),
      // From [steps, ways, batch, units] and [ways, batch, units] to both ways side by side.
      node('Transpose', [own('steps')], [own('sideBySide')], { perm: [0, 2, 1, 3] }),
      node('Reshape', [own('sideBySide'), own('everyStep')], [y]),
      node('Transpose', [own('last')], [own('lastSideBySide')], { perm: [1, 0, 2] }),
      node('Reshape', [own('lastSideBySide'), own('atTheEnd')], [`${y} end`]),
    ],
  };
}

/** `x` [..., width] -> a value of the layer's own name. */
function dense(name: string, x: string, read: ReadWeight, activation?: 'Relu'): Part {
  const kernel = read(`${name}/kernel`);
  const bias = read(`${name}/bias`);
  const sum = activation === undefined ? name : `${name} sum`;
  return {
    weights: [
      floats(kernel.name, kernel.shape, kernel.values),
      floats(bias.name, bias.shape, bias.values),
    ],
    nodes: [
      node('MatMul', [x, kernel.name], [`${name} product`]),
      node('Add', [`${name} product`, bias.name], [sum]),
      ...(activation === undefined ? [] : [node(activation, [sum], [name])]),
    ],
  };
}

/** The epsilon of `LayerNorm`. */
const epsilon = Float32Array.of(1e-3);

function normalisedSum(a: string, b: string, to: string, read: ReadWeight): Part {
  const { shape, values } = read('norm/gamma');
  const last = { axes: [-1], keepdims: 1 };
  return {
    weights: [
      floats('norm epsilon', [1], epsilon),
      floats('norm gamma', shape, values),
      floats('norm beta', shape, read('norm/beta').values),
    ],
    nodes: [
      node('Add', [a, b], ['residual']),
      node('ReduceMean', ['residual'], ['norm mean'], last),
      node('Sub', ['residual', 'norm mean'], ['norm centred']),
      node('Mul', ['norm centred', 'norm centred'], ['norm squares']),
      node('ReduceMean', ['norm squares'], ['norm variance'], last),
      node('Add', ['norm variance', 'norm epsilon'], ['norm widened']),
      node('Sqrt', ['norm widened'], ['norm deviation']),
      node('Div', ['norm centred', 'norm deviation'], ['norm scaled']),
      node('Mul', ['norm scaled', 'norm gamma'], ['norm weighted']),
      node('Add', ['norm weighted', 'norm beta'], [to]),
    ],
  };
}
