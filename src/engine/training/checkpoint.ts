import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { systemCode } from '#files/file-errors.ts';
import { writeFileWhole } from '#files/write-whole.ts';
import type { OptimiserState } from './optimiser.ts';

/** Where a training stands after a whole number of epochs. */
export interface Checkpoint {
  readonly epoch: number;
  readonly optimiser: OptimiserState;
}

const header = z.object({
  /** Of everything that decides the outcome: a checkpoint of another training is not taken up. */
  task: z.string(),
  epoch: z.number().int().positive(),
  step: z.number().int().positive(),
  size: z.number().int().positive(),
});

/** There is always a whole one, also after a crash. */
export async function writeCheckpoint(
  path: string,
  task: string,
  { epoch, optimiser }: Checkpoint,
): Promise<void> {
  const { step, weights, averaged, first, second } = optimiser;
  const line = Buffer.from(`${JSON.stringify({ task, epoch, step, size: weights.length })}\n`);
  const vectors = [weights, averaged, first, second].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  await writeFileWhole(path, [line, ...vectors]);
}

/** The checkpoint of this very task, if there is one. */
export async function readCheckpoint(path: string, task: string): Promise<Checkpoint | undefined> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf('\n') + 1;
  const {
    task: found,
    epoch,
    step,
    size,
  } = header.parse(JSON.parse(bytes.toString('utf8', 0, end)));
  if (found !== task) return undefined;
  const values = new Float32Array(new Uint8Array(bytes.subarray(end)).buffer);
  const vector = (index: number): Float32Array => values.slice(index * size, (index + 1) * size);
  return {
    epoch,
    optimiser: {
      step,
      weights: vector(0),
      averaged: vector(1),
      first: vector(2),
      second: vector(3),
    },
  };
}
