import { availableParallelism } from 'node:os';
import type { Matrix } from '#engine/features/matrix.ts';
import { openSession } from '#engine/onnx/session.ts';
import type { NetworkConfig } from '../network-config.ts';
import type { Weight } from '../network.ts';
import { padded } from '../padded.ts';
import { networkGraph } from './graph.ts';

/** A network that only predicts; holds its weights until released. */
export interface Forward {
  /** One row of logits a window, which are of any lengths. */
  readonly logits: (windows: readonly Matrix[]) => Promise<readonly Float32Array[]>;
  readonly release: () => Promise<void>;
}

/** Beyond these, threads wait for each other more than they compute. */
const mostThreads = 4;

/** What a network of these weights answers. */
export async function createForward(
  config: NetworkConfig,
  weights: readonly Weight[],
): Promise<Forward> {
  const session = await openSession(networkGraph(config, weights), {
    threads: Math.min(mostThreads, availableParallelism()),
  });
  return {
    logits: async (windows) => {
      const { data, rows, steps } = padded(windows, config.inputFeatures);
      const batch = windows.length;
      const { logits } = await session.run({
        x: { values: data, shape: [batch, steps, config.inputFeatures] },
        lengths: { values: Int32Array.from(rows), shape: [batch] },
        mask: { values: maskOf(rows, steps), shape: [steps, batch, 1] },
      });
      if (!logits) throw new Error('the network gave no logits');
      const { outputs } = config;
      return rows.map((_, at) => logits.slice(at * outputs, (at + 1) * outputs));
    },
    release: session.release,
  };
}

function maskOf(rows: readonly number[], steps: number): Float32Array {
  const mask = new Float32Array(steps * rows.length);
  for (const [sample, length] of rows.entries()) {
    for (let step = 0; step < length; step += 1) mask[step * rows.length + sample] = 1;
  }
  return mask;
}
