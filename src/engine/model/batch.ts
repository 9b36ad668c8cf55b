import * as tf from '@tensorflow/tfjs';
import type { Matrix } from '#engine/features/matrix.ts';

/** Clips of different lengths side by side, padded with zeros on the right. */
export interface Batch {
  /** [batch, steps, features] */
  readonly x: tf.Tensor3D;
  /** int32 [batch] */
  readonly lengths: tf.Tensor1D;
}

/** The caller disposes of both tensors. Every clip needs at least one row of `columns` features. */
export function toBatch(clips: readonly Matrix[], columns: number): Batch {
  for (const clip of clips) {
    if (clip.rows < 1 || clip.columns !== columns || clip.data.length !== clip.rows * columns) {
      throw new Error(
        `${clip.data.length} numbers in ${clip.rows} rows of ${clip.columns} are not rows of ${columns}`,
      );
    }
  }
  const rows = clips.map((clip) => clip.rows);
  const steps = Math.max(...rows);
  const data = new Float32Array(clips.length * steps * columns);
  clips.forEach((clip, index) => {
    data.set(clip.data, index * steps * columns);
  });
  return {
    x: tf.tensor3d(data, [clips.length, steps, columns]),
    lengths: tf.tensor1d(rows, 'int32'),
  };
}
