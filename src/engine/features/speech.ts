import { rowCentre } from './frames.ts';
import type { SpeechMask } from './level.ts';

/**
 * Marks each of `rows` rows whose middle lies in one of the `spans` of speech. The spans are samples
 * (`[start, end)`), in order and apart from each other.
 */
export function speechRows(
  spans: readonly { readonly start: number; readonly end: number }[],
  rows: number,
  stride: number,
): SpeechMask {
  const speech = new Uint8Array(rows);
  let next = 0;
  for (let row = 0; row < rows; row += 1) {
    const centre = rowCentre(row, stride);
    while (next < spans.length && (spans[next]?.end ?? 0) <= centre) next += 1;
    const span = spans[next];
    speech[row] = span !== undefined && span.start <= centre ? 1 : 0;
  }
  return speech;
}
