import * as tf from '@tensorflow/tfjs';
import type { Matrix } from '#engine/features/matrix.ts';
import { padded } from './padded.ts';

/** Clips of different lengths side by side, padded with zeros on the right. */
export interface Batch {
  /** [batch, steps, features] */
  readonly x: tf.Tensor3D;
  /** int32 [batch] */
  readonly lengths: tf.Tensor1D;
}

/** The caller disposes of both tensors. Every clip needs at least one row of `columns` features. */
export function toBatch(clips: readonly Matrix[], columns: number): Batch {
  const { data, rows, steps } = padded(clips, columns);
  return {
    x: tf.tensor3d(data, [clips.length, steps, columns]),
    lengths: tf.tensor1d([...rows], 'int32'),
  };
}
