import type { SpeechMask } from '#engine/features/level.ts';
import { rowsOf, type Matrix } from '#engine/features/matrix.ts';

/** The rows that are speech, one under the other. */
export function pickRows({ rows, columns, data }: Matrix, speech: SpeechMask): Matrix {
  const picked = new Float32Array(columns * speech.reduce((sum, is) => sum + is, 0));
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    if (speech[row] !== 1) continue;
    picked.set(data.subarray(row * columns, (row + 1) * columns), at);
    at += columns;
  }
  return rowsOf(picked, columns);
}
