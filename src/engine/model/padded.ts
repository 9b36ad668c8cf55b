import type { Matrix } from '#engine/features/matrix.ts';

interface Padded {
  /** Row-major [batch, steps, columns] */
  readonly data: Float32Array;
  /** How many steps of each clip count. */
  readonly rows: readonly number[];
  readonly steps: number;
}

/** Clips of different lengths side by side, padded with zeros on the right. */
export function padded(clips: readonly Matrix[], columns: number): Padded {
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
  return { data, rows, steps };
}
