import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkConfig } from '#engine/model/network-config.ts';
import { createNetwork } from '#engine/model/network.ts';
import { weightShapes } from '#engine/model/weight-shapes.ts';

const size = fc.integer({ min: 1, max: 9 });
const configs: fc.Arbitrary<NetworkConfig> = fc
  .record({
    inputFeatures: size,
    outputs: fc.integer({ min: 2, max: 9 }),
    units: fc.oneof(fc.tuple(size), fc.tuple(size, size)),
    bidirectional: fc.boolean(),
    residual: fc.boolean(),
    pooling: fc.constantFrom('last', 'mean', 'statistics', 'attention'),
    hidden: fc.integer({ min: 0, max: 9 }),
    dropout: fc.constant(0),
  })
  .map((config) => ({
    ...config,
    residual: config.residual && config.units.length === 2 && config.pooling !== 'last',
  }));

describe('weightShapes', () => {
  it('names the weights that the network has when it is built', async () => {
    await fc.assert(
      fc.asyncProperty(configs, async (config) => {
        const network = await createNetwork(config);
        const built = network.weights().map(({ name, shape }) => [name, shape]);
        network.dispose();
        expect(Object.fromEntries(weightShapes(config))).toEqual(Object.fromEntries(built));
      }),
    );
  });
});
