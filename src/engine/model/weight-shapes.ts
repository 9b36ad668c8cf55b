import { memberPrefixes } from './members.ts';
import type { NetworkConfig } from './network-config.ts';

type Shape = readonly number[];
type Named = readonly (readonly [name: string, shape: Shape])[];

/** Units of the layer that looks at each step, where pooling is by attention. */
export const attentionUnits = 64;

/** The weights that a network of this shape has, by their names in a model file, known without building it. */
export function weightShapes(config: NetworkConfig): ReadonlyMap<string, Shape> {
  const shapes = memberShapes(config);
  return new Map(
    memberPrefixes(config).flatMap((prefix) =>
      shapes.map(([name, shape]) => [`${prefix}${name}`, shape] as const),
    ),
  );
}

function memberShapes(config: NetworkConfig): Named {
  const { units, outputs, hidden } = config;
  const ways = config.bidirectional ? (['forward', 'backward'] as const) : (['forward'] as const);
  const [firstUnits, secondUnits] = units;
  const first = ways.length * firstUnits;
  const width = ways.length * (secondUnits ?? firstUnits);
  const pooled = config.pooling === 'last' || config.pooling === 'mean' ? width : 2 * width;
  const lstm = (name: string, inputs: number, size: number): Named =>
    ways.flatMap((way) => [
      [`${name}-${way}/kernel`, [inputs, 4 * size]],
      [`${name}-${way}/recurrent_kernel`, [size, 4 * size]],
      [`${name}-${way}/bias`, [4 * size]],
    ]);
  return [
    ...lstm('lstm1', config.inputFeatures, firstUnits),
    ...(secondUnits === undefined ? [] : lstm('lstm2', first, secondUnits)),
    ...(config.residual ? residual(first, width) : []),
    ...(config.pooling === 'attention' ? attention(width) : []),
    ...(hidden === 0 ? [] : dense('hidden', pooled, hidden)),
    ...dense('logits', hidden === 0 ? pooled : hidden, outputs),
  ];
}

function dense(name: string, inputs: number, outputs: number): Named {
  return [
    [`${name}/kernel`, [inputs, outputs]],
    [`${name}/bias`, [outputs]],
  ];
}

function residual(first: number, width: number): Named {
  return [
    ...(first === width ? [] : dense('shortcut', first, width)),
    ['norm/gamma', [width]],
    ['norm/beta', [width]],
  ];
}

function attention(width: number): Named {
  return [
    ['pooling/attention_kernel', [width, attentionUnits]],
    ['pooling/attention_bias', [attentionUnits]],
    ['pooling/attention_vector', [attentionUnits, 1]],
  ];
}
