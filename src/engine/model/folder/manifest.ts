import { createHash } from 'node:crypto';
import { z } from 'zod';
import { networkConfig, type NetworkConfig } from '../network-config.ts';
import type { Weight } from '../network.ts';
import { weightShapes } from '../weight-shapes.ts';

const weightSpec = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,40}\/[a-z_]{1,40}$/),
  shape: z.array(z.number().int().min(1).max(65_536)).min(1).max(2).readonly(),
  dtype: z.literal('float32'),
});

/** `model.json`. It names no files: those of a model folder are always the same. */
export const manifest = z.strictObject({
  format: z.literal(1),
  network: networkConfig,
  weights: z.strictObject({
    /** Of `weights.bin`: the arrays one after another, little-endian, row-major. */
    bytes: z.number().int().nonnegative(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    specs: z.array(weightSpec).max(64).readonly(),
  }),
});
export type Manifest = Readonly<z.infer<typeof manifest>>;

type Spec = Pick<Weight, 'name' | 'shape'>;

/** What `weights.bin` holds. */
export function encodeWeights(weights: readonly Weight[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(weights.reduce((sum, weight) => sum + byteLength(weight), 0));
  let at = 0;
  for (const { values } of weights) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

export function manifestOf(
  network: NetworkConfig,
  weights: readonly Weight[],
  bytes: Uint8Array,
): Manifest {
  const specs = weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' as const }));
  return { format: 1, network, weights: { bytes: bytes.length, sha256: sha256(bytes), specs } };
}

/** Why a manifest does not fit the network that it describes, if so. */
export function misfit({ network, weights }: Manifest): string | undefined {
  const expected = [...weightShapes(network)].map(([name, shape]) => ({ name, shape }));
  const size = expected.reduce((sum, spec) => sum + byteLength(spec), 0);
  if (weights.bytes !== size) {
    return `model.json says ${weights.bytes} bytes of weights where its network has ${size}`;
  }
  const found = new Map(weights.specs.map((spec) => [spec.name, describe(spec)]));
  for (const spec of expected) {
    const [has, wanted] = [found.get(spec.name), describe(spec)];
    if (has !== wanted) {
      return `model.json has ${has ?? 'nothing'} where its network has ${wanted}`;
    }
  }
  const more = weights.specs.length > expected.length;
  return more ? 'model.json has more weights than its network' : undefined;
}

function describe({ name, shape }: Spec): string {
  return `${name} [${shape.join(', ')}]`;
}

/** The arrays of `weights.bin`, or why they are refused. `bytes` must be as long as `expected` says. */
export function decodeWeights(
  { weights }: Manifest,
  bytes: Uint8Array,
): readonly Weight[] | { readonly refused: string } {
  if (sha256(bytes) !== weights.sha256) {
    return { refused: 'weights.bin is not the file that was saved (SHA-256 differs)' };
  }
  // A copy, since a Buffer's own slice shares its memory, at any alignment.
  const copy = new Uint8Array(bytes);
  let at = 0;
  const decoded = weights.specs.map(({ name, shape }) => {
    const values = new Float32Array(copy.slice(at, at + byteLength({ shape })).buffer);
    at += values.byteLength;
    return { name, shape, values };
  });
  const broken = decoded.find(({ values }) => !values.every(Number.isFinite));
  if (broken !== undefined) return { refused: `${broken.name} holds values that are no numbers` };
  return decoded;
}

function byteLength({ shape }: Pick<Weight, 'shape'>): number {
  return shape.reduce((product, size) => product * size, Float32Array.BYTES_PER_ELEMENT);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
