import { z } from 'zod';

const units = z.number().int().min(1).max(512);

/** The shape of a network; with its weights, all there is to it. Stored in `model.json`. */
export const networkConfig = z
  .strictObject({
    /** Features of a frame. */
    inputFeatures: z.number().int().min(1).max(1024),
    /** How many labels it tells apart. */
    outputs: z.number().int().min(2).max(64),
    /** Of one or two LSTM layers; of each direction where there are two. */
    units: z.union([z.tuple([units]), z.tuple([units, units])]).readonly(),
    bidirectional: z.boolean(),
    /** The second layer adds to the first one's output, and the sum is normalised. */
    residual: z.boolean(),
    /**
     * Networks of this shape, trained apart, whose logits are averaged; one where absent. Two are right more often
     * than either of them.
     */
    members: z.number().int().min(1).max(4).optional(),
    /** How frames become one vector; `last` is an LSTM's own last output. */
    pooling: z.enum(['last', 'mean', 'statistics', 'attention']),
    /** Units of a ReLU layer between pooling and logits; 0 for none. */
    hidden: z.number().int().min(0).max(1024),
    /** Share of features dropped in training after each layer. */
    dropout: z.number().min(0).max(0.9),
  })
  .refine(({ residual, units }) => !residual || units.length === 2, {
    message: 'a residual connection needs two layers',
  })
  .refine(({ residual, pooling }) => !residual || pooling !== 'last', {
    message: 'a residual connection needs a pooling over all frames',
  });
export type NetworkConfig = Readonly<z.infer<typeof networkConfig>>;
