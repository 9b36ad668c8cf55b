import type { Matrix } from '#engine/features/matrix.ts';

/** Smooth numbers that differ from clip to clip. */
export function clip(rows: number, columns: number, number: number): Matrix {
  const data = Float32Array.from({ length: rows * columns }, (_, index) =>
    Math.sin(0.7 * index + 1.3 * number * number),
  );
  return { rows, columns, data };
}
